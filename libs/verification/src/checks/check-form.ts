import { isAppError } from '@artdag/errors';
import {
  getMember,
  getStringMember,
  type JsonObject,
  parseLosslessJson,
} from '@artdag/signatures/portable';
import type { SaidByActivity } from '../report.ts';
import { type Finding, fails, holds } from './build-step.ts';

const maxLength = 1024 * 1024;
const maxDepth = 100;

/** The form of a text, and what it says where it has the form of an activity. */
export type FormResult =
  | { readonly finding: Finding; readonly document: JsonObject; readonly said: SaidByActivity }
  | { readonly finding: Finding; readonly document?: never; readonly said?: never };

/** Reads the text as an activity. Numbers keep the form in which they stand there. */
export function checkForm(text: string): FormResult {
  const document = parse(text);
  if ('outcome' in document) return { finding: document };
  if (document.kind !== 'object') return { finding: fails('not-an-object') };
  const [id, type, actor] = ['id', 'type', 'actor'].map((key) => getStringMember(document, key));
  if (id === undefined) return { finding: fails('member-missing', 'id') };
  if (type === undefined) return { finding: fails('member-missing', 'type') };
  if (actor === undefined) return { finding: fails('member-missing', 'actor') };
  const object = getMember(document, 'object');
  if (object === undefined) return { finding: fails('member-missing', 'object') };
  const said = {
    id,
    type,
    actor,
    published: getStringMember(document, 'published') ?? null,
    name: getStringMember(object, 'name') ?? null,
    contentHash: getStringMember(getMember(object, 'contentHash'), 'value') ?? null,
  };
  const author = type === 'Create' ? getStringMember(object, 'attributedTo') : undefined;
  const isForAnother = author !== undefined && author !== actor;
  const finding = isForAnother ? fails('speaks-for-another', author) : holds('well-formed');
  return { finding, document, said };
}

function parse(text: string) {
  try {
    return parseLosslessJson(text.trim(), { maxLength, maxDepth });
  } catch (error) {
    if (isAppError(error)) return fails('not-json', error.message);
    throw error;
  }
}
