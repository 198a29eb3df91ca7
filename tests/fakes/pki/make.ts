import { execFile, execFileSync } from 'node:child_process';
import { createHash, generateKeyPair, randomUUID, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { described, type Described, type KeyKind } from './description.ts';

const cache = fileURLToPath(new URL('../../../.cache/pki/', import.meta.url));
const run = promisify(execFile);
const keyPair = promisify(generateKeyPair);

/** Where the test PKI lies: `<id>.pem`, `<id>.key` per certificate, `<id>.index` per issuer. Made once per description. */
export async function pkiFolder(): Promise<string> {
  const source = readFileSync(import.meta.filename, 'utf8') + JSON.stringify(described);
  const folder = join(cache, createHash('sha256').update(source).digest('hex').slice(0, 16));
  if (existsSync(folder)) return folder;
  const made = join(cache, `new-${randomUUID()}`);
  mkdirSync(made, { recursive: true });
  await makeKeys(made);
  for (const certificate of described) issue(made, certificate);
  for (const { id } of described) writeIndex(made, id);
  try {
    renameSync(made, folder);
  } catch (error) {
    // Another worker was first.
    if (!existsSync(folder)) throw error;
    rmSync(made, { recursive: true });
  }
  return folder;
}

/** Keys outlive a change of the description: RSA-4096 takes seconds. */
async function makeKeys(folder: string): Promise<void> {
  const kept = join(cache, 'keys');
  mkdirSync(kept, { recursive: true });
  const kinds = new Map(described.map(({ key, kind }) => [key, kind]));
  await Promise.all(
    [...kinds].map(async ([key, kind]) => {
      const path = join(kept, `${key}.${kind}`);
      if (!existsSync(path)) {
        const part = `${path}.${randomUUID()}`;
        writeFileSync(part, (await newKey(kind)).export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
        renameSync(part, path);
      }
      for (const { id } of described.filter((one) => one.key === key)) writeFileSync(join(folder, `${id}.key`), readFileSync(path));
    }),
  );
}

async function newKey(kind: KeyKind): Promise<KeyObject> {
  const [family, size = ''] = kind.split('-');
  const made = family === 'rsa' ? await keyPair('rsa', { modulusLength: Number(size) }) : await keyPair('ec', { namedCurve: `P-${size}` });
  return made.privateKey;
}

/** Serial number of a certificate: eight octets, like the government's. */
export function serialOf(id: string): string {
  return `4${createHash('sha256').update(id).digest('hex').slice(0, 15)}`.toUpperCase();
}

function issue(folder: string, { id, subject, issuer, from, to, md = 'sha256', pss, extensions }: Described): void {
  const at = (name: string): string => join(folder, name);
  const own = { database: at(`${id}.db`), new_certs_dir: folder, serial: at(`${id}.serial`), default_md: md, policy: 'any', unique_subject: 'no', email_in_dn: 'yes', preserve: 'yes' };
  const lines = Object.entries(own).map(([name, value]) => `${name}=${value}`);
  writeFileSync(at(`${id}.cnf`), ['[req]', 'distinguished_name=dn', 'string_mask=utf8only', 'utf8=yes', '[dn]', '[ca]', 'default_ca=own', '[own]', ...lines, '[any]', 'commonName=supplied', '[extensions]', ...extensions, ''].join('\n'));
  writeFileSync(at(`${id}.db`), '');
  writeFileSync(at(`${id}.serial`), `${serialOf(id)}\n`);
  openssl('req', '-new', '-config', at(`${id}.cnf`), '-utf8', '-key', at(`${id}.key`), '-subj', subject, '-out', at(`${id}.csr`));
  const signer = issuer === id ? ['-selfsign', '-keyfile', at(`${id}.key`)] : ['-cert', at(`${issuer}.pem`), '-keyfile', at(`${issuer}.key`)];
  const padding = pss === true ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'] : [];
  openssl('ca', '-batch', '-notext', '-utf8', '-preserveDN', '-config', at(`${id}.cnf`), '-extensions', 'extensions', '-startdate', from, '-enddate', to, '-in', at(`${id}.csr`), '-out', at(`${id}.pem`), ...signer, ...padding);
  for (const end of ['db', 'serial', 'csr', 'db.attr', 'db.old', 'serial.old', 'cnf']) rmSync(at(`${id}.${end}`), { force: true });
  rmSync(at(`${serialOf(id)}.pem`), { force: true });
}

/** OpenSSL's own table of what an issuer issued; its `ocsp` and `ca -gencrl` answer from it. */
function writeIndex(folder: string, issuer: string): void {
  const rows = described.filter((one) => one.issuer === issuer).map(({ id, to, revoked }) => [revoked === undefined ? 'V' : 'R', to.slice(2), revoked ?? '', serialOf(id), 'unknown', `/CN=${id}`].join('\t'));
  if (rows.length > 0) writeFileSync(join(folder, `${issuer}.index`), `${rows.join('\n')}\n`);
}

/** A time as OpenSSL takes it, so many days from now. */
export function day(days: number): string {
  return `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}

export type CrlOptions = {
  /** default: the issuer's own table */
  readonly index?: string;
  readonly number?: number;
  /** lines of the extension section beside the key identifier */
  readonly extensions?: readonly string[];
};

/** A list of revoked certificates in DER, made by `openssl ca -gencrl`. Times as `YYYYMMDDHHMMSSZ`. */
export async function makeCrl(folder: string, issuer: string, from: string, to: string, options: CrlOptions = {}): Promise<Buffer> {
  const at = (name: string): string => join(folder, name);
  const name = `${issuer}-${randomUUID()}`;
  const number = (options.number ?? 1).toString(16);
  writeFileSync(at(`${name}.number`), `${number.padStart(number.length + (number.length % 2), '0')}\n`);
  writeFileSync(at(`${name}.db`), options.index ?? readFileSync(at(`${issuer}.index`)));
  const extensions = ['authorityKeyIdentifier=keyid', ...(options.extensions ?? [])];
  writeFileSync(at(`${name}.cnf`), `[ca]\ndefault_ca=own\n[own]\ndatabase=${at(`${name}.db`)}\ncrlnumber=${at(`${name}.number`)}\ndefault_md=sha256\nunique_subject=no\n[extensions]\n${extensions.join('\n')}\n`);
  const signer = ['-cert', at(`${issuer}.pem`), '-keyfile', at(`${issuer}.key`)];
  await run('openssl', ['ca', '-gencrl', '-config', at(`${name}.cnf`), '-crlexts', 'extensions', ...signer, '-crl_lastupdate', from, '-crl_nextupdate', to, '-out', at(`${name}.pem`)]);
  await run('openssl', ['crl', '-in', at(`${name}.pem`), '-outform', 'DER', '-out', at(`${name}.der`)]);
  const made = readFileSync(at(`${name}.der`));
  for (const end of ['number', 'number.old', 'db', 'db.attr', 'cnf', 'pem', 'der']) rmSync(at(`${name}.${end}`), { force: true });
  return made;
}

function openssl(...words: readonly string[]): void {
  execFileSync('openssl', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}
