import type { RegisteredAsset } from '@artdag/registry';
import { presentAsset } from './present-asset.ts';

const CHUNK_CHARACTERS = 32_768;

/** The whole registry as JSON text, in chunks, while the assets are read. */
export async function* streamRegistry(
  assets: AsyncIterable<RegisteredAsset>,
): AsyncGenerator<string> {
  let chunk = '{"version":"1.0","assets":{';
  let separator = '';
  for await (const asset of assets) {
    chunk += `${separator}${JSON.stringify(asset.name)}:${presentAsset(asset)}`;
    separator = ',';
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  yield `${chunk}}}`;
}
