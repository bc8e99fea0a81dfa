import { startChild, waitFor } from '@artdag/testing';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

const Seen = Type.Object({ posts: Type.Number(), different: Type.Number() });

/** Inboxes of many hosts, in a process of their own. */
export interface Sink extends AsyncDisposable {
  /** How many posts have come, and how many of them were different. */
  seen(): Promise<{ readonly posts: number; readonly different: number }>;
}

/** Starts a sink at `port` of every address; `env` is for the sink alone. */
export async function startSink(
  port: number,
  env: Readonly<Record<string, string>> = {},
): Promise<Sink> {
  const sink = startChild({
    command: process.execPath,
    args: [new URL('sink.ts', import.meta.url).pathname],
    env: { ...process.env, ...env, PORT: String(port) },
  });
  await waitFor('the sink is ready', async () => sink.output().includes('ready'), 10_000);
  return {
    async seen() {
      const answer = await fetch(`http://127.0.0.1:${port}/bench/seen`);
      return Value.Parse(Seen, await answer.json());
    },
    [Symbol.asyncDispose]: () => sink[Symbol.asyncDispose](),
  };
}
