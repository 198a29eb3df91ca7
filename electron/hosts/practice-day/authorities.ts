import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveLoopback } from '../../platform/http/serve-loopback.ts';
import { makePracticePki, type PracticeCertificateId, type PracticePki } from '../../services/practice/index.ts';
import { programPath, runProgram } from './programs.ts';

/** The authorities of a practice day, which answer on 127.0.0.1. */
export type Authorities = {
  readonly pki: PracticePki;
  /** whether there is an OpenSSL that answers for times and status; without it nobody does */
  readonly answers: boolean;
  /** address of the time-stamping authority; '' when nobody answers */
  readonly tsa: string;
  /** a certificate as a PEM file, for OpenSSL as a judge */
  readonly pemFile: (id: PracticeCertificateId) => string;
  /** how often was asked: for times, for status */
  readonly asked: { times: number; status: number };
  readonly close: () => Promise<void>;
};

const notFound = { status: 404, headers: {}, body: new Uint8Array() } as const;

/**
 * Makes the practice authorities: certificates at `/crt`, OpenSSL's own `ts` at `/tsa` and `ocsp` at `/ocsp/<issuer>`.
 * Keys lie in `folder` for OpenSSL's sake, for its owner alone; they are worth nothing outside of this run.
 */
export async function openAuthorities(folder: string, now: Date): Promise<Authorities> {
  const openssl = programPath('openssl');
  const asked = { times: 0, status: 0 };
  // One after another: OpenSSL counts its tokens in a file, and two at once would write it over each other.
  let lastTime: Promise<unknown> = Promise.resolve();
  const timeInTurn = (program: string, request: Uint8Array): Promise<Uint8Array | undefined> => {
    const answer = lastTime.then(() => timeAnswer(program, folder, request));
    lastTime = answer.catch(() => undefined);
    return answer;
  };
  // The certificates name the address that answers for them, so they are made when it is known.
  const ready: { pki?: PracticePki } = {};
  const server = await serveLoopback(
    async ({ method, path, body }) => {
      const [, kind = '', name = ''] = path.split('/');
      const { pki } = ready;
      if (pki === undefined) return notFound;
      if (kind === 'crt') {
        const found = certificateOf(pki, name.replace('.crt', ''));
        return found === undefined ? notFound : { status: 200, headers: { 'content-type': 'application/pkix-cert' }, body: found };
      }
      if (openssl === undefined || method !== 'POST') return notFound;
      if (kind === 'tsa') asked.times += 1;
      else asked.status += 1;
      const answer = kind === 'tsa' ? await timeInTurn(openssl, body) : await statusAnswer(openssl, folder, name, body);
      const type = kind === 'tsa' ? 'application/timestamp-reply' : 'application/ocsp-response';
      return answer === undefined ? { status: 500, headers: {}, body: new Uint8Array() } : { status: 200, headers: { 'content-type': type }, body: answer };
    },
    { maxBytes: 1024 * 1024 },
  );
  const base = `http://127.0.0.1:${String(server.port)}`;
  const pki = await makePracticePki(now, base);
  ready.pki = pki;
  const pemFile = (id: PracticeCertificateId): string => join(folder, `${id}.pem`);
  writeForOpenssl(folder, pki);
  return { pki, answers: openssl !== undefined, tsa: openssl === undefined ? '' : `${base}/tsa`, pemFile, asked, close: server.close };
}

function certificateOf(pki: PracticePki, id: string): Uint8Array | undefined {
  return Object.hasOwn(pki, id) ? pki[id as PracticeCertificateId].der : undefined;
}

/** Certificates, keys, and of each issuer the table from which `openssl ocsp` answers. */
function writeForOpenssl(folder: string, pki: PracticePki): void {
  const rows = new Map<string, string[]>();
  for (const [id, { pem, key, serial, to, issuer }] of Object.entries(pki)) {
    writeFileSync(join(folder, `${id}.pem`), pem);
    writeFileSync(join(folder, `${id}.key`), key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    const until = `${to.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`;
    if (issuer !== id) rows.set(issuer, [...(rows.get(issuer) ?? []), ['V', until, '', serial.toUpperCase(), 'unknown', `/CN=${id}`].join('\t')]);
  }
  for (const [issuer, lines] of rows) writeFileSync(join(folder, `${issuer}.index`), `${lines.join('\n')}\n`);
  const lines = ['[tsa]', 'default_tsa=own', '[own]', `serial=${join(folder, 'serial')}`, 'default_policy=2.16.704.1.1.1.2', 'digests=sha256,sha384,sha512', 'signer_digest=sha256', 'accuracy=secs:1', 'ess_cert_id_chain=no', 'ess_cert_id_alg=sha256'];
  writeFileSync(join(folder, 'tsa.cnf'), `${lines.join('\n')}\n`);
}

function timeAnswer(openssl: string, folder: string, request: Uint8Array): Promise<Uint8Array | undefined> {
  const at = (name: string): string => join(folder, name);
  return answered(folder, request, openssl, (asked, out) => ['ts', '-reply', '-config', at('tsa.cnf'), '-queryfile', asked, '-signer', at('time.pem'), '-inkey', at('time.key'), '-chain', at('root.pem'), '-out', out]);
}

/** The issuer answers for itself (RFC 6960 §4.2.2.2). */
async function statusAnswer(openssl: string, folder: string, issuer: string, request: Uint8Array): Promise<Uint8Array | undefined> {
  if (!/^(root|ca|falseRoot|falseCa)$/.test(issuer)) return undefined;
  const at = (end: string): string => join(folder, `${issuer}.${end}`);
  return answered(folder, request, openssl, (asked, out) => ['ocsp', '-index', at('index'), '-CA', at('pem'), '-rsigner', at('pem'), '-rkey', at('key'), '-ndays', '1', '-reqin', asked, '-respout', out]);
}

async function answered(folder: string, request: Uint8Array, openssl: string, words: (asked: string, out: string) => readonly string[]): Promise<Uint8Array | undefined> {
  const own = mkdtempSync(join(folder, 'asked-'));
  try {
    writeFileSync(join(own, 'request'), request);
    const { code } = await runProgram(openssl, words(join(own, 'request'), join(own, 'answer')));
    return code === 0 ? readFileSync(join(own, 'answer')) : undefined;
  } finally {
    rmSync(own, { recursive: true });
  }
}
