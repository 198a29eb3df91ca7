import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Authorities } from '../authorities.ts';
import { openBench, wentWell, type Bench, type JudgeWord } from './bench.ts';
import { judgePackage } from './judge-package.ts';
import { judgeRegister } from './judge-register.ts';
import { judgeSigned, type Signing } from './judge-signed.ts';

export type JudgedResults = {
  readonly words: readonly JudgeWord[];
  /** programs that would have judged and are not on this machine */
  readonly absent: readonly string[];
  /** how many said no, or said yes where they should not have */
  readonly red: number;
};

/** As many judges work at once as an office machine has cores to spare. */
const together = 2;
const sums = 'SHA256SUMS';

/**
 * Has every result of a practice day judged by programs that are not ours, where they are on this machine, and by our own
 * validators. Writes the results' sums among them.
 */
export async function judgeResults(folder: string, { authorities, say }: { readonly authorities: Authorities; readonly say: (line: string) => void }): Promise<JudgedResults> {
  const bench = openBench();
  const paths = filesBelow(folder).filter((path) => path !== sums);
  say(`Xét ${String(paths.length)} tệp kết quả bằng các công cụ độc lập…`);
  writeFileSync(join(folder, sums), paths.map((path) => `${createHash('sha256').update(readFileSync(join(folder, path))).digest('hex')}  ${path}\n`).join(''));
  const work = [...paths.flatMap((path) => tasksFor(bench, folder, path, authorities)), () => bench.ask('sha256sum', `${sums}: ${String(paths.length)} tệp`, ['--check', '--strict', '--quiet', sums], wentWell, { cwd: folder })];
  const next = work.values();
  await Promise.all(Array.from({ length: together }, async () => {
    for (const task of next) await task();
  }));
  const words = bench.words.toSorted((a, b) => a.judge.localeCompare(b.judge, 'vi') || a.what.localeCompare(b.what, 'vi'));
  return { words, absent: bench.absent(), red: words.filter(({ ok }) => !ok).length };
}

function tasksFor(bench: Bench, folder: string, path: string, authorities: Authorities): readonly (() => Promise<unknown>)[] {
  const full = join(folder, path);
  switch (path.slice(path.lastIndexOf('.') + 1)) {
    case 'edxml':
      return [() => bench.ask('xmllint', path, ['--noout', '--nonet', full], wentWell)];
    case 'pdf': {
      const signing = signingOf(path);
      return [
        () => bench.ask('qpdf', path, ['--check', full], wentWell, { label: 'qpdf --check' }),
        () => bench.ask('mutool', path, ['info', full], wentWell, { label: 'mutool info' }),
        ...(signing === undefined ? [() => bench.ask('pdftotext', path, [full, '-'], ({ code, stdout }) => code === 0 && stdout.toString('utf8').trim() !== '')] : [() => judgeSigned(bench, folder, path, signing, authorities)]),
        ...(path.startsWith('so-dang-ky/') ? [() => judgeRegister(bench, folder, path)] : []),
      ];
    }
    case 'xlsx':
      return [() => bench.ask('unzip', path, ['-tqq', full], wentWell, { label: 'unzip -t' })];
    case 'zip':
      return [() => judgePackage(bench, folder, path, authorities)];
    default:
      return [];
  }
}

/** How a PDF of the results is signed; undefined: not at all. */
function signingOf(path: string): Signing | undefined {
  if (path.startsWith('van-ban-di-ky-so/')) return 'own';
  if (!path.startsWith('van-ban-den-ky-so/')) return undefined;
  const state = basename(path, '.pdf').split('-').at(-1);
  return state === 'good' || state === 'changed' || state === 'forged' || state === 'expired' ? state : undefined;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1).replaceAll('\\', '/'))
    .toSorted();
}
