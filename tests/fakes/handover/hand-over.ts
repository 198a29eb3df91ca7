import type { BatchDetail, ReceiptDetail } from '#contract';
import { giver, taker, type Profile } from './profile.ts';

export const batchFields = {
  title: 'Hồ sơ, tài liệu của Ủy ban nhân dân phường Bến Nghé năm 2025',
  agreement: '01.BN.1.2026',
  turn: 1,
  archive: { name: taker.name, code: taker.organId },
  giver: { name: 'Phạm Thị Lưu Trữ', position: 'Công chức văn thư, lưu trữ' },
  taker: { name: 'Đỗ Văn Thu', position: 'Lưu trữ viên' },
  media: '01 ổ cứng di động, tình trạng tốt',
  note: '',
};

/** A batch of these dossiers that was checked, and packaged where `into` is. */
export async function packagedBatch(profile: Profile, dossiers: readonly string[], into: string, output: 'zip' | 'folder' = 'zip'): Promise<BatchDetail> {
  const made = await profile.must('handover', 'make', { fields: batchFields, dossiers: [...dossiers] });
  const { batch, remarks } = await profile.must('handover', 'check', { id: made.id, version: made.version });
  const stopping = remarks.filter(({ stops }) => stops);
  if (stopping.length > 0) throw new Error(`the check found what stops it: ${JSON.stringify(stopping.slice(0, 5))}`);
  const packaged = await profile.core.handover.packageTo({ id: batch.id, version: batch.version, seen: remarks.map(({ key }) => key), folder: into, output });
  if (!packaged.ok) throw new Error(JSON.stringify(packaged.failure));
  return packaged.value;
}

/** A receipt of what lies in a folder, checked and not decided. */
export async function takenIn(profile: Profile, folder: string, registered: number | null): Promise<ReceiptDetail> {
  const { archive: _, ...frame } = batchFields;
  const begun = await profile.must('handover', 'startReceipt', { fields: { ...frame, sender: { name: giver.name, code: giver.organId }, registered } });
  const taken = await profile.core.handover.takeFrom(begun.id, [folder]);
  if (!taken.ok) throw new Error(JSON.stringify(taken.failure));
  return taken.value;
}

/** Decides by what was found, takes it into the holdings, and answers with the minutes as a file. */
export async function concluded(profile: Profile, receipt: ReceiptDetail, number = '01/BB-TTLT', archive = false): Promise<{ readonly receipt: ReceiptDetail; readonly minutes: Buffer }> {
  const decided = await profile.must('handover', 'decide', { id: receipt.id, version: receipt.version, packages: null, decision: null, reason: '' });
  const done = await profile.must('handover', 'conclude', { id: decided.id, version: decided.version, number, archive });
  const printed = await profile.must('handover', 'makeReceiptMinutes', { id: done.id, format: 'json' });
  return { receipt: done, minutes: await profile.file(printed.id) };
}
