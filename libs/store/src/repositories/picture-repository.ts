import { Binary, type Collection } from 'mongodb';
import { insertMissing } from '../insert-group.ts';

/** One copy of a picture, as WebP. */
export interface Rendition {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** The sizes that are kept. */
export type RenditionSize = 'small' | 'large';

/** Small copies of the picture whose bytes have a content hash. */
export interface Picture {
  readonly contentHash: string;
  readonly small: Rendition;
  readonly large: Rendition;
}

/** A {@link Picture} as it is stored; `_id` is the content hash. */
export interface PictureDocument {
  readonly _id: string;
  readonly small: StoredRendition;
  readonly large: StoredRendition;
}

type StoredRendition = Omit<Rendition, 'bytes'> & { readonly bytes: Binary };

/** The pictures that this server shows. */
export interface PictureRepository {
  /** Keeps a picture; one that is there already stays. */
  insert(picture: Picture): Promise<void>;
  exists(contentHash: string): Promise<boolean>;
  find(contentHash: string, size: RenditionSize): Promise<Rendition | undefined>;
}

/** {@link PictureRepository} over the collection `pictures`. */
export function createPictureRepository(
  collection: Collection<PictureDocument>,
): PictureRepository {
  return {
    insert: ({ contentHash, small, large }) =>
      insertMissing(collection, [
        { _id: contentHash, small: toStored(small), large: toStored(large) },
      ]),
    exists: async (contentHash) =>
      (await collection.countDocuments({ _id: contentHash }, { limit: 1 })) > 0,
    async find(contentHash, size) {
      const document = await collection.findOne(
        { _id: contentHash },
        { projection: { [size]: 1 } },
      );
      const found = document?.[size];
      return found && { ...found, bytes: found.bytes.buffer };
    },
  };
}

function toStored({ bytes, ...rest }: Rendition): StoredRendition {
  return { ...rest, bytes: new Binary(bytes) };
}
