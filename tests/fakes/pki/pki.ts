import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Anchors, type Certificate, readCertificate, unarmoured } from '../../../electron/services/trust/index.ts';
import { pkiFolder } from './make.ts';

export type TestPki = {
  readonly folder: string;
  readonly path: (id: string) => string;
  readonly der: (id: string) => Buffer;
  readonly certificate: (id: string) => Certificate;
  readonly key: (id: string) => KeyObject;
  /** pins of the roots of these ids */
  readonly anchors: (...ids: readonly string[]) => Anchors;
};

/** The test PKI, made by OpenSSL the first time. */
export async function testPki(): Promise<TestPki> {
  const folder = await pkiFolder();
  const path = (id: string): string => join(folder, `${id}.pem`);
  const der = (id: string): Buffer => Buffer.from(unarmoured(readFileSync(path(id))) ?? []);
  const known = new Map<string, Certificate>();
  const keys = new Map<string, KeyObject>();
  const certificate = (id: string): Certificate => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const read = readCertificate(der(id));
    if (!read.ok) throw new Error(`${id}: ${read.failure.reason}`);
    known.set(id, read.value);
    return read.value;
  };
  return {
    folder,
    path,
    der,
    certificate,
    key: (id) => {
      const key = keys.get(id) ?? createPrivateKey(readFileSync(join(folder, `${id}.key`)));
      keys.set(id, key);
      return key;
    },
    anchors: (...ids) =>
      new Map(
        ids.map((id) => {
          const { sha256 } = certificate(id);
          return [sha256, { name: id, sha256, role: 'root', hierarchy: 'government', validFrom: null, validTo: null, source: 'test', confidence: 'M' }];
        }),
      ),
  };
}

/** The value of an outcome that must be good. */
export function good<T>(outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: unknown }): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

/** The failure of an outcome that must not be good. */
export function bad<F>(outcome: { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: F }): F {
  if (outcome.ok) throw new Error('a failure was expected');
  return outcome.failure;
}
