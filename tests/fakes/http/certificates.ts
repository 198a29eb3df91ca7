import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../../unit/store/helpers.ts';

export type Issued = {
  /** as OpenSSL writes it, e.g. `IP:127.0.0.1,DNS:truc.test` */
  readonly san: string;
  /** days from now, negative for days ago; default yesterday and in 90 days */
  readonly fromDays?: number;
  readonly untilDays?: number;
};

export type Authority = {
  /** its certificate, PEM */
  readonly pem: string;
  /** its private key, PEM */
  readonly keyPem: string;
  /** Issues a server certificate. */
  readonly issue: (options: Issued) => { readonly key: string; readonly cert: string };
};

/** An authority of one's own, made with OpenSSL for this test. */
export function makeAuthority(name: string): Authority {
  const made = scratchFolder();
  const subject = ['-subj', `/O=Thu/CN=${name}`, '-utf8'];
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', join(made, 'key'), '-out', join(made, 'pem'), '-days', '30', ...subject);
  const pem = readFileSync(join(made, 'pem'), 'utf8');
  const keyPem = readFileSync(join(made, 'key'), 'utf8');
  return {
    pem,
    keyPem,
    issue({ san, fromDays = -1, untilDays = 90 }) {
      // The authority outlives the test that made it; its folder does not.
      const folder = scratchFolder();
      const at = (file: string): string => join(folder, file);
      writeFileSync(at('ca.pem'), pem);
      writeFileSync(at('ca.key'), keyPem);
      writeFileSync(at('index'), '');
      writeFileSync(at('extensions'), `subjectAltName=${san}\nbasicConstraints=CA:FALSE\n`);
      writeFileSync(
        at('config'),
        `[ca]\ndefault_ca=own\n[own]\ndatabase=${at('index')}\nnew_certs_dir=${folder}\ndefault_md=sha256\npolicy=any\nrand_serial=yes\n[any]\ncommonName=supplied\n`,
      );
      openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', at('key'), '-out', at('csr'), '-subj', '/CN=May chu truc');
      const time = ['-startdate', timeOf(fromDays), '-enddate', timeOf(untilDays)];
      openssl('ca', '-batch', '-notext', '-config', at('config'), '-cert', at('ca.pem'), '-keyfile', at('ca.key'), '-in', at('csr'), '-out', at('pem'), '-extfile', at('extensions'), ...time);
      return { key: readFileSync(at('key'), 'utf8'), cert: readFileSync(at('pem'), 'utf8') };
    },
  };
}

function openssl(...words: readonly string[]): void {
  execFileSync('openssl', words, { stdio: 'ignore' });
}

/** `YYYYMMDDHHMMSSZ` of a moment some days from now. */
function timeOf(days: number): string {
  return `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}
