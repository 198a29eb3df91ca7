import { randomBytes } from 'node:crypto';
import type { Arrival } from '../../electron/services/records/index.ts';
import { recordArrival } from '../../electron/services/records/index.ts';
import { queueStatusWith } from '../../electron/services/exchange/index.ts';
import { saveStation } from '../../electron/services/settings/index.ts';
import { openStore } from '../../electron/store/index.ts';
import { ministry, ownAgency } from '../fakes/station/messages.ts';

export type BenchProfile = { readonly folder: string; readonly key: Buffer };

/** The nth document as it would have come from the axis, without files. */
export function arrival(n: number): Arrival {
  return {
    arrivedAt: '2026-11-20T01:00:00.000Z',
    documentId: `${ministry.code},2026/11/20,${String(n)}/BNV-VP`,
    issuer: { organId: ministry.code, name: ministry.name },
    addressedOrganId: ownAgency.code,
    codeNumber: String(n),
    codeNotation: 'BNV-VP',
    issuedDate: '2026-11-20',
    place: 'Hà Nội',
    typeName: 'Công văn',
    subject: `V/v hướng dẫn công tác văn thư, lưu trữ và lập hồ sơ điện tử trong các cơ quan hành chính, đợt ${String(n)}`,
    urgency: n % 4,
    dueDate: '2026-12-05',
    signer: { name: 'Nguyễn Văn A', position: 'THỨ TRƯỞNG', competence: 'KT. BỘ TRƯỞNG' },
    toPlaces: ['Như trên', 'Lưu: VT'],
    pageAmount: 2,
    files: [],
  };
}

/** A closed profile that holds so many arrived documents. */
export function profileWithDocuments(folder: string, count: number): BenchProfile {
  const key = randomBytes(32);
  const opened = openStore({ folder, key, programVersion: '0.1.0', mayCreate: true });
  if (!opened.ok) throw new Error(opened.failure.code);
  const store = opened.value;
  const queueStatus = queueStatusWith(() => undefined);
  store.write((db) => {
    saveStation(db, { agency: { organId: ownAgency.code, name: ownAgency.name }, operator: 'Trần Thị Văn Thư' }, '');
    for (let n = 1; n <= count; n += 1) recordArrival(db, arrival(n), queueStatus, ownAgency.name);
  });
  store.close();
  return { folder, key };
}
