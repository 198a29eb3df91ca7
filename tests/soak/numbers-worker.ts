import { readFileSync, writeSync } from 'node:fs';
import { randomFrom, seedOf } from '../../electron/services/practice/axis/random.ts';
import { openStore } from '../../electron/store/index.ts';
import { moveKinds, officeOn, type Move, type MoveKind } from '../unit/records/number-moves.ts';

/** An office that works with its numbers until it is through or ends itself as if the power were cut. */
export type NumbersTask = {
  readonly folder: string;
  readonly keyHex: string;
  readonly seed: number;
  readonly round: number;
  readonly groups: number;
  /** before this move, counted from 1, the process ends by SIGKILL; null: it plays to the end */
  readonly killAt: number | null;
};

const bag = Object.entries(moveKinds).flatMap(([kind, weight]) => Array<MoveKind>(weight).fill(kind as MoveKind));

function work(task: NumbersTask): void {
  const opened = openStore({ folder: task.folder, key: Buffer.from(task.keyHex, 'hex'), programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  const random = randomFrom(seedOf(task.seed, 'numbers', task.round));
  const below = (limit: number): number => Math.floor(random() * limit);
  const office = officeOn(opened.value, false, new Date(Date.UTC(2026, 2, 2 + task.round * 3)).toISOString());
  let moves = 0;
  const told = new Set<string>();
  for (let group = 0; group < task.groups; group += 1) {
    const played = Array.from({ length: 1 + below(30) }, (): Move => ({ kind: bag[below(bag.length)] ?? 'issue', a: below(10_000), b: below(10_000) }));
    office.play({ moves: played, undone: below(10) === 0 }, () => {
      moves += 1;
      if (moves === task.killAt) process.kill(process.pid, 'SIGKILL');
    });
    // What was said to a person is on disk, whatever happens next.
    const news = [...office.given].filter((what) => !told.has(what));
    for (const what of news) told.add(what);
    writeSync(1, `${JSON.stringify({ moves, given: news })}\n`);
  }
  opened.value.close();
}

work(JSON.parse(readFileSync(0, 'utf8')) as NumbersTask);
