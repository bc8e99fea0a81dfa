import { type FileHandle, open } from 'node:fs/promises';
import { type Archive, pathOf } from '../archive-files.ts';
import { createDigestTable, digestOf } from '../compact/digest-table.ts';
import { createTextArena } from '../compact/text-arena.ts';
import { parseRawMembers } from '../json-file/raw-members.ts';
import { isRecord, readArchive } from '../read-archive.ts';
import { readAssetRecord } from '../records/asset-record.ts';

interface Span {
  readonly offset: number;
  readonly length: number;
}

interface OpenedRegistry {
  readonly file: FileHandle;
  findSpan(name: string): Span | undefined;
}

/** Looks single assets of a `registry.json` up, however large it is. */
export interface RegistryLookup extends AsyncDisposable {
  /** The text of the metadata that the registry has for this name and content hash. */
  findMetadata(name: string, contentHash: string): Promise<string | undefined>;
}

/** A {@link RegistryLookup}, which walks over the file once when it is asked for the first time. */
export function createRegistryLookup(archive: Archive): RegistryLookup {
  let opened: Promise<OpenedRegistry> | undefined;
  return {
    async findMetadata(name, contentHash) {
      if (!archive.files.has('registry')) return undefined;
      opened ??= openRegistry(archive);
      const { file, findSpan } = await opened;
      const span = findSpan(name);
      if (!span) return undefined;
      const { buffer } = await file.read(Buffer.alloc(span.length), 0, span.length, span.offset);
      const element = {
        container: 'assets',
        key: name,
        index: 0,
        ...span,
        isTooLong: false,
        bytes: buffer,
      };
      const reading = readAssetRecord(element);
      if (!reading.ok || reading.value.asset.contentHash !== contentHash) return undefined;
      return reading.value.members.get('metadata');
    },
    async [Symbol.asyncDispose]() {
      await (await opened)?.file.close();
    },
  };
}

async function openRegistry({ directory }: Archive): Promise<OpenedRegistry> {
  const places = createDigestTable();
  const spans = createTextArena();
  for await (const element of readArchive(directory, 'registry')) {
    const { key, offset, bytes, isTooLong } = element;
    if (isTooLong || !isRecord(element)) continue;
    const name = key ?? nameIn(bytes);
    if (name !== undefined) places.set(digestOf(name), spans.add(`${offset} ${bytes.length}`));
  }
  return {
    file: await open(pathOf(directory, 'registry'), 'r'),
    findSpan(name) {
      const place = places.get(digestOf(name));
      if (place === undefined) return undefined;
      const [offset = 0, length = 0] = spans.get(place).split(' ').map(Number);
      return { offset, length };
    },
  };
}

function nameIn(bytes: Buffer): string | undefined {
  try {
    const name: unknown = JSON.parse(parseRawMembers(bytes.toString()).get('name') ?? 'null');
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
