import { checkForm } from '../checks/check-form.ts';
import type { KeySource } from '../report.ts';
import type { Sources } from './ask.ts';
import { askRegistry } from './ask-registry.ts';
import type { Evidence, KeyEvidence } from './evidence.ts';

const activityJson = 'application/activity+json';

/**
 * Fetches what an activity names: the document of its actor, from where he is, and what the
 * server that is being checked says about its hash, where the activity is one of that server.
 */
export async function collectEvidence(text: string, sources: Sources): Promise<Evidence> {
  const { said } = checkForm(text);
  if (!said) return { text, key: { missing: 'the text names no actor.' } };
  const isOfServer = isUnder(said.id, sources.server);
  const [key, registry] = await Promise.all([
    askActor(said.actor, sources),
    isOfServer ? askRegistry(said, sources) : undefined,
  ]);
  return { text, key, ...(registry && { registry }) };
}

async function askActor(actor: string, { ask, server }: Sources): Promise<KeyEvidence> {
  if (!/^https?:\/\//.test(actor)) return { missing: `${actor} is no address.` };
  const answer = await ask(actor, activityJson);
  if ('failed' in answer) return { missing: `${actor}: ${answer.failed}` };
  if (answer.status !== 200) return { missing: `${actor} answered ${answer.status}.` };
  // The server of another host cannot speak for the actor.
  if (!isUnder(answer.url, originOf(actor)))
    return { missing: `${actor} led to ${answer.url}, which is another server.` };
  const source: KeySource = isUnder(actor, server) ? 'checked-server' : 'other-server';
  return { text: answer.text, source, url: answer.url };
}

function originOf(iri: string): string {
  return URL.parse(iri)?.origin ?? iri;
}

function isUnder(iri: string, base: string): boolean {
  return iri === base || iri.startsWith(`${base}/`);
}
