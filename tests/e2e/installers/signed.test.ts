import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ownFolder, pack } from './packing.ts';

const hasSigner = spawnSync('osslsigncode', ['--version']).error === undefined;

describe('the signing of the Windows program', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('can be insisted on', async () => {
    await expect(pack('win32', { env: { TVT_MUST_SIGN: '1' } })).rejects.toThrow('not signed');
  });

  it.skipIf(!hasSigner)('takes key and password from the environment and covers program and native parts (needs osslsigncode)', async () => {
    const folder = ownFolder('signer');
    const at = (name: string): string => join(folder, name);
    const openssl = (...words: readonly string[]): void => void execFileSync('openssl', words, { stdio: 'pipe' });
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=Cơ quan thử', '-utf8', '-days', '30', '-addext', 'extendedKeyUsage=codeSigning', '-keyout', at('key.pem'), '-out', at('certificate.pem'));
    openssl('pkcs12', '-export', '-inkey', at('key.pem'), '-in', at('certificate.pem'), '-passout', 'pass:mật khẩu', '-out', at('signer.pfx'));
    vi.stubEnv('WIN_CSC_LINK', at('signer.pfx'));
    vi.stubEnv('WIN_CSC_KEY_PASSWORD', 'mật khẩu');
    // The machine's own tool in place of one that would be fetched, and no time-stamp from the internet.
    vi.stubEnv('USE_SYSTEM_SIGNCODE', 'true');
    vi.stubEnv('ELECTRON_BUILDER_OFFLINE', 'true');
    const { program, unpacked } = await pack('win32', { env: { TVT_MUST_SIGN: '1' } });
    const native = readdirSync(unpacked, { recursive: true }).map(String).filter((path) => path.endsWith('.node')).map((path) => join(unpacked, path));
    expect(native.length).toBeGreaterThan(0);
    for (const file of [program, ...native]) {
      const told = execFileSync('osslsigncode', ['verify', '-in', file, '-CAfile', at('certificate.pem'), '-ignore-timestamp'], { encoding: 'utf8', stdio: 'pipe' });
      expect([file, told.includes('Succeeded')]).toEqual([file, true]);
    }
  });
});
