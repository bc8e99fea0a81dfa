/** Forms in which one resource can be answered. */
export type Representation = 'json' | 'activity' | 'html';

const TYPES: Readonly<Record<Representation, readonly string[]>> = {
  json: ['application/json'],
  activity: ['application/activity+json', 'application/ld+json'],
  html: ['text/html', 'application/xhtml+xml'],
};

/**
 * The offered form that an `Accept` header prefers. The first offer serves whoever takes anything,
 * sends nothing, or takes none of the offers: a sane answer beats a 406.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export function negotiate(
  accept: string | undefined,
  offers: readonly [Representation, ...Representation[]],
): Representation {
  const ranges = parseAccept(accept ?? '*/*');
  let best: { offer: Representation; quality: number } = { offer: offers[0], quality: 0 };
  for (const offer of offers) {
    const quality = Math.max(...TYPES[offer].map((type) => qualityOf(type, ranges)));
    if (quality > best.quality) best = { offer, quality };
  }
  return best.offer;
}

interface MediaRange {
  readonly range: string;
  readonly quality: number;
}

function parseAccept(accept: string): MediaRange[] {
  return accept.split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const value = quality === undefined ? 1 : Number(quality.slice(2));
    return { range, quality: Number.isFinite(value) ? value : 0 };
  });
}

/** The quality that the most specific range which covers `type` gives it. */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  const family = `${type.split('/')[0]}/*`;
  for (const range of [type, family, '*/*']) {
    const match = ranges.find((candidate) => candidate.range === range);
    if (match) return match.quality;
  }
  return 0;
}
