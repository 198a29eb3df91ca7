import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TokenRef } from '../../native/pkcs11/index.ts';

export const softHsm = '/usr/lib/softhsm/libsofthsm2.so';
export const hasCompiler = spawnSync('gcc', ['--version']).status === 0;
export const pin = '246802';

const quiet = { stdio: 'pipe' } as const;

/** A folder for SoftHSM's tokens; every process that this one starts from now on sees them. */
export function tokenFolder(folder: string): void {
  mkdirSync(join(folder, 'tokens'), { recursive: true });
  writeFileSync(join(folder, 'softhsm2.conf'), `directories.tokendir = ${join(folder, 'tokens')}\n`);
  process.env['SOFTHSM2_CONF'] = join(folder, 'softhsm2.conf');
}

/** Sets up a new token; labels may repeat, so it is named by its serial number. */
export function makeToken(label: string): TokenRef & { readonly slot: string } {
  const made = execFileSync('softhsm2-util', ['--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', '12345678'], { encoding: 'utf8' });
  const slot = /reassigned to slot (\d+)/.exec(made)?.[1] ?? '';
  const listed = execFileSync('pkcs11-tool', ['--module', softHsm, '--list-token-slots'], { encoding: 'utf8' });
  const slots = [...listed.matchAll(/^Slot \d+ \((0x[0-9a-f]+)\)[\s\S]*?serial num\s*:\s*(\S+)/gm)];
  const serialNumber = slots.find(([, id = '']) => Number(id) === Number(slot))?.[2];
  if (serialNumber === undefined) throw new Error(`no token in slot ${slot}: ${listed}`);
  return { slot, serialNumber, label, manufacturer: 'SoftHSM project', model: 'SoftHSM v2' };
}

export type KeyType = 'rsa:2048' | 'rsa:3072' | 'rsa:4096' | 'ec:P-256' | 'ec:P-384';

type NewKey = {
  readonly type: KeyType;
  /** CKA_ID in hex */
  readonly id: string;
  readonly name: string;
  /** the key asks for the PIN at each signature; RSA only */
  readonly alwaysAuthenticate?: boolean;
  /** `none`: the token gets the key only */
  readonly certificate?: 'none';
};

/** Makes a key on a token and a certificate for it. */
export function addKey(folder: string, token: { readonly slot: string }, key: NewKey): { readonly sha256: string; readonly certificate: X509Certificate } {
  const at = (name: string): string => join(folder, `${token.slot}-${key.id}-${name}`);
  const openssl = (...words: readonly string[]): void => {
    execFileSync('openssl', [...words], quiet);
  };
  const [kind, size = ''] = key.type.split(':');
  const options = kind === 'rsa' ? ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${size}`] : ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${size}`];
  openssl('genpkey', ...options, '-out', at('key.pem'));
  const certified = ['-signkey', at('key.pem'), '-subj', `/CN=${key.id}`, '-days', '30', '-outform', 'DER', '-out', at('certificate.der')];
  if (key.alwaysAuthenticate === true) {
    // SoftHSM sets the flag only on keys that it makes itself; so the certificate is signed by the other key.
    toolOn(token, '--keypairgen', '--key-type', key.type, '--usage-sign', '--always-auth', '--id', key.id, '--label', key.name);
    toolOn(token, '--read-object', '--type', 'pubkey', '--id', key.id, '--output-file', at('public.der'));
    openssl('pkey', '-pubin', '-inform', 'DER', '-in', at('public.der'), '-out', at('public.pem'));
    openssl('x509', '-new', '-force_pubkey', at('public.pem'), ...certified);
  } else {
    execFileSync('softhsm2-util', ['--import', at('key.pem'), '--slot', token.slot, '--pin', pin, '--id', key.id, '--label', key.name], quiet);
    openssl('x509', '-new', ...certified);
  }
  if (key.certificate !== 'none') toolOn(token, '--write-object', at('certificate.der'), '--type', 'cert', '--id', key.id, '--label', key.name);
  const certificate = new X509Certificate(readFileSync(at('certificate.der')));
  return { certificate, sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase() };
}

/** Puts a key that exists already (PKCS#8, PEM) and its certificate (DER) on a token; `key: null` for a CA's certificate. */
export function importKey(token: { readonly slot: string }, what: { readonly id: string; readonly name: string; readonly key: string | null; readonly certificate: string }): void {
  const named = ['--id', what.id, '--label', what.name];
  if (what.key !== null) execFileSync('softhsm2-util', ['--import', what.key, '--slot', token.slot, '--pin', pin, ...named], quiet);
  toolOn(token, '--write-object', what.certificate, '--type', 'cert', ...named);
}

function toolOn(token: { readonly slot: string }, ...words: readonly string[]): void {
  execFileSync('pkcs11-tool', ['--module', softHsm, '--slot', token.slot, '--login', '--pin', pin, ...words], quiet);
}

/** Writes a certificate without its key, as the CAs' own are on most tokens. */
export function addCertificate(folder: string, token: { readonly slot: string }, id: string, name: string): void {
  const at = (end: string): string => join(folder, `${token.slot}-${id}-${end}`);
  const made = ['-keyout', at('ca.pem'), '-subj', `/CN=${name}`, '-utf8', '-days', '30', '-outform', 'DER', '-out', at('ca.der')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...made], quiet);
  toolOn(token, '--write-object', at('ca.der'), '--type', 'cert', '--id', id, '--label', name);
}

/** Compiles the bad driver (tests/fixtures/pkcs11/hostile.c). */
export function hostileModule(folder: string): string {
  const out = join(folder, 'hostile.so');
  const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  execFileSync('gcc', ['-shared', '-fPIC', '-I', path('../../node_modules/pkcs11js/includes'), '-o', out, path('../fixtures/pkcs11/hostile.c'), '-ldl'], quiet);
  return out;
}

/** What the bad driver wrote down of the calls into it. */
export function callsOf(log: string): readonly string[] {
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
}

/** A PIN as a person types it, in bytes of its own. */
export function typed(text = pin): Uint8Array {
  return new TextEncoder().encode(text);
}
