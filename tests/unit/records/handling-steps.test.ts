import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HandlingAct, HandlingRole, IncomingState } from '#contract';
import { currentActor, type Actor } from '../../../electron/services/records/handling/actor.ts';
import { nextActs, usualAct, stepFor, steps } from '../../../electron/services/records/handling/steps.ts';
import { takeStep } from '../../../electron/services/records/handling/take-step.ts';
import { traceOf } from '../../../electron/services/audit/index.ts';
import { all, changeOne, one, run, sql, type WriteDb } from '../../../electron/store/index.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';
import { direction, openOffice, value } from './handling-office.ts';

const quiet = (): void => undefined;

/** Puts a document where it is wanted, past the table. */
function place(db: WriteDb, id: string, standing: IncomingState): void {
  const closure = standing === 'refused' || standing === 'recalled' || standing === 'replaced' ? standing : null;
  const stage = closure === null && standing !== 'arrived' && standing !== 'registered' ? standing : null;
  changeOne(db, sql`UPDATE incoming_document SET stage = ${stage}, closure = ${closure} WHERE id = ${id}`);
}

test('no act takes a document anywhere but where the table says, whoever takes it: every standing with every act and every role', async () => {
  const office = openOffice();
  const registered = await office.arrive();
  const arrived = await office.arrive({ registered: false });
  const standingOf = (id: string): unknown => one(office.store.read, sql`SELECT standing FROM incoming_document WHERE id = ${id}`);
  let allowed = 0;
  let refused = 0;
  for (const from of IncomingState.options) {
    for (const act of HandlingAct.options) {
      // These write more than the stage, and have commands and tests of their own.
      const own = ['register', 'refuse', 'return', 'recall', 'replace'].includes(act);
      for (const role of HandlingRole.options) {
        const id = from === 'arrived' ? arrived : registered;
        const by: Actor = { person: null, name: 'A', roles: [role] };
        const step = stepFor(act, from);
        const outcome = office.store.write((db) => {
          place(db, id, from);
          const to = step?.to;
          const put = own && to !== undefined ? { put: (inner: WriteDb) => { if (act !== 'register') place(inner, id, to); } } : {};
          if (act === 'register' && step !== undefined) return undefined;
          return takeStep(db, quiet, { document: id, act, at: '2026-11-20T02:00:00.000Z', by, note: 'vì', occasion: 'x', ...put });
        });
        if (outcome === undefined) continue;
        if (step?.who.includes(role) === true) {
          allowed += 1;
          expect(outcome.ok, `${role}: ${act} from ${from}`).toBe(true);
          expect(standingOf(id)).toEqual({ standing: step.to });
        } else {
          refused += 1;
          expect(outcome, `${role}: ${act} from ${from}`).toMatchObject({ ok: false });
          expect(standingOf(id), `${role}: ${act} from ${from}`).toEqual({ standing: from });
        }
      }
    }
  }
  expect(allowed).toBe(steps.filter((step) => step.act !== 'register').reduce((sum, step) => sum + step.who.length, 0));
  expect(refused).toBe(IncomingState.options.length * HandlingAct.options.length * HandlingRole.options.length - allowed - 3);
});

test('a step whose writing does not arrive where it should is undone', async () => {
  const office = openOffice();
  const id = await office.arrive();
  expect(() =>
    office.store.write((db) => takeStep(db, quiet, { document: id, act: 'present', at: 'x', by: currentActor(db), note: '', put: quiet })),
  ).toThrow(/did not bring/);
});

test('steps that take something back need a reason; nothing is left of a refused one', async () => {
  const office = openOffice();
  const id = await office.arrive();
  const entries = (): number => traceOf(office.store.read, id).length;
  const before = entries();
  for (const act of ['return'] as const) {
    const outcome = office.store.write((db) => takeStep(db, quiet, { document: id, act, at: 'x', by: currentActor(db), note: '' }));
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'reason-needed' } });
  }
  expect(steps.filter((step) => step.reason).map((step) => step.act)).toEqual(
    expect.arrayContaining(['refuse', 'take-back', 'reassign', 'reopen', 'return']),
  );
  expect(entries()).toBe(before);
});

test('from every standing that has not ended somebody can go on, and the way leads to its end', () => {
  for (const state of IncomingState.options) {
    const ended = ['refused', 'recalled', 'replaced'].includes(state);
    expect(nextActs(state, HandlingRole.options).length > 0, state).toBe(!ended);
  }
  const reached = new Set<IncomingState>(['arrived']);
  for (let grew = true; grew; ) {
    const size = reached.size;
    for (const step of steps) if (reached.has(step.from)) reached.add(step.to);
    grew = reached.size > size;
  }
  expect([...reached].sort()).toEqual([...IncomingState.options].sort());
  // The usual next step is the first one offered.
  expect(['arrived', 'registered', 'presented', 'assigned', 'in-progress'].map((state) => nextActs(state as IncomingState, HandlingRole.options)[0])).toEqual([
    'register',
    'present',
    'direct',
    'progress',
    'finish',
  ]);
  // What waits for a leader's word is no clerk's next step, unless the office's leaders decide on paper.
  const clerks = nextActs('presented', ['clerk']);
  expect(clerks).toContain('record-direction');
  expect([usualAct(clerks, false), usualAct(clerks, true)]).toEqual([null, 'record-direction']);
  expect([usualAct(nextActs('presented', ['leader']), false), usualAct(nextActs('presented', ['clerk', 'leader']), false)]).toEqual(['direct', 'direct']);
  expect([usualAct(nextActs('registered', ['clerk']), false), usualAct(nextActs('done', ['clerk']), false), usualAct([], true)]).toEqual(['present', null, null]);
});

test('counts kept by triggers equal the count of the table after any acts in any order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ document: fc.nat(5), act: fc.constantFrom('register', 'refuse', 'present', 'takeBack', 'direct', 'progress', 'finish', 'reopen', 'return', 'arrive', 'rollback') }), { maxLength: 60 }),
      async (acts) => {
        const office = openOffice(storeIn(scratchFolder()));
        const ids: string[] = [];
        for (let n = 0; n < 6; n += 1) ids.push(await office.arrive({ registered: false }));
        for (const { document, act } of acts) {
          const id = ids[document] ?? '';
          const reason = 'vì';
          if (act === 'register') await office.records.registerIncoming({ id });
          else if (act === 'refuse') await office.records.refuseIncoming({ id, reason });
          else if (act === 'present') await office.handling.present({ id, leader: null, leaderName: 'L', note: '' });
          else if (act === 'takeBack') await office.handling.takeBack({ id, reason });
          else if (act === 'direct') await office.direct(id);
          else if (act === 'progress') await office.handling.progress({ id, note: '' });
          else if (act === 'finish') await office.handling.finish({ id, result: 'filed', answer: null, note: '' });
          else if (act === 'reopen') await office.handling.reopen({ id, reason });
          else if (act === 'return') await office.handling.returnToSender({ id, reason });
          else if (act === 'arrive') await office.arrive({ registered: false });
          else {
            expect(() =>
              office.store.write((db) => {
                run(db, sql`UPDATE incoming_document SET closure = 'recalled' WHERE id = ${id}`);
                throw new Error('undone');
              }),
            ).toThrow('undone');
          }
        }
        const counted = all(office.store.read, sql`SELECT standing, n FROM incoming_count WHERE n <> 0 ORDER BY standing`);
        expect(counted).toEqual(all(office.store.read, sql`SELECT standing, COUNT(*) AS n FROM incoming_document GROUP BY 1 ORDER BY 1`));
        office.store.close();
      },
    ),
    { numRuns: 12 },
  );
});

test('the whole way: each step is in the log with who, when and why, and the sender hears 03, 04, 05 and 06 once each', async () => {
  const office = openOffice();
  const id = await office.arrive();
  value(await office.handling.present({ id, leader: null, leaderName: 'Chủ tịch', note: 'kính trình' }));
  value(await office.handling.takeBack({ id, reason: 'trình nhầm' }));
  value(await office.handling.present({ id, leader: null, leaderName: 'Chủ tịch', note: '' }));
  value(await office.direct(id));
  value(await office.handling.progress({ id, note: 'đang làm' }));
  value(await office.handling.progress({ id, note: 'chờ số liệu' }));
  value(await office.direct(id, { withdraw: true, reason: 'đổi người', assignees: direction(id).assignees }));
  value(await office.handling.progress({ id, note: '' }));
  value(await office.handling.finish({ id, result: 'no-answer', answer: null, note: 'đã xong' }));
  value(await office.handling.reopen({ id, reason: 'còn thiếu' }));
  const detail = value(await office.handling.finish({ id, result: 'filed', answer: null, note: '' }));
  expect(office.told(id)).toEqual(['01', '03', '04', '05', '06']);
  expect(detail.steps.map(({ act, from, to, statusCode }) => [act, from, to, statusCode])).toEqual([
    ['register', 'arrived', 'registered', '03'],
    ['present', 'registered', 'presented', ''],
    ['take-back', 'presented', 'registered', ''],
    ['present', 'registered', 'presented', ''],
    ['direct', 'presented', 'assigned', '04'],
    ['progress', 'assigned', 'in-progress', '05'],
    ['progress', 'in-progress', 'in-progress', ''],
    ['reassign', 'in-progress', 'assigned', ''],
    ['progress', 'assigned', 'in-progress', ''],
    ['finish', 'in-progress', 'done', '06'],
    ['reopen', 'done', 'in-progress', ''],
    ['finish', 'in-progress', 'done', ''],
  ]);
  const log = traceOf(office.store.read, id);
  expect(log.map(({ action }) => action.replace('document.', ''))).toEqual([
    'arrived', 'registered', 'presented', 'taken-back', 'presented', 'directed', 'progressed', 'progressed', 'reassigned', 'progressed', 'finished', 'reopened', 'finished',
  ]);
  expect(log[3]).toMatchObject({ actor: 'Trần Thị Văn Thư', at: '2026-11-20T02:00:00.000Z', detail: { from: 'presented', to: 'registered', reason: 'trình nhầm' } });
});

test.each(['file', 'paper'] as const)('a document that came on %s tells nobody', async (source) => {
  const office = openOffice();
  const id = await office.arrive({ source });
  value(await office.direct(id, { fromPaper: true }));
  value(await office.handling.progress({ id, note: '' }));
  value(await office.handling.finish({ id, result: 'filed', answer: null, note: '' }));
  const other = await office.arrive({ source });
  value(await office.handling.returnToSender({ id: other, reason: 'sai nơi nhận' }));
  // 01 is written when a document arrives, here as a document of the axis.
  expect([...office.told(id), ...office.told(other)]).toEqual(['01', '01']);
});
