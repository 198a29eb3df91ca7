import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomFrom, seedOf } from '../../electron/services/practice/axis/random.ts';
import { all, openStore, sql, type Store } from '../../electron/store/index.ts';
import { faultsIn, foundOffice } from '../unit/records/number-moves.ts';
import type { NumbersTask } from './numbers-worker.ts';
import type { SoakOptions, SoakReport } from './world.ts';

const program = fileURLToPath(new URL('./numbers-worker.ts', import.meta.url));

export type NumbersReport = { readonly moves: number; readonly given: number; readonly kills: number; readonly found: readonly string[] };

/**
 * Offices work with their numbers in a process that is killed: by itself in the middle of a transaction, or from outside at
 * any time. After each kill the store is opened and proved; what was said to be given must be there, and once.
 */
export async function killedOffices(options: {
  readonly seed: number;
  readonly rounds: number;
  readonly groups: number;
  readonly over?: () => boolean;
}): Promise<NumbersReport> {
  const folder = mkdtempSync(join(tmpdir(), 'tvt-numbers-'));
  const keyHex = randomBytes(32).toString('hex');
  const random = randomFrom(seedOf(options.seed, 'kills', 0));
  const given = new Set<string>();
  const found: string[] = [];
  let moves = 0;
  let kills = 0;
  try {
    within(folder, keyHex, foundOffice);
    for (let round = 0; round < options.rounds && options.over?.() !== true; round += 1) {
      const inside = random() < 0.5;
      const most = options.groups * 15;
      const task: NumbersTask = {
        folder, keyHex, seed: options.seed, round, groups: options.groups,
        killAt: inside ? 1 + Math.floor(random() * most * 0.9) : null,
      };
      const ran = await run(task, inside ? null : random());
      if (ran.signal === 'SIGKILL') kills += 1;
      else if (ran.status !== 0) found.push(`round ${String(round)} ended with ${String(ran.status)}: ${ran.stderr}`);
      moves += ran.moves;
      for (const what of ran.given) {
        if (given.has(what)) found.push(`given twice, the second time in round ${String(round)}: ${what}`);
        given.add(what);
      }
      within(folder, keyHex, (store) => {
        for (const fault of faultsIn(store, false)) found.push(`after round ${String(round)}: ${fault}`);
        for (const what of missing(store, given)) found.push(`given before round ${String(round + 1)} and gone: ${what}`);
      });
      if (found.length > 0) break;
    }
    return { moves, given: given.size, kills, found };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Ran = { readonly signal: string | null; readonly status: number | null; readonly stderr: string; readonly moves: number; readonly given: readonly string[] };

/** @param share when it is ended from outside: after this share of the lines it would say; null: not */
async function run(task: NumbersTask, share: number | null): Promise<Ran> {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (share !== null && said.split('\n').length - 1 >= Math.ceil(share * task.groups)) child.kill('SIGKILL');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end(JSON.stringify(task));
  const [status, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('close', (code, by) => {
      resolve([code, by]);
    });
  });
  const lines = said.split('\n').slice(0, -1).map((line) => JSON.parse(line) as { moves: number; given: string[] });
  return { signal, status, stderr, moves: lines.at(-1)?.moves ?? 0, given: lines.flatMap((line) => line.given) };
}

function within(folder: string, keyHex: string, work: (store: Store) => void): void {
  const opened = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  work(opened.value);
  opened.value.close();
}

function missing(store: Store, given: ReadonlySet<string>): string[] {
  const stored = new Set([
    ...all<{ what: string }>(store.read, sql`SELECT series || ' ' || number || suffix AS what FROM number_entry WHERE state IN ('taken', 'void')`).map(({ what }) => what),
    ...all<{ what: string }>(store.read, sql`SELECT office || ' ' || year || ' ' || code AS what FROM number_code`).map(({ what }) => what),
    ...all<{ what: string }>(
      store.read,
      sql`SELECT office || ' ' || substr(issued_date, 1, 4) || ' ' || ltrim(code_number, '0') || '/' || code_notation AS what FROM outgoing_document`,
    ).map(({ what }) => what),
  ]);
  return [...given].filter((what) => !stored.has(what));
}

/** Rounds of killed offices until the time is up; `sends` other than 0 asks for so many rounds. */
export async function numbersSoak({ seed, sends, limitSeconds, say }: SoakOptions): Promise<SoakReport> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  let moves = 0;
  let given = 0;
  let kills = 0;
  let offices = 0;
  const found: string[] = [];
  const over = (): boolean => seconds() > limitSeconds;
  while (!over() && found.length === 0 && (sends === 0 || offices < sends)) {
    const report = await killedOffices({ seed: seed + offices, rounds: 12, groups: 60, over });
    offices += 1;
    moves += report.moves;
    given += report.given;
    kills += report.kills;
    found.push(...report.found.map((what) => `office ${String(offices)}: ${what}`));
    say(`numbers: ${String(offices)} offices, ${String(moves)} moves, ${String(kills)} kills, ${seconds().toFixed(0)} s`);
  }
  return { scenario: 'numbers', seed, seconds: seconds(), figures: { offices, moves, 'numbers given': given, kills }, found };
}
