import { expect, test } from 'vitest';
import { sentDocuments } from '../../../electron/services/exchange/recipients.store.ts';
import { boardItems } from '../../../electron/services/records/handling/board.store.ts';
import { removeImported } from '../../../electron/services/records/imported/write.store.ts';
import { findIncoming, getIncoming } from '../../../electron/services/records/incoming.store.ts';
import { recordArrival } from '../../../electron/services/records/index.ts';
import { forerunnersOf } from '../../../electron/services/records/outgoing.store.ts';
import { run, sql, type WriteDb } from '../../../electron/store/index.ts';
import { arrival } from '../../bench/profile.ts';
import { scratchFolder, stepsOver, storeIn } from '../store/helpers.ts';

test('a received document is found by its number and notation without reading the register', () => {
  const steps = stepsOver('incoming_document', (db) => findIncoming(db, { documentId: '', code: '123/BNV-VP' }));
  expect(steps).toEqual([expect.stringContaining('SEARCH incoming_document USING INDEX incoming_document_code')]);
});

test.each(['number_entry', 'incoming_document', 'outgoing_document', 'intake_file', 'evidence_file', 'dossier_member'])(
  'an old register is taken out again without reading all of %s for each document that goes',
  (table) => {
    const steps = stepsOver(table, (db) => removeImported(db, 'x', 100));
    expect(steps).not.toEqual([]);
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
  },
);

const board = { today: '2026-11-20', soonUntil: '2026-11-25', certain: true, calendar: { marks: new Map(), knownYears: new Set([2026]), hours: { morningFrom: '', morningTo: '', afternoonFrom: '', afternoonTo: '' } }, counted: new Map() };
const asked: [what: string, table: string, work: (db: WriteDb) => unknown][] = [
  ['what a received document replaces', 'incoming_document', (db) => getIncoming(db, 'x')],
  ['what a document of ours replaces', 'outgoing_document', (db) => forerunnersOf(db, 'x')],
  ['a person who goes', 'incoming_document', (db) => { run(db, sql`DELETE FROM person WHERE id = 'x'`); }],
  ['a person who goes', 'handling_step', (db) => { run(db, sql`DELETE FROM person WHERE id = 'x'`); }],
  ['a unit that goes', 'assignment', (db) => { run(db, sql`DELETE FROM unit WHERE id = 'x'`); }],
  ['a unit that goes', 'outgoing_document', (db) => { run(db, sql`DELETE FROM unit WHERE id = 'x'`); }],
  ['what was sent', 'outgoing_document', (db) => sentDocuments(db, { documents: null, before: null, limit: 100 })],
  ['what was sent', 'recipient', (db) => sentDocuments(db, { documents: null, before: null, limit: 100 })],
  ...(['overdue', 'soon', 'later', 'undated'] as const).map((which): (typeof asked)[number] => [
    `work on a board, ${which}`, 'assignment', (db) => boardItems(db, board, { by: 'unit', key: null, which, after: null, limit: 100 }),
  ]),
];
test.each(asked)('%s: %s is not read through', (_what, table, work) => {
  const steps = stepsOver(table, work);
  expect(steps).not.toEqual([]);
  // Of that index every row is what is asked for.
  expect(steps.filter((step) => step.startsWith('SCAN') && !step.endsWith('assignment_undated'))).toEqual([]);
});

test.each([
  ['123', 'BNV-VP'],
  ['7', 'QĐ/UBND-VP'],
  ['7/2026', 'QĐ-UBND'],
  ['', 'BNV-VP'],
])('wherever the stroke stands between "%s" and "%s", and in them: found, and no other', (codeNumber, codeNotation) => {
  const store = storeIn(scratchFolder());
  const [id] = store.write((db) =>
    [{ codeNumber, codeNotation }, { codeNumber: '123', codeNotation: 'BNV' }].map((code, n) => recordArrival(db, { ...arrival(n + 1), ...code }, () => undefined, 'UBND')),
  );
  const found = findIncoming(store.read, { documentId: '', code: `${codeNumber}/${codeNotation}` });
  expect(found.map((one) => one.id)).toEqual([id]);
});
