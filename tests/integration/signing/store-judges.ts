import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { catalogOf, pagesOf, revisionChanges, securityStoreOf, viewOf } from '../../../electron/foundation/pdf/index.ts';
import { openssl } from '../../fakes/pki/openssl.ts';
import { good, type TestPki } from '../../fakes/pki/pki.ts';
import { opened } from '../../unit/foundation/pdf/make.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

/** The DSS as qpdf and OpenSSL see it: subjects of certificates, who is good by each answer, issuers of the lists. */
export type Store = { readonly certificates: readonly string[]; readonly answers: readonly string[]; readonly lists: readonly string[]; readonly keys: readonly string[] };

/**
 * Holds the evidence in a file before OpenSSL, stream by stream as qpdf takes them out: every answer must be signed by
 * somebody of the test's authorities and call one of `people` good, every list be of one of its issuers.
 */
export function judgeStore(pki: TestPki, bytes: Buffer, people: readonly string[]): Store {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('file.pdf'), bytes);
  writeFileSync(at('all.pem'), ['g2root', 'g2ca', 'ecca'].map((id) => readFileSync(pki.path(id), 'utf8')).join('\n'));
  const store = good(securityStoreOf(viewOf(opened(bytes))));
  if (store === undefined) throw new Error('no DSS');
  const streamAt = (number: number): Buffer => {
    const { status, stdout } = spawnSync('qpdf', [`--show-object=${String(number)}`, '--filtered-stream-data', at('file.pdf')], { maxBuffer: 32_000_000 });
    expect(status).toBe(0);
    return stdout;
  };
  const certificates = store.certs.map((number) => /subject=.*?CN = (.*)/.exec(openssl(['x509', '-inform', 'DER', '-noout', '-subject', '-nameopt', 'utf8,sep_comma_plus_space,space_eq'], streamAt(number)).text)?.[1] ?? 'unread');
  const answers = store.ocsps.map((number) => {
    writeFileSync(at('answer'), streamAt(number));
    return people.find((id) => {
      const issuer = id.startsWith('ec') ? 'ecca' : 'g2ca';
      const { text } = openssl(['ocsp', '-no_nonce', '-respin', at('answer'), '-issuer', pki.path(issuer), '-cert', pki.path(id), '-CAfile', at('all.pem')]);
      return text.includes('Response verify OK') && text.includes(`${pki.path(id)}: good`);
    }) ?? 'nobody';
  });
  const lists = store.crls.map((number) => {
    writeFileSync(at('list'), streamAt(number));
    const { text } = openssl(['crl', '-inform', 'DER', '-in', at('list'), '-CAfile', at('all.pem'), '-noout', '-issuer', '-nameopt', 'utf8,sep_comma_plus_space,space_eq']);
    expect(text).toContain('verify OK');
    return /CN = (.*)/.exec(text)?.[1] ?? 'unread';
  });
  const named = [...store.certs, ...store.ocsps, ...store.crls];
  for (const { certs, ocsps, crls } of store.vri.values()) expect(named).toEqual(expect.arrayContaining([...certs, ...ocsps, ...crls]));
  expect(new Set(named).size).toBe(named.length);
  return { certificates, answers, lists, keys: [...store.vri.keys()] };
}

/** Without our reader: the VRI names of all Contents in a file, in their order. */
export function keysIn(bytes: Buffer): readonly string[] {
  return [...bytes.toString('latin1').matchAll(/\/Contents <([0-9a-fA-F]{100,})>/g)].map(([, hex = '']) => createHash('sha1').update(Buffer.from(hex, 'hex')).digest('hex').toUpperCase());
}

/** Of each revision since `from`, what it changed of those before: only catalog, DSS, form and the page with the field. */
export function changesSince(bytes: Buffer, from: number): readonly (readonly string[])[] {
  const file = opened(bytes);
  return file.revisions.slice(from).map(({ index }) => {
    const before = viewOf(file, index - 1);
    const names = new Map<number, string>([
      [good(catalogOf(before)).holder.number, 'catalog'],
      [good(pagesOf(before))[0]?.number ?? 0, 'page'],
    ]);
    const store = good(securityStoreOf(before));
    if (store !== undefined) names.set(store.dictionary.holder.number, 'store');
    const form = good(catalogOf(before)).value.entries.get('AcroForm');
    if (form?.kind === 'reference') names.set(form.number, 'form');
    const { changed, freed, changedUnnamed } = good(revisionChanges(file, index));
    expect([freed, changedUnnamed]).toEqual([[], []]);
    return changed.map((number) => names.get(number) ?? `object ${String(number)}`).sort();
  });
}
