import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { quietCore } from '../../fakes/station/day.ts';
import { imported, issueHeads, mustOf, questionOf } from '../../fakes/legacy/importing.ts';
import { madeWorkbook } from '../../fakes/legacy/made-workbook.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

const cores: Core[] = [];
afterEach(async () => {
  for (const core of cores.splice(0)) await core.close();
});

async function emptyStation(): Promise<Core> {
  const core = await startCore({
    ...quietCore({ folder: join(scratchFolder(), 'profile'), keyHex: randomBytes(32).toString('hex') }),
    clock: { now: () => new Date('2026-11-22T01:00:00.000Z') },
  });
  cores.push(core);
  return core;
}

/** The first book of a register, as the program prints it. */
async function printed(core: Core, kind: 'incoming' | 'outgoing', format: 'csv' | 'xlsx'): Promise<{ name: string; bytes: Uint8Array }> {
  const must = mustOf(core);
  const book = (await must('printing', 'books', {})).find(({ register }) => register === kind);
  const print = await must('printing', 'makeBook', { kind, series: book?.series ?? null, year: book?.year ?? 0, firstNumber: null, lastNumber: null, from: null, to: null, volume: '', format });
  const file = await core.readFile(print.id, 0, 50_000_000);
  if (!file.ok) throw new Error(file.failure.code);
  return { name: print.name, bytes: file.value.bytes };
}

const csvOf = async (core: Core, kind: 'incoming' | 'outgoing'): Promise<string> => Buffer.from((await printed(core, kind, 'csv')).bytes).toString('utf8');

/** Words as people write them in a register: marks, quotation marks, what a spreadsheet would run, letters of all kinds. */
const part = fc.constantFrom('báo cáo', 'V/v', '"trích"', '=1+1', '+84', '-', 'Đề án; kế hoạch', 'số 05/2026', 'a, b', 'ký', '<b>', "'", 'Quyết định: điều động', '@nơi', 'nt 3');
const words = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));
const day = fc.integer({ min: 1, max: 28 }).map((date) => `2026-10-${String(date).padStart(2, '0')}`);

const arrivals = fc.array(
  fc.record({
    arrivedOn: day,
    issuerName: words,
    codeNumber: fc.constantFrom('1', '05', '123', '7-CV', ''),
    codeNotation: fc.constantFrom('SNV-VP', '2026/NĐ-CP', 'TU', 'QĐ-UBND'),
    issuedDate: fc.option(fc.constant('2026-09-30')),
    typeName: fc.constantFrom('Công văn', 'Báo cáo', 'Thư lạ'),
    subject: words,
    holders: fc.option(words, { nil: '' }),
    description: fc.option(words, { nil: '' }),
  }),
  { minLength: 1, maxLength: 12 },
);

test('a register of received documents that the program printed, as CSV or XLSX, gives the same columns in an empty station', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, fc.constantFrom('csv' as const, 'xlsx' as const), async (rows, format) => {
      const first = await emptyStation();
      for (const row of rows) {
        const fields = { ...row, place: '', issuerOrganId: '', signerName: '', signerPosition: '', signerCompetence: '', urgency: 0, dueDate: null, language: '', pageAmount: null };
        await mustOf(first)('intake', 'addIncoming', { fields, source: 'paper', files: [], register: true });
      }
      const second = await emptyStation();
      const { name, bytes } = await printed(first, 'incoming', format);
      const { done } = await imported(second, await questionOf(second, name, bytes, { year: 2026 }));
      expect(done).toMatchObject({ added: rows.length, bad: 0 });
      expect(await csvOf(second, 'incoming')).toBe(await csvOf(first, 'incoming'));
    }),
    { numRuns: 12 },
  );
});

const issues = fc.array(
  fc.record({ kind: fc.constantFrom('QĐ', 'BC', 'KH'), subject: words, signer: words, places: words, keep: words, amount: fc.integer({ min: 1, max: 99 }), moved: fc.constantFrom('', '2/3/2023', 'cả tuần'), by: fc.constantFrom('', 'Hoa'), note: words }),
  { minLength: 1, maxLength: 12 },
);

test('so does one of issued documents', async () => {
  await fc.assert(
    fc.asyncProperty(issues, fc.constantFrom('csv' as const, 'xlsx' as const), async (rows, format) => {
      const lines = rows.map(({ kind, subject, signer, places, keep, amount, moved, by, note }, at) => [`${String(at + 1).padStart(2, '0')}/${kind}-UBND`, '05/02/2023', subject, signer, places, keep, String(amount), moved, by, note]);
      const first = await emptyStation();
      await imported(first, await questionOf(first, 'so-di-2023.xlsx', madeWorkbook([{ name: 'Năm 2023', rows: [issueHeads, ...lines] }])));
      const second = await emptyStation();
      const { name, bytes } = await printed(first, 'outgoing', format);
      const { done } = await imported(second, await questionOf(second, name, bytes, { year: 2023 }));
      expect(done).toMatchObject({ added: rows.length, bad: 0 });
      expect(await csvOf(second, 'outgoing')).toBe(await csvOf(first, 'outgoing'));
    }),
    {
      numRuns: 8,
      examples: [[[{ kind: 'QĐ', subject: 'ký', signer: 'ký', places: '- - Ông A; - Ông A.', keep: 'VT', amount: 1, moved: '', by: '', note: '' }], 'csv']],
    },
  );
});
