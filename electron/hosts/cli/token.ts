import { spawnSync } from 'node:child_process';
import type { TokenList } from '../../../native/pkcs11/index.ts';
import { workerProgram } from '../worker-program.ts';
import { required, type Command } from './command.ts';

const limitMs = 10_000;

export const tokenList: Command = {
  about: 'Liệt kê thiết bị ký số. | List signing tokens of a PKCS#11 module.',
  usage: 'token list --module PATH',
  options: { module: true },
  run: (context) => {
    const modulePath = required(context, 'module');
    const ran = spawnSync(process.execPath, [workerProgram('token-worker'), modulePath], {
      encoding: 'utf8',
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    if (ran.signal !== null || ran.status !== 0) {
      const code = ran.signal === 'SIGKILL' ? 'token-module-hangs' : 'token-module-crashed';
      return Promise.resolve({ ok: false, code, params: { module: modulePath } });
    }
    const list = JSON.parse(ran.stdout) as TokenList;
    if (!list.ok) {
      return Promise.resolve({ ok: false, code: `token-${list.failure.code}`, params: { module: modulePath, detail: list.failure.detail } });
    }
    const lines = list.tokens.map((token) => `${token.label}  ${token.model}  ${token.serialNumber}`);
    return Promise.resolve({
      ok: true,
      value: list.tokens.map((token) => ({ ...token })),
      text: lines.length === 0 ? 'Không có thiết bị ký nào đang cắm.' : lines.join('\n'),
    });
  },
};
