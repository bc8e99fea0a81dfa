/** Lets callers that ask for the same at the same time share one answer. */
export class SingleFlight<Value> {
  readonly #flights = new Map<string, Promise<Value>>();

  run(key: string, ask: () => Promise<Value>): Promise<Value> {
    const current = this.#flights.get(key);
    if (current !== undefined) return current;
    const flight = ask().finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight;
  }
}
