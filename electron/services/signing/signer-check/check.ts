import { createReadStream } from 'node:fs';
import type { SignerCheck, SigningSettings } from '#contract';
import type { Store } from '../../../store/index.ts';
import { nameText, type Certificate } from '../../trust/index.ts';
import { insertCheck, lastGood } from './check.store.ts';
import { gather, hashed, type EvidencePiece, type GatherDeps } from './gather.ts';
import { findingsOf } from './judge.ts';

export type CheckDeps = GatherDeps & {
  readonly store: Store;
  /** see `Judged.clockAhead` */
  readonly clockAhead: () => number | null;
  readonly policy: SigningSettings['policy'];
};

/** A check with the bytes that it rests on, which are not stored yet. */
export type CheckedSigner = { readonly check: SignerCheck; readonly pieces: readonly EvidencePiece[] };

export type CheckWish = {
  /** other certificates of the token; tried as issuers, believed in nothing */
  readonly others?: readonly Certificate[];
  /** asks the authority although an answer that is kept still counts; default true */
  readonly renew?: boolean;
};

/**
 * What is known of a certificate before it signs (NĐ 68/2024 art. 29). Answers within the limit of `deps` and some
 * milliseconds, with a network or without, and waits for nothing in the core's thread.
 */
export async function checkSigner(deps: CheckDeps, certificate: Certificate, { others = [], renew = true }: CheckWish = {}): Promise<CheckedSigner> {
  const at = deps.clock.now();
  const gathered = await gather(deps, certificate, others, renew);
  const findings = findingsOf({ ...gathered, certificate, at, clockAhead: deps.clockAhead() }, deps.policy);
  const path = gathered.path.state === 'incomplete' ? [certificate] : gathered.path.path;
  const certificates = path.map(({ der, sha256 }): EvidencePiece => ({ kind: 'certificate', about: sha256, ...hashed(der), content: der }));
  const pieces = [...certificates, ...gathered.statuses.flatMap((one) => one.pieces)];
  const own = gathered.statuses[0];
  const status = own?.status.status ?? 'unknown';
  const online = own?.online ?? 'none';
  const check: SignerCheck = {
    at: at.toISOString(),
    certificate: factsOf(certificate),
    result: findings.some(({ state }) => state === 'refuse') ? 'refuse' : findings.some(({ state }) => state === 'warning') ? 'warning' : 'good',
    online,
    status,
    asOf: own === undefined || own.status.status === 'unknown' ? null : own.status.thisUpdate.toISOString(),
    lastGoodAt: online === 'now' && status === 'good' ? at.toISOString() : (lastGood(deps.store.read, certificate.sha256) ?? null),
    findings,
    path: path.map(({ sha256, subject }) => ({ sha256, subject: nameText(subject) })),
    evidence: pieces.map(({ kind, about, sha256, size }) => ({ kind, about, sha256, size })),
  };
  return { check, pieces };
}

/**
 * Keeps a check with all that it rests on, so that it can be shown and judged again (TT 15/2025 art. 5: certificate, list at
 * the time, result). `document`: the id of what was signed then, or null. Answers the id of the check.
 */
export async function keepCheck(store: Store, { check, pieces }: CheckedSigner, by: string, document: string | null): Promise<string> {
  for (const { content, sha256 } of pieces) {
    if (store.blobs.has(sha256)) continue;
    if (content instanceof Uint8Array) {
      await store.blobs.put(content);
      continue;
    }
    const writer = await store.blobs.writer();
    try {
      for await (const piece of createReadStream(content.path, { highWaterMark: 1024 * 1024 })) await writer.write(piece as Buffer);
    } catch (error) {
      await writer.abort();
      throw error;
    }
    await writer.finish();
  }
  return store.write((db) => insertCheck(db, check, by, document));
}

function factsOf({ sha256, subject, issuer, serial, notBefore, notAfter, key }: Certificate): SignerCheck['certificate'] {
  return { sha256, subject: nameText(subject), issuer: nameText(issuer), serial, validFrom: notBefore.toISOString(), validTo: notAfter.toISOString(), key: key.name };
}
