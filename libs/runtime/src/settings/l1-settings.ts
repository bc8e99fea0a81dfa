import { type Static, Type } from 'typebox';

/** The L1s that this server works with. */
export const l1Settings = {
  ARTDAG_L1: Type.String({
    default: 'http://localhost:8100',
    pattern: '^https?://[^\\s,/]+[^\\s,]*$',
    description: 'The L1 server: `L1_SERVERS` with one element.',
    expected: 'an http or https URL',
  }),
  L1_SERVERS: Type.Optional(
    Type.String({
      pattern: '^\\s*https?://[^\\s,/]+[^\\s,]*(\\s*,\\s*https?://[^\\s,/]+[^\\s,]*)*\\s*$',
      description: 'L1 servers, as a comma list of URLs. It wins over `ARTDAG_L1`.',
      expected: 'a comma list of http or https URLs',
    }),
  ),
};

type L1Settings = {
  readonly [Name in keyof typeof l1Settings]?: Static<(typeof l1Settings)[Name]> | undefined;
};

/** Base URLs of the L1s, without a trailing slash, each once. */
export function listL1Servers({ L1_SERVERS, ARTDAG_L1 = '' }: L1Settings): string[] {
  const urls = (L1_SERVERS ?? ARTDAG_L1).split(',').map((url) => url.trim().replace(/\/+$/, ''));
  return [...new Set(urls.filter(Boolean))];
}
