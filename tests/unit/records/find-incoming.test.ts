import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findIncoming, insertArrival, type Arrival } from '../../../electron/services/records/index.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const arrival: Arrival = {
  arrivedAt: '2026-11-22T01:00:00.000Z', documentId: 'G09,2026,1', issuer: { organId: 'G09', name: 'Bộ Nội vụ' }, addressedOrganId: 'H29.99', codeNumber: '1', codeNotation: 'BNV-VP', issuedDate: '2026-11-20', place: '',
  typeName: 'Công văn', subject: 'x', urgency: 0, dueDate: null, signer: { name: '', position: '', competence: '' }, toPlaces: [], pageAmount: null, files: [],
};

test('a message of the axis speaks of the document that came over it, though the same came as a file later', () => {
  const store = storeIn(join(scratchFolder(), 'profile'));
  const [first, overAxis, asFile] = store.write((db) => [insertArrival(db, arrival, 'file'), insertArrival(db, arrival, 'axis'), insertArrival(db, arrival, 'file')]);
  for (const about of [{ documentId: 'G09,2026,1', code: '' }, { documentId: '', code: '1/BNV-VP' }]) expect(findIncoming(store.read, about).map(({ id }) => id)).toEqual([overAxis, asFile, first]);
  store.close();
});
