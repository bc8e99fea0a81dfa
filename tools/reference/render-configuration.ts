import { allInOneSettings } from '@artdag/all-in-one';
import { federationSettings } from '@artdag/federation';
import { gatewaySettings } from '@artdag/gateway';
import { l1SyncSettings } from '@artdag/l1-sync';
import { signerSettings } from '@artdag/signer';
import type { TObject, TSchema } from 'typebox';

const ROLES: Readonly<Record<string, TObject>> = {
  gateway: gatewaySettings,
  signer: signerSettings,
  federation: federationSettings,
  'l1-sync': l1SyncSettings,
};

const INTRODUCTION = `# Configuration

This page is made from the settings' schemas (\`pnpm docs:fix\`), and CI compares them.

Every setting is an environment variable. White space around a value is dropped, and an empty
variable counts as unset. A start with wrong settings ends at once with one line for each fault:
the name and what is expected, never the value.

\`npm start\` runs every role in one process and takes all of these settings; a role that is started
on its own (\`services/*/src/main.ts\`) takes those that name it. \`MONGODB_URL\` and \`REDIS_URL\` are
needed by a role on its own; without them \`npm start\` finds or installs servers of its own and keeps
their files below \`ARTDAG_DATA\`.

Two more variables are read before any of these: \`ARTDAG_CACHE\` is where the bootstrap and embedded
servers keep what they download (\`~/.cache/artdag-l2\`), and \`XDG_CACHE_HOME\` moves its default.

| name | default | roles | meaning |
|---|---|---|---|
`;

/** The page on configuration: one row a setting, in the order of the schemas. */
export function renderConfiguration(): string {
  const rows = Object.entries(allInOneSettings.properties).map(([name, schema]) =>
    renderRow(name, schema),
  );
  return `${INTRODUCTION}${rows.join('\n')}\n`;
}

function renderRow(name: string, schema: TSchema): string {
  const roles = Object.keys(ROLES).filter((role) => ROLES[role] && name in ROLES[role].properties);
  const expected = `Expected: ${annotation(schema, 'expected')}.`;
  const secret = annotation(schema, 'secret') ? ' A secret: never shown.' : '';
  const meaning = `${annotation(schema, 'description')} ${expected}${secret}`;
  return `| \`${name}\` | ${renderDefault(schema)} | ${roles.join(', ') || 'all-in-one'} | ${meaning} |`;
}

function renderDefault(schema: TSchema): string {
  const value = annotation(schema, 'default');
  return value === '' ? '' : `\`${value}\``;
}

function annotation(schema: TSchema, key: string): string {
  const value: unknown = Reflect.get(schema, key);
  return value === undefined ? '' : String(value);
}
