import { describe, expect, test } from 'vitest';
import type { BoardItem, IncomingSummary } from '#contract';
import { createDuties, owedForHandling } from '../../../electron/services/exchange/index.ts';
import { handlingFacts } from '../../../electron/services/records/index.ts';
import { traceOf } from '../../../electron/services/audit/index.ts';
import { all, changeOne, one, sql } from '../../../electron/store/index.ts';
import { codeOf, direction, openOffice, people, value } from './handling-office.ts';

test('several documents are presented one by one: what cannot be does not hold up the others', async () => {
  const office = openOffice();
  const ids = [await office.arrive(), await office.arrive(), await office.arrive()];
  const [first = '', second = '', third = ''] = ids;
  value(await office.handling.present({ id: second, leader: null, leaderName: 'Phó Chủ tịch', note: '' }));
  const to = { leader: people.chair, leaderName: '', note: 'xin ý kiến' };
  expect(await codeOf(office.handling.presentMany({ ids, leader: null, leaderName: '', note: '' }))).toBe('leader-missing');
  expect(value(await office.handling.presentMany({ ids: [...ids, 'nobody'], ...to }))).toMatchObject([
    { id: first, failure: null },
    { id: second, failure: { code: 'step-not-allowed' } },
    { id: third, failure: null },
    { id: 'nobody', failure: { code: 'not-found' } },
  ]);
  expect(value(await office.handling.get({ id: third }))).toMatchObject({ standing: 'presented', leaderName: 'Lê Thị Chủ Tịch' });
  expect(value(await office.handling.get({ id: second }))).toMatchObject({ leaderName: 'Phó Chủ tịch' });
  expect(traceOf(office.store.read, third).map(({ action }) => action).filter((action) => action === 'document.presented')).toHaveLength(1);
});

describe('direction', () => {
  test('gives the work to a lead and to others, each with a day; names stay when a unit is renamed', async () => {
    const office = openOffice();
    const id = await office.arrive({ dueDate: '2026-12-10' });
    value(await office.handling.present({ id, leader: people.chair, leaderName: '', note: '' }));
    const detail = value(
      await office.direct(id, {
        delegatedAs: 'KT.',
        deadline: '2026-12-04',
        assignees: [
          { part: 'lead', unit: null, unitName: '', person: people.officer, personName: '', deadline: null },
          { part: 'joint', unit: people.culture, unitName: '', person: null, personName: '', deadline: '2026-11-27' },
          { part: 'joint', unit: null, unitName: 'Công an phường', person: null, personName: '', deadline: null },
        ],
      }),
    );
    expect(detail).toMatchObject({ standing: 'assigned', leaderName: 'Lê Thị Chủ Tịch', due: '2026-12-04', dueBasis: 'directed', next: expect.arrayContaining(['progress']) });
    expect(detail.directions).toMatchObject([{ leader: people.chair, leaderName: 'Lê Thị Chủ Tịch', delegatedAs: 'KT.', fromPaper: false }]);
    expect(detail.assignments.map((one) => [one.part, one.unitName, one.personName, one.due, one.state])).toEqual([
      ['lead', 'Phòng Tài chính', 'Phạm Văn Chuyên Viên', '2026-12-04', 'given'],
      ['joint', 'Phòng Văn hóa', '', '2026-11-27', 'given'],
      ['joint', 'Công an phường', '', '2026-12-04', 'given'],
    ]);
    const row = value(await office.records.incomingGet({ id }));
    expect(row.holders).toBe('Phạm Văn Chuyên Viên (Phòng Tài chính); phối hợp: Phòng Văn hóa, Công an phường');
    office.store.write((db) => {
      changeOne(db, sql`UPDATE unit SET name = 'Phòng Văn hóa – Xã hội' WHERE id = ${people.culture}`);
    });
    expect(value(await office.handling.get({ id })).assignments[1]).toMatchObject({ unit: people.culture, unitName: 'Phòng Văn hóa' });
    expect(value(await office.handling.board({ by: 'unit' })).rows.map((one) => one.name)).toContain('Phòng Văn hóa – Xã hội');
  });

  test('a second round comes beside the first, or relieves it with a reason; there is always one who leads', async () => {
    const office = openOffice();
    const id = await office.arrive();
    value(await office.handling.present({ id, leader: people.chair, leaderName: '', note: '' }));
    value(await office.direct(id));
    const joint = { part: 'joint' as const, unit: people.culture, unitName: '', person: null, personName: '', deadline: null };
    expect(await codeOf(office.direct(id))).toBe('one-lead-needed');
    expect(await codeOf(office.direct(id, { assignees: [{ ...joint, unit: people.finance }] }))).toBe('assignee-twice');
    expect(await codeOf(office.direct(id, { assignees: [{ ...joint, unit: null }] }))).toBe('assignee-missing');
    const beside = value(await office.direct(id, { assignees: [joint] }));
    expect(beside.assignments.map((one) => one.state)).toEqual(['given', 'given']);
    expect(await codeOf(office.direct(id, { withdraw: true, assignees: [{ ...joint, part: 'lead' }] }))).toBe('reason-needed');
    const relieved = value(await office.direct(id, { withdraw: true, reason: 'đúng lĩnh vực văn hóa', assignees: [{ ...joint, part: 'lead' }] }));
    expect(relieved.assignments.map((one) => [one.unitName, one.part, one.state, one.endedNote])).toEqual([
      ['Phòng Tài chính', 'lead', 'withdrawn', 'đúng lĩnh vực văn hóa'],
      ['Phòng Văn hóa', 'joint', 'withdrawn', 'đúng lĩnh vực văn hóa'],
      ['Phòng Văn hóa', 'lead', 'given', ''],
    ]);
    expect(relieved.directions).toHaveLength(3);
    // A refused direction leaves nothing behind.
    expect(one(office.store.read, sql`SELECT COUNT(*) AS n FROM assignment`)).toEqual({ n: 3 });
    expect(office.told(id).filter((code) => code === '04')).toHaveLength(1);
  });

  test('the clerk writes down what stands on paper: whose word it is must be said, and its day may have gone by', async () => {
    const office = openOffice();
    const id = await office.arrive();
    expect(await codeOf(office.handling.present({ id, leader: null, leaderName: '', note: '' }))).toBe('leader-missing');
    expect(await codeOf(office.direct(id)), 'nobody was asked yet').toBe('step-not-allowed');
    const paper = { fromPaper: true, leader: null, leaderName: '', givenOn: '2026-11-19', deadline: '2026-11-19' };
    expect(await codeOf(office.direct(id, paper))).toBe('leader-missing');
    expect(await codeOf(office.direct(id, { ...paper, leaderName: 'A', givenOn: '2026-11-21' }))).toBe('given-later');
    expect(await codeOf(office.direct(id, { deadline: '2026-11-19', fromPaper: false }))).toBe('deadline-past');
    const detail = value(await office.direct(id, { ...paper, leaderName: 'Ông Phó Chủ tịch' }));
    expect(detail.directions).toMatchObject([{ leader: null, leaderName: 'Ông Phó Chủ tịch', fromPaper: true, givenOn: '2026-11-19', recordedBy: 'Trần Thị Văn Thư' }]);
    expect(detail.dueDays).toBe(-1);
    expect(traceOf(office.store.read, id).at(-1)).toMatchObject({ action: 'document.direction-recorded', detail: { text: 'Giao phòng Tài chính tham mưu' } });
  });

  test('who received it is written down; a part ends by itself and the document goes on', async () => {
    const office = openOffice();
    const id = await office.arrive();
    const given = value(await office.direct(id, { fromPaper: true, assignees: [...direction(id).assignees, { part: 'joint', unit: people.culture, unitName: '', person: null, personName: '', deadline: null }] }));
    const [lead, joint] = given.assignments;
    expect(await codeOf(office.handling.transfer({ assignment: lead?.id ?? '', transferredOn: '2026-11-21', receivedBy: 'B' }))).toBe('given-later');
    const received = value(await office.handling.transfer({ assignment: lead?.id ?? '', transferredOn: '2026-11-20', receivedBy: 'Phạm Văn Chuyên Viên' }));
    expect(received.assignments[0]).toMatchObject({ state: 'received', transferredOn: '2026-11-20', receivedBy: 'Phạm Văn Chuyên Viên', receivedAt: '2026-11-20T02:00:00.000Z' });
    const ended = value(await office.handling.endPart({ assignment: joint?.id ?? '', note: 'đã góp ý' }));
    expect(ended).toMatchObject({ standing: 'assigned' });
    expect(ended.assignments[1]).toMatchObject({ state: 'done', endedNote: 'đã góp ý' });
    expect(await codeOf(office.handling.endPart({ assignment: joint?.id ?? '', note: '' }))).toBe('assignment-ended');
    value(await office.handling.progress({ id, note: '' }));
    const done = value(await office.handling.finish({ id, result: 'filed', answer: null, note: '' }));
    expect(done.assignments.map((one) => one.state)).toEqual(['done', 'done']);
    const again = value(await office.handling.reopen({ id, reason: 'thiếu phụ lục' }));
    expect(again.assignments.map((one) => one.state), 'the lead has it again, the part that was done before stays done').toEqual(['working', 'done']);
  });
});

describe('days', () => {
  test('the office’s own rules give a day where neither sender nor leader named one; the most fitting rule wins', async () => {
    const office = openOffice();
    const rule = { typeName: '', urgency: null, issuer: '', workingDays: 10, note: 'Quy chế làm việc, Điều 12' };
    value(
      await office.handling.saveSettings({
        soonDays: 2,
        paperDirections: false,
        rules: [rule, { ...rule, urgency: 1, workingDays: 1 }, { ...rule, typeName: 'công văn', workingDays: 5 }, { ...rule, issuer: 'Bộ Nội vụ', workingDays: 7 }],
      }),
    );
    const dueOf = async (facts: Parameters<typeof office.arrive>[0]): Promise<unknown> => {
      const { due, dueBasis } = value(await office.handling.get({ id: await office.arrive(facts) }));
      return [due, dueBasis];
    };
    const elsewhere = { organId: 'H99', name: 'Sở Y tế' };
    // Friday 20 November; 24 November is a day off.
    expect(await dueOf({ typeName: 'Báo cáo', issuer: elsewhere })).toEqual(['2026-12-07', 'rule']);
    expect(await dueOf({ typeName: 'Công văn', issuer: elsewhere })).toEqual(['2026-11-30', 'rule']);
    expect(await dueOf({ typeName: 'Công văn' }), 'the sender before the kind').toEqual(['2026-12-02', 'rule']);
    expect(await dueOf({ typeName: 'Báo cáo', issuer: elsewhere, urgency: 1 })).toEqual(['2026-11-23', 'rule']);
    expect(await dueOf({ dueDate: '2026-12-31' })).toEqual(['2026-12-31', 'sender']);
    expect(traceOf(office.store.read, 'handling').at(-1)).toMatchObject({ action: 'settings.handling-saved', detail: { before: { soonDays: 2, rules: [], paperDirections: false } } });
  });

  test('days left are working days, across a weekend and a holiday; what is past is never called today', async () => {
    const office = openOffice();
    const id = await office.arrive({ dueDate: '2026-11-25' });
    const days = async (): Promise<number | null> => value(await office.records.incomingGet({ id })).dueDays;
    expect(await days()).toBe(2);
    office.setNow('2026-11-25T02:00:00.000Z');
    expect(await days()).toBe(0);
    office.setNow('2026-11-27T02:00:00.000Z');
    expect(await days()).toBe(-2);
    const saturday = await office.arrive({ dueDate: '2026-11-28' });
    office.setNow('2026-11-29T02:00:00.000Z');
    expect(value(await office.records.incomingGet({ id: saturday })).dueDays).toBe(-1);
    expect(await days(), 'no working day has begun since Friday').toBe(-2);
    value(await office.direct(id, { fromPaper: true }));
    value(await office.handling.finish({ id, result: 'filed', answer: null, note: '' }));
    expect(await days(), 'done').toBeNull();
  });

  test('another day needs a reason and reaches those who have no day of their own', async () => {
    const office = openOffice();
    const id = await office.arrive({ dueDate: '2026-12-01' });
    const given = value(await office.direct(id, { fromPaper: true }));
    const assignment = given.assignments[0]?.id ?? '';
    const later = value(await office.handling.setDeadline({ id, assignment: null, deadline: '2026-12-15', reason: 'xin gia hạn' }));
    expect([later.due, later.dueBasis, later.assignments[0]?.due]).toEqual(['2026-12-15', 'directed', '2026-12-15']);
    const own = value(await office.handling.setDeadline({ id, assignment, deadline: '2026-12-08', reason: 'làm trước' }));
    expect([own.due, own.assignments[0]?.due]).toEqual(['2026-12-15', '2026-12-08']);
    expect(await codeOf(office.handling.setDeadline({ id, assignment: null, deadline: '2026-11-19', reason: 'x' }))).toBe('deadline-past');
    const back = value(await office.handling.setDeadline({ id, assignment: null, deadline: null, reason: 'theo nơi gửi' }));
    expect([back.due, back.dueBasis]).toEqual(['2026-12-01', 'sender']);
    expect(traceOf(office.store.read, id).at(-1)).toMatchObject({ action: 'document.deadline-set', detail: { before: '2026-12-15', deadline: null, reason: 'theo nơi gửi' } });
  });

  test('lists of what is overdue and near due come by day, page after page, and agree with their counts', async () => {
    const office = openOffice();
    const days = ['2026-11-30', '2026-11-18', '2026-11-20', '2026-11-23', '2026-11-19', '2026-11-18', '2026-11-25', '2026-11-26'];
    const ids: string[] = [];
    for (const dueDate of days) ids.push(await office.arrive({ dueDate }));
    await office.arrive();
    const page = async (due: 'overdue' | 'soon', before: string | null): Promise<{ items: IncomingSummary[]; total: number }> =>
      value(await office.records.incomingList({ state: null, openChange: false, due, before, limit: 2 }));
    const whole = async (due: 'overdue' | 'soon'): Promise<string[]> => {
      const seen: string[] = [];
      for (let before: string | null = null; ; ) {
        const { items, total }: { items: IncomingSummary[]; total: number } = await page(due, before);
        expect(total).toBe(value(await office.records.incomingList({ state: null, openChange: false, due: null, before: null, limit: 1 })).counts[due]);
        if (items.length === 0) return seen;
        seen.push(...items.map((item) => item.due ?? ''));
        before = items.at(-1)?.id ?? null;
      }
    };
    expect(await whole('overdue')).toEqual(['2026-11-18', '2026-11-18', '2026-11-19']);
    // Two working days from Friday: Monday and Wednesday, as Tuesday is a day off.
    expect(await whole('soon')).toEqual(['2026-11-20', '2026-11-23', '2026-11-25']);
    // The last row of a page is done before the next page is asked for.
    const { items } = await page('overdue', null);
    const last = items.at(-1)?.id ?? '';
    value(await office.direct(last, { fromPaper: true }));
    value(await office.handling.finish({ id: last, result: 'filed', answer: null, note: '' }));
    expect((await page('overdue', last)).items.map((item) => item.due)).toEqual(['2026-11-19']);
  });
});

describe('boards and reminders', () => {
  test('numbers of the boards equal the lists behind them and a count of the table, by unit and by person', async () => {
    const office = openOffice();
    const give = async (deadline: string | null, who: 'finance' | 'culture' | 'officer'): Promise<string> => {
      const id = await office.arrive();
      const unit = who === 'officer' ? null : people[who];
      value(
        await office.direct(id, {
          fromPaper: true,
          deadline,
          assignees: [{ part: 'lead', unit, unitName: '', person: who === 'officer' ? people.officer : null, personName: '', deadline: null }],
        }),
      );
      return id;
    };
    const late = await give('2026-11-18', 'finance');
    await give('2026-11-19', 'officer');
    await give('2026-11-23', 'culture');
    await give('2026-12-30', 'culture');
    await give(null, 'finance');
    const ended = await give('2026-11-18', 'culture');
    value(await office.handling.finish({ id: ended, result: 'no-answer', answer: null, note: '' }));
    const returned = await give('2026-11-18', 'culture');
    value(await office.handling.returnToSender({ id: returned, reason: 'sai nơi nhận' }));

    const units = value(await office.handling.board({ by: 'unit' }));
    expect(units).toMatchObject({ today: '2026-11-20', soonUntil: '2026-11-25', certain: true, total: { overdue: 2, soon: 1, later: 1, undated: 1 } });
    expect(units.rows).toEqual([
      { key: people.finance, name: 'Phòng Tài chính', overdue: 2, soon: 0, later: 0, undated: 1 },
      { key: people.culture, name: 'Phòng Văn hóa', overdue: 0, soon: 1, later: 1, undated: 0 },
    ]);
    const persons = value(await office.handling.board({ by: 'person' }));
    expect(persons.rows.map((row) => [row.name, row.overdue])).toEqual([['', 1], ['Phạm Văn Chuyên Viên', 1]]);
    for (const by of ['unit', 'person'] as const) {
      const board = value(await office.handling.board({ by }));
      for (const row of board.rows) {
        for (const which of ['overdue', 'soon', 'later', 'undated'] as const) {
          const listed: string[] = [];
          for (let after: string | null = null; ; ) {
            const items: BoardItem[] = value(await office.handling.boardList({ by, key: row.key, which, after, limit: 1 }));
            if (items.length === 0) break;
            listed.push(...items.map((item) => item.id));
            after = items.at(-1)?.id ?? null;
          }
          expect(listed.length, `${by} ${row.name} ${which}`).toBe(row[which]);
          expect(new Set(listed).size).toBe(listed.length);
        }
      }
    }
    const [first] = value(await office.handling.boardList({ by: 'unit', key: null, which: 'overdue', after: null, limit: 9 }));
    expect(first).toMatchObject({ document: late, due: '2026-11-18', dueDays: -2, about: '1/BNV-VP' });
  });

  test('the foot of the window counts the work with a day: near from so many working days before it, then overdue, then done late', async () => {
    const office = openOffice();
    const id = await office.arrive({ dueDate: '2026-12-08' });
    await office.arrive({ dueDate: '2026-11-23', registered: false });
    await office.arrive();
    value(await office.direct(id, { fromPaper: true, assignees: [{ ...direction(id).assignees[0], part: 'lead', unit: people.finance, unitName: '', person: null, personName: '', deadline: '2026-12-01' }] }));
    // The part's day is earlier than the document's.
    expect(handlingFacts(office.store.read, '2026-01-01').map((fact) => [fact.id, fact.due])).toEqual([[id, '2026-12-01']]);
    const duties = createDuties({ store: office.store, clock: office.clock, sources: [owedForHandling], changed: () => undefined, tickFailed: () => undefined });
    const state = async (): Promise<unknown> => {
      const list = value(await duties.handlers.list({}));
      return list.items.map((item) => [item.kind, item.state, item.rule]);
    };
    expect(await state()).toEqual([['handling', 'ok', 'set-day']]);
    office.setNow('2026-11-26T16:59:00.000Z');
    expect(await state()).toEqual([['handling', 'ok', 'set-day']]);
    office.setNow('2026-11-26T17:00:00.000Z');
    expect(await state(), 'Friday 27 November, two working days before Tuesday').toEqual([['handling', 'soon', 'set-day']]);
    office.setNow('2026-12-01T17:00:00.000Z');
    expect(await state()).toEqual([['handling', 'overdue', 'set-day']]);
    office.setNow('2026-12-09T02:00:00.000Z');
    value(await office.handling.finish({ id, result: 'filed', answer: null, note: '' }));
    expect(await state()).toEqual([['handling', 'done-late', 'set-day']]);
  });
});

describe('the end', () => {
  test('an answer of ours is linked both ways, once, and its sender reads its number', async () => {
    const office = openOffice();
    const id = await office.arrive();
    value(await office.direct(id, { fromPaper: true }));
    expect(await codeOf(office.handling.finish({ id, result: 'answered', answer: null, note: '' }))).toBe('answer-missing');
    const { sha256, size } = await office.store.blobs.put(Buffer.from('%PDF-1.4 answer'));
    const record = async (number: string, repliesTo: string | null): Promise<string> =>
      value(
        await office.records.recordOutgoing({
          codeNumber: number, codeNotation: 'UBND-VP', issuedDate: '2026-11-20', place: '', typeName: 'Công văn', subject: `Trả lời ${number}`, urgency: 0, dueDate: null,
          signerName: 'A', signerPosition: '', signerCompetence: '', toPlaces: [], pageAmount: 1, paper: false, repliesTo,
          files: [{ name: 'a.pdf', mediaType: 'application/pdf', size, sha256 }],
        }),
      ).id;
    const other = await record('8', null);
    const replying = await record('9', id);
    expect(value(await office.handling.answers({ id, text: '' })).map((own) => [own.code, own.linked])).toEqual([['9/UBND-VP', true], ['8/UBND-VP', false]]);
    expect(value(await office.handling.answers({ id, text: '100%' }))).toHaveLength(1);
    const done = value(await office.handling.finish({ id, result: 'answered', answer: other, note: '' }));
    expect(done).toMatchObject({ standing: 'done', result: 'answered', answeredBy: [{ id: other }, { id: replying }] });
    expect(value(await office.handling.answeredBy({ outgoing: other }))).toEqual([{ id, code: '1/BNV-VP', arrivalNumber: 1 }]);
    expect(value(await office.handling.answeredBy({ outgoing: replying }))).toMatchObject([{ id }]);
    expect(traceOf(office.store.read, other).at(-1)).toMatchObject({ action: 'document.named-as-answer', detail: { incoming: id } });
    const [payload] = all<{ payload: string }>(office.store.read, sql`SELECT payload FROM outbox WHERE incoming = ${id} AND status_code = '06'`);
    expect(JSON.parse(payload?.payload ?? '{}')).toMatchObject({ description: expect.stringContaining('9/UBND-VP') as string });
  });

  test('a registered document is returned with its reason: number and row stay, the sender hears 02 once, nobody has it any more', async () => {
    const office = openOffice();
    const id = await office.arrive();
    value(await office.direct(id, { fromPaper: true }));
    const detail = value(await office.handling.returnToSender({ id, reason: 'Gửi nhầm nơi nhận' }));
    expect(detail).toMatchObject({ standing: 'refused', next: [], turn: [], assignments: [{ state: 'withdrawn', endedNote: 'Gửi nhầm nơi nhận' }] });
    expect(value(await office.records.incomingGet({ id }))).toMatchObject({ state: 'refused', arrivalNumber: 1, closedReason: 'Gửi nhầm nơi nhận' });
    expect(office.told(id)).toEqual(['01', '03', '04', '02']);
    expect(await codeOf(office.handling.progress({ id, note: '' }))).toBe('document-closed');
    expect(await codeOf(office.handling.present({ id: '01980000-0000-7000-8000-0000000000ff', leader: null, leaderName: 'A', note: '' }))).toBe('not-found');
    const next = await office.arrive();
    expect(value(await office.records.incomingGet({ id: next })).arrivalNumber).toBe(2);
  });
});

test('every list and board is read through an index', async () => {
  const office = openOffice();
  await office.arrive();
  const plan = (query: ReturnType<typeof sql>): string =>
    all<{ detail: string }>(office.store.read, sql`EXPLAIN QUERY PLAN ${query}`).map((row) => row.detail).join('; ');
  const due = plan(
    sql`SELECT id FROM incoming_document AS d WHERE d.open_due < '2026-11-20' AND (d.open_due, d.id) > ('2026-11-01', 'x') ORDER BY d.open_due, d.id LIMIT 9`,
  );
  expect(due).toMatch(/INDEX incoming_document_open_due/);
  expect(due).not.toMatch(/TEMP B-TREE|SCAN d$/);
  expect(plan(sql`SELECT COUNT(*) FROM incoming_document AS d WHERE d.open_due BETWEEN '2026-11-20' AND '2026-11-25'`)).toMatch(/INDEX incoming_document_open_due/);
  const board = plan(sql`SELECT a.id FROM assignment AS a WHERE a.ended_at IS NULL AND a.due < '2026-11-20' ORDER BY a.due, a.id LIMIT 9`);
  expect(board).toMatch(/INDEX assignment_due/);
  expect(board).not.toMatch(/TEMP B-TREE/);
});
