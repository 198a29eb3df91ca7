import { spawnSync } from 'node:child_process';

/** Runs OpenSSL, the other side of these tests; never throws for its refusals. */
export function openssl(words: readonly string[], input?: Uint8Array): { readonly ok: boolean; readonly stdout: Buffer; readonly text: string } {
  const { status, stdout, stderr } = spawnSync('openssl', words, { input, maxBuffer: 64 * 1024 * 1024 });
  return { ok: status === 0, stdout, text: `${stdout.toString()}${stderr.toString()}` };
}
