import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Authorities } from './authorities.ts';
import { programPath, runProgram } from './programs.ts';

/** Tokens of a practice day, in SoftHSM. */
export type PracticeTokens = {
  readonly module: string;
  readonly pin: string;
  /** Processes that are started from then on see the tokens of before. */
  readonly forget: () => void;
};

export const leaderToken = 'Luyện tập - Lãnh đạo';
export const agencyToken = 'Luyện tập - Cơ quan';

/** Where distributions put it. */
const places = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/pkcs11/libsofthsm2.so', '/usr/lib64/softhsm/libsofthsm2.so', '/usr/local/lib/softhsm/libsofthsm2.so', '/opt/homebrew/lib/softhsm/libsofthsm2.so'];

/**
 * Makes two tokens, the leader's and the agency's, with their certificates and those of the authorities. Every process that this
 * one starts from now on sees them and no others. Answers what is missing where they cannot be made.
 */
export async function makeTokens(folder: string, { pki, pemFile }: Authorities): Promise<PracticeTokens | { readonly missing: string }> {
  const module = places.find((path) => existsSync(path));
  const util = programPath('softhsm2-util');
  const tool = programPath('pkcs11-tool');
  if (module === undefined || util === undefined) return { missing: 'SoftHSM' };
  if (tool === undefined) return { missing: 'OpenSC (pkcs11-tool)' };
  if (!hasDriver()) return { missing: 'pkcs11js' };
  mkdirSync(join(folder, 'tokens'), { mode: 0o700 });
  writeFileSync(join(folder, 'softhsm2.conf'), `directories.tokendir = ${join(folder, 'tokens')}\n`);
  const before = process.env['SOFTHSM2_CONF'];
  process.env['SOFTHSM2_CONF'] = join(folder, 'softhsm2.conf');
  const pin = String(randomInt(100_000, 1_000_000));
  const run = async (program: string, ...words: readonly string[]): Promise<string> => {
    const { code, text } = await runProgram(program, words);
    if (code !== 0) throw new Error(`a practice token cannot be made: ${text.replaceAll(pin, '…').slice(0, 300)}`);
    return text;
  };
  for (const [label, id] of [[leaderToken, 'leader'], [agencyToken, 'agency']] as const) {
    const made = await run(util, '--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', String(randomInt(10_000_000, 100_000_000)));
    const slot = /reassigned to slot (\d+)/.exec(made)?.[1] ?? '';
    const key = pemFile(id).replace(/\.pem$/, '.key');
    await run(util, '--import', key, '--slot', slot, '--pin', pin, '--id', '01', '--label', id);
    for (const [number, certificate] of [['01', id], ['a1', 'ca'], ['a2', 'root']] as const) {
      const der = join(folder, `${certificate}.der`);
      writeFileSync(der, pki[certificate].der);
      await run(tool, '--module', module, '--slot', slot, '--login', '--pin', pin, '--write-object', der, '--type', 'cert', '--id', number, '--label', certificate);
    }
    // The token has it now; nothing else should.
    rmSync(key);
  }
  const forget = (): void => {
    if (before === undefined) delete process.env['SOFTHSM2_CONF'];
    else process.env['SOFTHSM2_CONF'] = before;
  };
  return { module, pin, forget };
}

/** Whether the part that talks to tokens was compiled here. */
function hasDriver(): boolean {
  try {
    createRequire(import.meta.url).resolve('pkcs11js/build/Release/pkcs11.node');
    return true;
  } catch {
    return false;
  }
}
