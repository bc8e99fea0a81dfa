const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Decodes padded base64, or gives `undefined` where it holds anything else: `Buffer.from` skips
 * what it does not know, so that many texts would stand for the same bytes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4648#section-3.3
 */
export function decodeStrictBase64(text: string): Buffer | undefined {
  return base64Pattern.test(text) ? Buffer.from(text, 'base64') : undefined;
}
