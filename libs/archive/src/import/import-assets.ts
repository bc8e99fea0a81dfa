import { isUsername } from '@artdag/registry';
import type { AssetDocument } from '@artdag/store';
import {
  type AssetRecord,
  isSameRecord,
  originalOfAsset,
  readAssetRecord,
  recordOfAsset,
} from '../records/asset-record.ts';
import { parseTime } from '../records/parse-time.ts';
import { createTimeline, type Timeline } from '../records/timeline.ts';
import type { Claim } from './claim-index.ts';
import { importElements, type Meeting } from './import-elements.ts';
import type { ImportRun } from './import-run.ts';

/** Kind of the promise that an asset carries whose claim is still to be signed. */
const SIGN = 'sign-activity';

/** Imports `registry.json`, after the activities that claim its assets. */
export async function importAssets(run: ImportRun): Promise<void> {
  const timeline = createTimeline();
  await importElements<AssetDocument>(
    {
      file: 'registry',
      documents: run.store.documents.assets,
      take(element) {
        const reading = readAssetRecord(element);
        if (!reading.ok) return reading;
        const { value } = reading;
        const document = buildDocument(value, timeline, run);
        const original = originalOfAsset(document, value.members);
        return {
          ok: true,
          value: {
            document: original === undefined ? document : { ...document, original },
            note: value.note ?? noteOf(document),
          },
        };
      },
      meet: meetAsset,
    },
    run,
  );
}

/** An equal record is the same asset; a claim of it may verify now that did not before. */
function meetAsset(existing: AssetDocument, wanted: AssetDocument): Meeting<AssetDocument> {
  if (!isSameRecord(recordOfAsset(existing), recordOfAsset(wanted))) return 'conflict';
  if (existing.state !== 'unsigned' || wanted.state !== 'signed') return 'same';
  const { state, activityId } = wanted;
  return { expected: { state: existing.state }, values: { state, activityId } };
}

function buildDocument(record: AssetRecord, timeline: Timeline, run: ImportRun): AssetDocument {
  const { asset, own } = record;
  const claim = run.claims.find(asset.contentHash, asset._id);
  const nominal = parseTime(record.createdAt);
  const said = parseTime(own.registered_at);
  const registeredAt = said ? timeline.take(nominal, said) : timeline.place(nominal);
  const owner = ownerOf(record, claim, run);
  const state = stateOf(record, claim);
  const activityId =
    (state === 'pending' || state === 'failed' ? own.activity_id : undefined) ??
    claim?.activityId ??
    null;
  const createdAt = record.createdAt ?? registeredAt.toISOString();
  const promise = { kind: SIGN, id: activityId ?? '', at: registeredAt };
  return {
    ...asset,
    createdAt,
    owner,
    registeredAt,
    activityId,
    state,
    ...(state === 'pending' && { outbox: [promise] }),
  };
}

/** What an export says of a claim counts where the activities do not tell. */
function stateOf({ own }: AssetRecord, claim: Claim | undefined): AssetDocument['state'] {
  if (own.state === 'withdrawn') return 'withdrawn';
  if (claim?.isVerified) return 'signed';
  const isOpen = own.state === 'pending' || own.state === 'failed';
  return isOpen && own.activity_id && own.state ? own.state : 'unsigned';
}

function ownerOf(record: AssetRecord, claim: Claim | undefined, run: ImportRun): string {
  const { owner = '' } = record;
  if (isUsername(owner)) return owner;
  return run.iris.usernameOf(owner) ?? claim?.username ?? run.firstUser;
}

function noteOf({ state }: AssetDocument): string | undefined {
  return state === 'unsigned' ? 'no activity that verifies claims it' : undefined;
}
