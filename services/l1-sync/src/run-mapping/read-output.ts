import { ASSET_TYPE_PATTERN, CONTENT_HASH_PATTERN } from '@artdag/registry';
import { getMember, getStringMember, type JsonNode } from '@artdag/signatures';

const isHash = (text: string | undefined) =>
  text !== undefined && new RegExp(CONTENT_HASH_PATTERN).test(text);
const isType = (text: string | undefined) =>
  text !== undefined && new RegExp(ASSET_TYPE_PATTERN).test(text);

/** Type of an asset where the run does not say what it has made. */
const RENDER = 'render';
const MAX_RECIPE_CHARACTERS = 512;

/** Content hash of what a run has made, from the first place that has one. */
export function readOutputHash(run: JsonNode): string | undefined {
  const output = getMember(run, 'output');
  const told = getMember(getMember(run, 'provenance'), 'output');
  return [
    getStringMember(run, 'output_hash'),
    getStringMember(run, 'output_cid'),
    getStringMember(output, 'content_hash'),
    getStringMember(told, 'content_hash'),
  ].find(isHash);
}

/** What a run has made: the type it names, or that of its media type. */
export function readAssetType(run: JsonNode): string {
  const output = getMember(run, 'output');
  const places = [run, output];
  const named = places
    .flatMap((place) => ['asset_type', 'output_type'].map((key) => getStringMember(place, key)))
    .find(isType);
  const media = places
    .map((place) => getStringMember(place, 'media_type')?.split('/')[0])
    .find((type) => type !== undefined && /^(?:image|video|audio)$/.test(type));
  return named ?? media ?? RENDER;
}

/** Name of the recipe that was run. */
export function readRecipe(run: JsonNode): string | undefined {
  const recipe = getMember(run, 'recipe') ?? getMember(getMember(run, 'provenance'), 'recipe');
  const name = recipe?.kind === 'string' ? recipe.value : getStringMember(recipe, 'name');
  return name !== undefined && name.length <= MAX_RECIPE_CHARACTERS ? name : undefined;
}
