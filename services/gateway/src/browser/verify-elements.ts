import type { Ask, FileDigests } from '@artdag/verification';
import { createAskServer } from './ask-server.ts';
import { find } from './elements.ts';

/** The verify page: its parts, the server behind it, and the file that was chosen last. */
export interface VerifyPage {
  /** Base URL of the server's identifiers. */
  readonly server: string;
  readonly ask: Ask;
  readonly hiddenParts: Iterable<HTMLElement>;
  readonly file: HTMLInputElement;
  readonly fileForm: HTMLFormElement;
  readonly activity: HTMLTextAreaElement;
  readonly key: HTMLTextAreaElement;
  readonly activityForm: HTMLFormElement;
  readonly status: HTMLElement;
  readonly result: HTMLElement;
  digests: FileDigests | undefined;
}

export function findVerifyPage(): VerifyPage | undefined {
  const root = find('[data-verify]', HTMLElement);
  const file = find('#file', HTMLInputElement);
  const fileForm = find('#file-form', HTMLFormElement);
  const activity = find('#activity', HTMLTextAreaElement);
  const key = find('#key', HTMLTextAreaElement);
  const activityForm = find('#activity-form', HTMLFormElement);
  const status = find('#status', HTMLElement);
  const result = find('#result', HTMLElement);
  if (!root || !file || !fileForm || !activity || !key || !activityForm || !status || !result)
    return undefined;
  const server = root.dataset['verify'] ?? '';
  const hiddenParts = root.querySelectorAll<HTMLElement>('[data-needs-scripts]');
  const parts = { file, fileForm, activity, key, activityForm, status, result };
  return { server, ask: createAskServer(server), hiddenParts, ...parts, digests: undefined };
}
