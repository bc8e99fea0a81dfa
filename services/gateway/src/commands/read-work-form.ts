import { AppError } from '@artdag/errors';
import { type Asset, admitAsset } from '@artdag/registry';
import { findJsonHazard, parseLosslessJson, stringifyLossless } from '@artdag/signatures';

/** The text fields of a form that describes a work. */
export interface WorkForm {
  readonly name: string;
  readonly content_hash: string;
  readonly asset_type: string;
  readonly tags: string;
  readonly url: string;
  readonly metadata: string;
}

const MAX_DEPTH = 32;

/**
 * The work that a form describes, by the rules of the registry.
 *
 * @throws AppError `validation-failed`
 */
export function readWorkForm(form: WorkForm): Omit<Asset, 'createdAt'> {
  const tags = form.tags.split(',').map((tag) => tag.trim());
  const url = form.url.trim();
  const work = {
    name: form.name.trim(),
    contentHash: form.content_hash.trim(),
    assetType: form.asset_type.trim(),
    tags: [...new Set(tags.filter((tag) => tag !== ''))],
    metadata: readMetadata(form.metadata),
    ...(url !== '' && { url }),
  };
  const faults = admitAsset(work);
  if (faults.length > 0)
    throw new AppError('validation-failed', 'The work cannot be registered.', { faults });
  return work;
}

/** Numbers keep the form in which they were written. */
function readMetadata(text: string): string {
  if (text.trim() === '') return '{}';
  const node = parse(text);
  if (node.kind !== 'object') throw wrongMetadata('must be a JSON object');
  if (findJsonHazard(node, { maxDepth: MAX_DEPTH }))
    throw wrongMetadata('hold a key, a number or a depth that is not allowed');
  return stringifyLossless(node);
}

function parse(text: string) {
  try {
    return parseLosslessJson(text, { maxDepth: MAX_DEPTH + 1 });
  } catch (cause) {
    throw wrongMetadata('must be JSON', cause);
  }
}

function wrongMetadata(message: string, cause?: unknown): AppError {
  return new AppError('validation-failed', `metadata ${message}`, {
    faults: [{ pointer: '/metadata', message }],
    cause,
  });
}
