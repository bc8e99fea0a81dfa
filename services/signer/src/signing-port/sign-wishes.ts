import { AppError, isAppError } from '@artdag/errors';
import {
  type Keyring,
  SIGNING_LIMITS,
  type SigningAnswer,
  type SigningWish,
} from '@artdag/keyring';

/**
 * A signature base of an HTTP request begins so in both forms. Claims are signed over 64 bytes of
 * hashes, which never do: whoever has the secret can send requests, and cannot claim anything.
 */
const httpSignatureBase = /^(?:\(request-target\): |"@method": )[\x20-\x7e\x80-\xff\n]+$/;

/** Signs each wish of a batch by itself: what one meets does not touch the others. */
export function signWishes(
  wishes: readonly SigningWish[],
  keyring: Pick<Keyring, 'sign'>,
): Promise<SigningAnswer[]> {
  return Promise.all(
    wishes.map(async (wish): Promise<SigningAnswer> => {
      try {
        return { signature: (await signWish(wish, keyring)).toString('base64') };
      } catch (error) {
        return { error: describe(error) };
      }
    }),
  );
}

async function signWish(
  { username, algorithm, bytes }: SigningWish,
  keyring: Pick<Keyring, 'sign'>,
) {
  const base = Buffer.from(bytes, 'base64');
  if (base.length > SIGNING_LIMITS.bytesPerWish) {
    throw new AppError(
      'too-large',
      `A signature base has ${SIGNING_LIMITS.bytesPerWish} bytes at most.`,
    );
  }
  if (!httpSignatureBase.test(base.toString('latin1'))) {
    throw new AppError('forbidden', 'Only signature bases of HTTP requests are signed here.');
  }
  return keyring.sign({ username, algorithm }, base);
}

function describe(error: unknown): { code: AppError['code']; detail: string } {
  if (isAppError(error)) return { code: error.code, detail: error.message };
  return { code: 'internal', detail: 'The signature could not be made.' };
}
