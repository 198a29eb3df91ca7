import { expect, test } from 'vitest';
import { removeImported } from '../../../electron/services/records/imported/write.store.ts';
import { findIncoming } from '../../../electron/services/records/incoming.store.ts';
import { recordArrival } from '../../../electron/services/records/index.ts';
import { arrival } from '../../bench/profile.ts';
import { scratchFolder, stepsOver, storeIn } from '../store/helpers.ts';

test('a received document is found by its number and notation without reading the register', () => {
  const steps = stepsOver('incoming_document', (db) => findIncoming(db, { documentId: '', code: '123/BNV-VP' }));
  expect(steps).toEqual([expect.stringContaining('SEARCH incoming_document USING INDEX incoming_document_code')]);
});

test('an old register is taken out again without reading the book of numbers for each slice', () => {
  const steps = stepsOver('number_entry', (db) => removeImported(db, 'x', 100));
  expect(steps).not.toEqual([]);
  expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
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
