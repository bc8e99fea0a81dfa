/** A time as `published` and `created` write it: UTC with whole seconds. */
export function formatPublished(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
