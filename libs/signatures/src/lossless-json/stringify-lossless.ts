import type { JsonNode } from './json-node.ts';

/**
 * Writes a node as compact JSON: numbers as they were written, members in their order.
 *
 * Lone surrogates become `\udxxx` escapes, so that the text is always well-formed UTF-16 and UTF-8.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-8.2
 */
export function stringifyLossless(node: JsonNode): string {
  switch (node.kind) {
    case 'object': {
      const members: string[] = [];
      for (const [key, member] of node.entries) {
        members.push(`${JSON.stringify(key)}:${stringifyLossless(member)}`);
      }
      return `{${members.join(',')}}`;
    }
    case 'array':
      return `[${node.items.map(stringifyLossless).join(',')}]`;
    case 'number':
      return node.lexeme;
    case 'string':
      return JSON.stringify(node.value);
    case 'boolean':
      return node.value ? 'true' : 'false';
    case 'null':
      return 'null';
  }
}
