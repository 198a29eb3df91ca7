import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { auditPdf, isTrusted, signatureCoverage, signaturesOf } from '../../../electron/foundation/pdf/index.ts';
import { signingThreads, type SigningThreads } from '../../../electron/hosts/threads/signing-threads.ts';
import { forkTokenProcess } from '../../../electron/hosts/processes/token-processes.ts';
import { tokenLimits } from '../../../electron/platform/tokens/token-limits.ts';
import { tokenProcess, type TokenProcess } from '../../../electron/platform/tokens/token-process.ts';
import { chainOf, signBatch, type BatchEnd, type BatchFile, type BatchProgress, type BatchSigner, type BatchStep, type RunningBatch } from '../../../electron/services/signing/index.ts';
import { checkSignedData, isSound, readCertificate, readSignedData, type Certificate, type TrustHttp } from '../../../electron/services/trust/index.ts';
import type { TokenFailure, TokenRef } from '../../../native/pkcs11/index.ts';
import { good, testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { addKey, callsOf, hostileModule, importKey, makeToken, pin, tokenFolder, typed } from '../../token/soft-token.ts';
import { bases, opened } from '../../unit/foundation/pdf/make.ts';

/** The base file of which every batch here is made. */
export const table = bases()['table'] ?? Buffer.alloc(0);
export const seen = { level: 'B', field: { kind: 'new', page: 1 } } as const satisfies BatchStep;

export type Run = {
  /** what the module is told to spoil */
  readonly how?: string;
  readonly pin?: string;
  readonly key?: 'leader' | 'each';
  readonly work?: SigningThreads;
  readonly tsa?: string;
  readonly http?: TrustHttp;
  readonly onProgress?: (progress: BatchProgress<TokenFailure>, batch: () => RunningBatch<TokenFailure>) => void;
};

/** A token with a key of the test PKI behind a module that can be made bad, and files to sign with it. */
export type BatchOffice = {
  readonly pki: () => TestPki;
  /** `count` files in a folder of their own, and where their signed copies shall be */
  readonly files: (count: number, bytes?: (index: number) => Buffer, steps?: BatchFile['steps']) => { readonly folder: string; readonly out: string; readonly batch: readonly BatchFile[] };
  readonly sign: (batch: readonly BatchFile[], journals: string, run?: Run) => Promise<BatchEnd<TokenFailure>>;
  /** of the module, since the last batch began */
  readonly calls: (name: string) => number;
  readonly module: () => string;
  readonly token: () => TokenRef;
  readonly signer: (key?: 'leader' | 'each') => BatchSigner;
};

/** Sets it up once for a file of tests. */
export function batchOffice(): BatchOffice {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-batch-'));
  const log = join(folder, 'calls.log');
  const devices: TokenProcess[] = [];
  const threads: SigningThreads[] = [];
  let pki: TestPki;
  let bad = '';
  let token: ReturnType<typeof makeToken>;
  let each: Certificate;
  let count = 0;

  beforeAll(async () => {
    pki = await testPki();
    tokenFolder(folder);
    process.env['HOSTILE_LOG'] = log;
    process.env['HOSTILE_PIN'] = pin;
    bad = hostileModule(folder);
    token = makeToken('Văn thư');
    writeFileSync(join(folder, 'leader.der'), pki.der('leader'));
    importKey(token, { id: '01', name: 'leader', key: join(pki.folder, 'leader.key'), certificate: join(folder, 'leader.der') });
    each = good(readCertificate(addKey(folder, token, { type: 'rsa:2048', id: '02', name: 'Mỗi lần', alwaysAuthenticate: true }).certificate.raw));
  });
  afterEach(async () => {
    for (const one of devices.splice(0)) one.stop();
    await Promise.all(threads.splice(0).map((one) => one.close()));
  });
  afterAll(() => {
    delete process.env['HOSTILE_LOG'];
    delete process.env['HOSTILE'];
    rmSync(folder, { recursive: true, force: true });
  });

  const signer = (key: 'leader' | 'each' = 'leader'): BatchSigner => {
    const certificate = key === 'each' ? each : pki.certificate('leader');
    const chain = chainOf(certificate, ['g2root', 'g2ca'].map((one) => pki.certificate(one)));
    return { certificate, chain, way: { kind: 'rsa-v1.5', digest: 'sha256' } };
  };

  return {
    pki: () => pki,
    module: () => bad,
    token: () => token,
    signer,
    files: (many, bytes = () => table, steps = [seen]) => {
      count += 1;
      const place = join(folder, `batch-${String(count)}`);
      const out = join(place, 'out');
      mkdirSync(out, { recursive: true });
      const batch = Array.from({ length: many }, (_, index) => {
        const name = `${String(index).padStart(3, '0')}.pdf`;
        writeFileSync(join(place, name), bytes(index));
        return { id: name, source: join(place, name), target: join(out, name), steps };
      });
      return { folder: place, out, batch };
    },
    sign: async (batch, journals, run = {}) => {
      process.env['HOSTILE'] = run.how ?? '';
      rmSync(log, { force: true });
      const device = tokenProcess(bad, forkTokenProcess, { ...tokenLimits, call: 2_000 });
      devices.push(device);
      // Two also where a machine of two processors would take one: what is told of order needs both.
      const work = run.work ?? signingThreads(() => undefined, { count: 2 });
      threads.push(work);
      const { certificate, chain, way } = signer(run.key);
      const use = { kind: 'typed', pin: typed(run.pin), keyPin: null, finalTryAccepted: false, asTyped: false } as const;
      const what = { token, certificate: certificate.sha256, scheme: { kind: 'rsa-pkcs1', hash: 'sha256' }, pin: use, keepMs: 0 } as const;
      const running: RunningBatch<TokenFailure> = signBatch(
        {
          http: run.http ?? (() => Promise.reject(new Error('nobody is asked'))),
          hosts: {},
          clock: { now: () => new Date() },
          work,
          openToken: (onSigned) => device.signFed(what, onSigned),
          onProgress: (progress) => run.onProgress?.(progress, () => running),
        },
        { signer: { certificate, chain, way }, files: batch, tsa: run.tsa ?? null, journals },
      );
      return running.end;
    },
    calls: (name) => callsOf(log).filter((line) => `${line} `.startsWith(`${name} `)).length,
  };
}

/** What the outcome of each file is, shortly. */
export function kindsOf(end: BatchEnd<TokenFailure>): readonly string[] {
  return end.files.map(({ outcome }) => (outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind === 'no-signature' ? outcome.cause.code : outcome.kind));
}

/** Every file is signed and its copy sound, or there is no copy; the original is as it was, and nothing else lies about. */
export function expectWhole(end: BatchEnd<TokenFailure>, bytes: (index: number) => Buffer, out: string, others: readonly string[] = []): void {
  for (const [index, { file, outcome }] of end.files.entries()) {
    expect(readFileSync(file.source).equals(bytes(index))).toBe(true);
    if (outcome.kind === 'signed') expectSound(readFileSync(file.target), bytes(index), file.steps.length);
  }
  const signed = end.files.filter(({ outcome }) => outcome.kind === 'signed').map(({ file }) => file.id);
  expect(readdirSync(out)).toEqual([...signed, ...others].sort());
}

/** By our own reader: the base, then signatures of which each is right over its bytes. */
export function expectSound(bytes: Buffer, base: Buffer, count: number): void {
  expect(bytes.subarray(0, base.length).equals(base)).toBe(true);
  const file = opened(bytes);
  expect(isTrusted(good(auditPdf(file)))).toBe(true);
  const { signatures, unread } = good(signaturesOf(file));
  expect([signatures.length, unread]).toEqual([count, []]);
  for (const signature of signatures) expect(signatureCoverage(file, signature).faults).toEqual([]);
  const ranges = [...bytes.toString('latin1').matchAll(/\/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)\s*\]/g)].map((match) => match.slice(1).map(Number));
  expect(ranges.length).toBe(count);
  for (const [first = 0, length = 0, second = 0, rest = 0] of ranges) {
    const cms = Buffer.from(bytes.toString('latin1', length + 1, second - 1), 'hex');
    const signed = good(readSignedData(cms.subarray(0, 4 + cms.readUInt16BE(2))));
    expect(isSound(checkSignedData(signed, [bytes.subarray(first, length), bytes.subarray(second, second + rest)]))).toBe(true);
  }
}
