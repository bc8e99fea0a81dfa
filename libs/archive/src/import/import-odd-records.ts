import type { OddRecordDocument } from '@artdag/store';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { odd, plainMember, readMembers } from '../records/reading.ts';
import { importElements } from './import-elements.ts';
import type { ImportRun } from './import-run.ts';
import { buildOddRecord } from './keep-odd-records.ts';

const Odd = Type.Object({
  file: Type.String(),
  key: Type.Union([Type.String(), Type.Null()]),
  reason: Type.String(),
  text: Type.String(),
  part: Type.Optional(
    Type.Object({ of: Type.String(), offset: Type.Number(), length: Type.Number() }),
  ),
});

/** Imports what an earlier import kept aside and an export has written. */
export async function importOddRecords(run: ImportRun): Promise<void> {
  await importElements<OddRecordDocument>(
    {
      file: 'oddRecords',
      documents: run.store.documents.oddRecords,
      take(element) {
        const read = readMembers(element);
        if (!read.ok) return read;
        const names = ['file', 'key', 'reason', 'text', 'part'] as const;
        const members = names.flatMap((name) => {
          const value = plainMember(read.value, name);
          return value === undefined ? [] : [[name, value]];
        });
        const record: unknown = Object.fromEntries(members);
        if (!Value.Check(Odd, record)) return odd('it is not as an export writes it');
        return { ok: true, value: { document: buildOddRecord(record) } };
      },
      meet: () => 'same',
    },
    run,
  );
}

/** An odd record as an export writes it. */
export function writeOddRecord({ _id, ...record }: OddRecordDocument): string {
  return JSON.stringify(record satisfies Static<typeof Odd>);
}
