import { type FileHandle, open } from 'node:fs/promises';
import { ARCHIVE_FILES, type Archive, pathOf } from '../archive-files.ts';
import { parseRawMembers } from '../json-file/raw-members.ts';
import { readElements } from '../json-file/read-elements.ts';
import { readAssetRecord } from '../records/asset-record.ts';
import { digest } from './claim-index.ts';

interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Looks single assets of a `registry.json` up, however large it is. */
export interface RegistryLookup extends AsyncDisposable {
  /** The text of the metadata that the registry has for this name and content hash. */
  findMetadata(name: string, contentHash: string): Promise<string | undefined>;
}

/** A {@link RegistryLookup}, which walks over the file once when it is asked for the first time. */
export function createRegistryLookup(archive: Archive): RegistryLookup {
  let opened: Promise<{ file: FileHandle; spans: ReadonlyMap<string, Span> }> | undefined;
  return {
    async findMetadata(name, contentHash) {
      if (!archive.files.has('registry')) return undefined;
      opened ??= openRegistry(archive);
      const { file, spans } = await opened;
      const span = spans.get(digest(name));
      if (!span) return undefined;
      const { buffer } = await file.read(Buffer.alloc(span.length), 0, span.length, span.offset);
      const element = {
        container: 'assets',
        key: name,
        index: 0,
        offset: span.offset,
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

async function openRegistry({ directory }: Archive) {
  const path = pathOf(directory, 'registry');
  const spans = new Map<string, Span>();
  for await (const element of readElements(path, ARCHIVE_FILES.registry.containers)) {
    const { container, key, offset, bytes } = element;
    if (container === null) continue;
    const name = key ?? nameIn(bytes);
    if (name !== undefined) spans.set(digest(name), { offset, length: bytes.length });
  }
  return { file: await open(path, 'r'), spans };
}

function nameIn(bytes: Buffer): string | undefined {
  try {
    const name: unknown = JSON.parse(parseRawMembers(bytes.toString()).get('name') ?? 'null');
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
