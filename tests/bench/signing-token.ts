import { fork } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forkTokenProcess } from '../../electron/hosts/processes/token-processes.ts';
import { tokenProcess, type TokenProcess } from '../../electron/platform/tokens/token-process.ts';
import { chainOf, type BatchSigner } from '../../electron/services/signing/index.ts';
import type { SignRequest, TokenRef } from '../../native/pkcs11/index.ts';
import type { TestPki } from '../fakes/pki/pki.ts';
import { hasCompiler, hostileModule, importKey, makeToken, pin, softHsm, tokenFolder, typed } from '../token/soft-token.ts';

/** SoftHSM with the leader's RSA-2048 key. */
export type BenchToken = {
  readonly token: TokenRef;
  readonly signer: BatchSigner;
  readonly request: () => Omit<SignRequest, 'items' | 'isFed'>;
  readonly open: (modulePath?: string) => TokenProcess;
  /** C_SignInit and C_Sign alone in a process of the same kind, median of `runs` in milliseconds */
  readonly bare: (runs: number, modulePath?: string) => Promise<number>;
  /** a module in front of SoftHSM whose C_Sign takes 200 ms more; undefined without a compiler */
  readonly slow: string | undefined;
};

export const slowMs = 200;

/** Sets a token up in `folder`; undefined where SoftHSM is not there. */
export function benchToken(pki: TestPki, folder: string): BenchToken | undefined {
  if (!existsSync(softHsm)) return undefined;
  tokenFolder(folder);
  const token = makeToken('Văn thư');
  for (const [id, name] of [['01', 'leader'], ['02', 'g2ca']] as const) {
    const certificate = join(folder, `${name}.der`);
    writeFileSync(certificate, pki.der(name));
    importKey(token, { id, name, key: name === 'leader' ? join(pki.folder, 'leader.key') : null, certificate });
  }
  const certificate = pki.certificate('leader');
  const chain = chainOf(certificate, [pki.certificate('g2ca')]);
  process.env['HOSTILE'] = `slow=C_Sign:${String(slowMs)}`;
  return {
    token,
    signer: { certificate, chain, way: { kind: 'rsa-v1.5', digest: 'sha256' } },
    request: () => ({
      token,
      certificate: certificate.sha256,
      scheme: { kind: 'rsa-pkcs1', hash: 'sha256' },
      pin: { kind: 'typed', pin: typed(), keyPin: null, finalTryAccepted: false, asTyped: false },
      keepMs: 0,
    }),
    open: (modulePath = softHsm) => tokenProcess(modulePath, forkTokenProcess),
    bare: (runs, modulePath = softHsm) =>
      new Promise((resolve, reject) => {
        const program = fileURLToPath(new URL('bare-sign-worker.ts', import.meta.url));
        const words = [modulePath, token.serialNumber, 'leader', String(runs)];
        const child = fork(program, words, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: { ...process.env, BENCH_PIN: pin } });
        child.once('message', (ms) => {
          resolve(Number(ms));
          child.kill();
        });
        child.once('exit', (code) => {
          reject(new Error(`bare C_Sign: exit ${String(code)}`));
        });
      }),
    slow: hasCompiler ? hostileModule(folder) : undefined,
  };
}
