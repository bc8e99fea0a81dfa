import { isUsername } from '@artdag/registry';
import type { FollowerDocument } from '@artdag/store';
import { furtherOfFollower, readFollowerRecord } from '../records/follower-record.ts';
import { importElements } from './import-elements.ts';
import type { ImportRun } from './import-run.ts';

/** Kind of the promise to find the inbox of a follower. */
const RESOLVE = 'resolve-follower';

/** Imports `followers.json`. Where no inbox is told, the document promises to find it. */
export async function importFollowers(run: ImportRun): Promise<void> {
  let count = 0;
  await importElements<FollowerDocument>(
    {
      file: 'followers',
      documents: run.store.documents.followers,
      take(element) {
        const reading = readFollowerRecord(element);
        if (!reading.ok) return reading;
        const { actorIri, host, inbox, own, members } = reading.value;
        const named = own.username ?? run.firstUser;
        const username = isUsername(named) ? named : run.firstUser;
        const _id = `${username} ${actorIri}`;
        // Old files have no time; the order in which followers came is kept.
        const since = new Date(own.since ?? count++);
        const further = furtherOfFollower(members);
        return {
          ok: true,
          value: {
            document: {
              _id,
              username,
              actorIri,
              host,
              since,
              ...(inbox === undefined
                ? { outbox: [{ kind: RESOLVE, id: _id, at: since }] }
                : { inbox, deliveryInbox: own.delivery_inbox ?? inbox }),
              ...(own.follow_iri !== undefined && { followIri: own.follow_iri }),
              ...(further !== undefined && { original: further }),
            },
          },
        };
      },
      meet: () => 'same',
    },
    run,
  );
}
