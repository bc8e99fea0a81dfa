import {
  createEddsaJcs2022Proof,
  parseLosslessJson,
  signCavage,
  signRfc9421,
} from '@artdag/signatures';
import { type Signer, signWith } from './signers.ts';

/** How posts are signed. */
export type Variant = 'cavage' | 'rfc9421' | 'cavage and proof';

/** A post that is ready to be sent. */
export interface SignedPost {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const BODY_BYTES = 2048;

/** Signs `count` Creates of 2 KB for the inbox `url`, from each signer in turn. */
export async function presign(
  signers: readonly Signer[],
  {
    url,
    count,
    variant,
    from = 0,
  }: { url: string; count: number; variant: Variant; from?: number },
): Promise<SignedPost[]> {
  const posts: SignedPost[] = [];
  for (let number = from; number < from + count; number += 1) {
    const signer = signers[number % signers.length];
    if (!signer) throw new Error('nobody signs');
    posts.push(await presignOne(signer, { url, variant, number }));
  }
  return posts;
}

async function presignOne(
  signer: Signer,
  { url, variant, number }: { url: string; variant: Variant; number: number },
): Promise<SignedPost> {
  const body = await buildBody(signer, `${variant.replaceAll(' ', '-')}-${number}`, variant);
  const out = {
    method: 'POST',
    url,
    body: Buffer.from(body),
    contentType: 'application/activity+json',
    keyId: `${signer.actorIri}#main-key`,
    keyType: 'rsa' as const,
    time: new Date(),
  };
  const signature = await (variant === 'rfc9421' ? signRfc9421 : signCavage)(
    out,
    signWith(signer.rsa),
  );
  return { body, headers: { 'content-type': out.contentType, ...signature } };
}

async function buildBody(signer: Signer, id: string, variant: Variant): Promise<string> {
  const context =
    variant === 'cavage and proof'
      ? ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/data-integrity/v1']
      : 'https://www.w3.org/ns/activitystreams';
  const activity = {
    '@context': context,
    type: 'Create',
    id: `${signer.actorIri}/activities/${id}`,
    actor: signer.actorIri,
    to: ['https://www.w3.org/ns/activitystreams#Public'],
    object: {
      type: 'Note',
      id: `${signer.actorIri}/notes/${id}`,
      attributedTo: signer.actorIri,
      content: 'x'.repeat(BODY_BYTES - 600),
    },
  };
  if (variant !== 'cavage and proof') return JSON.stringify(activity);
  const document = parseLosslessJson(JSON.stringify(activity));
  const proof = await createEddsaJcs2022Proof(
    {
      document,
      verificationMethod: `${signer.actorIri}#ed25519-key`,
      created: `${new Date().toISOString().slice(0, 19)}Z`,
    },
    signWith(signer.ed25519),
  );
  return JSON.stringify({ ...activity, proof: JSON.parse(JSON.stringify(proof)) });
}
