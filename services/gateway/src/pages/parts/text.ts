/** Directions that a text could carry over into what stands around it, and control characters. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const MAX_PLAIN = 200;

/** Text of others for places that know no markup, such as a title: harmless there, and short. */
export function plainText(text: string): string {
  return shorten(withoutMarks(text), MAX_PLAIN);
}

/**
 * Text of others without marks of direction. Even `<bdi>` does not hold them: an isolate that a text
 * opens and leaves open is closed by the end of the element, which then does not close its own.
 */
export function withoutMarks(text: string): string {
  return text.replace(UNSEEN, ' ');
}

/** The first characters of a text, with an ellipsis where there are more. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${[...text.slice(0, 2 * length)].slice(0, length).join('')}…`;
}
