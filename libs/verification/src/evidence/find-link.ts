/**
 * The target of the first link of a relation in a `Link` header, as this project's servers write
 * it: an absolute IRI and one relation.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8288#section-3
 */
export function findLink(header: string | undefined, relation: string): string | undefined {
  for (const [, target, name] of (header ?? '').matchAll(/<([^<>]*)>\s*;\s*rel="?([a-z]+)"?/g)) {
    if (name === relation) return target;
  }
  return undefined;
}
