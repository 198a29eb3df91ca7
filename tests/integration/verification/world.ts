import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignatureVerdict, Verdict } from '#contract';
import { contentsPatch, memoryBytes } from '../../../electron/foundation/pdf/index.ts';
import { wordsFor } from '../../../electron/hosts/cli/sentences.ts';
import { verdictLines } from '../../../electron/hosts/words/verdict-words.ts';
import { discard, prepare, type SigningWish } from '../../../electron/services/signing/index.ts';
import { readCrl, readSignedData, type Certificate, type Crl } from '../../../electron/services/trust/index.ts';
import { findDifferences, verifyFile, type EvidenceSource, type FindDifferences, type Question, type VerifyDeps } from '../../../electron/services/verification/index.ts';
import { makeCrl } from '../../fakes/pki/make.ts';
import { good, type TestPki } from '../../fakes/pki/pki.ts';
import { bases } from '../../unit/foundation/pdf/make.ts';
import { wishOf } from '../signing/signer.ts';
import { cmsOf, withToken, type CmsPlan } from './cms.ts';

/** The day on which the tests judge; lists of revoked certificates are current then. */
export const today = new Date('2026-11-22T02:00:00Z');

export const issuers = ['g1root', 'g1ca', 'g2root', 'g2ca', 'ecca', 'pssca', 'shortca'] as const;

const lists = new Map<string, Promise<Buffer>>();
/** A station reads a list once as well; here some thousand files are judged by it. */
const read = new Map<string, Crl>();

/** The current list of an issuer, as `openssl ca -gencrl` makes it. */
export function currentCrl(pki: TestPki, issuer: string): Promise<Buffer> {
  const known = lists.get(issuer) ?? makeCrl(pki.folder, issuer, '20261120000000Z', '20261220000000Z');
  lists.set(issuer, known);
  return known;
}

/** What a station that has fetched all lists knows. `without`: issuers whose list is not at hand. */
export function listEvidence(pki: TestPki, without: readonly string[] = []): EvidenceSource {
  const idOf = (issuer: Certificate): string | undefined => issuers.find((id) => pki.certificate(id).sha256 === issuer.sha256);
  return {
    issuers: () => Promise.resolve([]),
    async status(_certificate, issuer) {
      const id = idOf(issuer);
      if (id === undefined || without.includes(id)) return { ocsps: [], crls: [] };
      const crl = read.get(id) ?? good(readCrl(await currentCrl(pki, id), issuer));
      read.set(id, crl);
      return { ocsps: [], crls: [{ crl, path: id }] };
    },
  };
}

/** Calls every later change permitted: for what is asked about other parts than changes. */
export const allPermitted: FindDifferences = (file, signedRevision) => ({
  ok: true,
  value: { overall: 'permitted', changes: file.revisions.slice(signedRevision + 1).map(({ index }) => ({ class: 'permitted', code: 'test', rule: 'test', revision: index })) },
});

export function depsOf(pki: TestPki, more: Partial<VerifyDeps> = {}): VerifyDeps {
  return {
    anchors: pki.anchors('g1root', 'g2root'),
    edition: 'test',
    certificates: issuers.map((id) => pki.certificate(id)),
    evidence: listEvidence(pki),
    differences: findDifferences,
    ...more,
  };
}

/** Every verdict of these tests is also put into words, in both languages: a sentence that lacks a value throws. */
export async function verdictOn(pki: TestPki, bytes: Uint8Array, more: Partial<VerifyDeps> & Partial<Question> = {}): Promise<Verdict> {
  const { at = today, arrivedAt, expected, ...deps } = more;
  const verdict = await verifyFile(depsOf(pki, deps), memoryBytes(bytes), { at, arrivedAt, expected });
  for (const language of ['vi', 'en'] as const) {
    const lines = verdictLines('a.pdf', verdict, (key, params) => wordsFor(key, params, language));
    if (lines.some((line) => line.trim() === '' || line.trim() === '-')) throw new Error(`no words: ${JSON.stringify(verdict)}`);
  }
  return verdict;
}

export const subFilters = { cades: 'ETSI.CAdES.detached', detached: 'adbe.pkcs7.detached', sha1: 'adbe.pkcs7.sha1', stamp: 'ETSI.RFC3161' } as const;

export type Place = {
  readonly base?: Buffer;
  readonly subFilter?: string;
  readonly wish?: Partial<SigningWish>;
  /** who the file is prepared for; only its key's size matters */
  readonly signer?: string;
};

/** The two parts of a file that its last signature covers. */
export type Covered = readonly [Buffer, Buffer];

/** Puts what `make` gives for the covered bytes into a new signature field of a file, as the signing domain prepares it. */
export function placed(pki: TestPki, make: (covered: Covered) => Uint8Array, { base = bases()['table'], subFilter = subFilters.cades, wish = {}, signer = 'clerk' }: Place = {}): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-'));
  const files = { source: join(folder, 'base.pdf'), target: join(folder, 'signed.pdf') };
  writeFileSync(files.source, base ?? Buffer.alloc(0));
  const certificate = pki.certificate(signer);
  const at = wish.at ?? (certificate.notAfter < today ? certificate.notAfter : certificate.notBefore > today ? certificate.notBefore : today);
  const prepared = good(prepare(files, wishOf(pki, signer, { kind: certificate.key.kind === 'ec' ? 'ecdsa' : 'rsa-v1.5', digest: 'sha256' }, { level: 'T', at, ...wish })));
  const bytes = readFileSync(prepared.copy);
  discard(prepared);
  rmSync(folder, { recursive: true });
  const { place } = prepared;
  renamed(bytes, `/${subFilters.cades}`, `/${subFilter}`);
  const cms = make([bytes.subarray(0, place.contentsFrom), bytes.subarray(place.contentsTo)]);
  const patch = good(contentsPatch(place, cms));
  patch.bytes.copy(bytes, patch.at);
  return bytes;
}

/** Replaces the last `from` by `to`, which is no longer. */
function renamed(bytes: Buffer, from: string, to: string): void {
  bytes.write(to.padEnd(from.length), bytes.lastIndexOf(from), 'latin1');
}

export function digestOfCovered(covered: Covered, digest = 'sha256'): Buffer {
  return createHash(digest).update(covered[0]).update(covered[1]).digest();
}

/** A file signed with a CMS by the test's own hand, honest but for `plan`. */
export function signedWith(pki: TestPki, plan: Partial<CmsPlan> & { readonly signer: string }, place: Place = {}): Buffer {
  return placed(pki, (covered) => cmsOf(pki, { messageDigest: digestOfCovered(covered, plan.digest), ...plan }), { signer: plan.signer, ...place });
}

/** The same with time-stamps over its signature. */
export function stampedWith(pki: TestPki, plan: Partial<CmsPlan> & { readonly signer: string }, tokens: readonly ((value: Uint8Array) => Buffer)[], place: Place = {}): Buffer {
  return placed(pki, (covered) => withToken(pki, { messageDigest: digestOfCovered(covered, plan.digest), ...plan }, valueOf, ...tokens), { signer: plan.signer, ...place });
}

export function valueOf(cms: Uint8Array): Uint8Array {
  return good(readSignedData(cms)).signer.signature;
}

/** The codes of everything that counted against a signature, part by part. */
export function codesOf(signature: SignatureVerdict | undefined): Readonly<Record<'cryptography' | 'coverage' | 'trust', readonly string[]>> {
  const codes = (part: 'cryptography' | 'coverage' | 'trust'): readonly string[] => signature?.[part].reasons.map(({ code }) => code) ?? ['no signature'];
  return { cryptography: codes('cryptography'), coverage: codes('coverage'), trust: codes('trust') };
}

/** Result and reasons on one line. */
export function short({ indication, subIndication, signatures, reasons }: Verdict): string {
  const all = [...reasons, ...signatures.flatMap(({ cryptography, coverage, trust }) => [...cryptography.reasons, ...coverage.reasons, ...trust.reasons])];
  return [indication, subIndication ?? '', ...new Set(all.map(({ code }) => code))].filter((word) => word !== '').join(' ');
}
