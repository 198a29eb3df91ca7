import type { Client, DossierMember } from '#contract';
import { vietnamDay } from '../../../../foundation/clock.ts';
import { practiceAgency, practiceArchive, practiceArchivist } from '../../practice-office.ts';
import { countText, must, safeName, type Day } from '../day.ts';
import { keepPrinted } from './prints.ts';
import type { Desks } from './roles.ts';
import type { WholeDay } from './whole-day.ts';

const aspectWords = { passed: 'đạt', failed: 'không đạt', unsure: 'chưa kết luận' } as const;

/**
 * The closed dossier is packaged as TT 05/2025 wants it, carried to the archive's own profile, checked and taken over there; the
 * minutes come back, and what the archive holds is what was given.
 */
export async function handOver(day: Day, whole: WholeDay, desks: Desks, dossier: string): Promise<void> {
  day.chapter('Nộp lưu: đóng gói, bàn giao, tiếp nhận ở hồ sơ thứ hai, biên bản');
  await desks.sit('archivist');
  const { handover, dossiers } = day.client;
  const today = vietnamDay(day.clock.now());
  const giver = { name: desks.person('archivist').name, position: 'Công chức văn thư, lưu trữ' };
  const taker = { name: practiceArchivist, position: 'Lưu trữ viên' };
  const frame = { title: 'Hồ sơ của Ủy ban nhân dân phường Luyện Tập', agreement: '01.LT.1', turn: 1, giver, taker, media: '01 ổ cứng di động, tình trạng tốt', note: '' };
  const made = must(await handover.make({ fields: { ...frame, archive: practiceArchive }, dossiers: [dossier] }));
  const { batch, remarks } = must(await handover.check({ id: made.id, version: made.version }));
  for (const { code, stops, params } of remarks) day.say(`  ${stops ? 'Phải sửa' : 'Lưu ý'}: ${code} ${JSON.stringify(params)}`);
  day.check('Kiểm tra trước khi đóng gói: không có gì phải dừng', remarks.every(({ stops }) => !stops), `${String(remarks.length)} lưu ý`);
  const packaged = must(await handover.package({ id: batch.id, version: batch.version, seen: remarks.map(({ key }) => key), output: 'zip', drive: null }));
  const names = await whole.carry(packaged.folder);
  day.check('Mỗi hồ sơ thành một gói tin', packaged.built === 1 && names.length === 1, names.join(', '));
  const handed = must(await handover.hand({ id: packaged.id, version: packaged.version, day: today }));
  await keepPrinted(day, 'nop-luu/muc-luc-ho-so-nop-luu.pdf', must(await handover.makeList({ id: handed.id, retention: 'permanent', format: 'pdf' })));
  await keepPrinted(day, 'nop-luu/muc-luc-ho-so-nop-luu.xlsx', must(await handover.makeList({ id: handed.id, retention: 'permanent', format: 'xlsx' })));

  const there = whole.archive.client;
  // The archive believes the practice root as the ward does, in its own practice profile.
  must(await there.signingSettings.addAnchor({ certificate: Buffer.from(whole.root.der).toString('base64'), sha256: whole.root.sha256, reason: 'Gốc của ngày luyện tập' }));
  const begun = must(await there.handover.startReceipt({ fields: { ...frame, sender: practiceAgency, registered: 1 } }));
  const taken = must(await there.handover.takeIn({ id: begun.id, drive: null }));
  const [received] = must(await there.handover.packages({ receipt: taken.id, after: 0, limit: 10 }));
  const aspects = received === undefined ? '—' : `xác thực ${aspectWords[received.authenticity]}, toàn vẹn ${aspectWords[received.integrity]}, khả dụng ${aspectWords[received.readability]}`;
  // Without OpenSSL nobody says whether the certificates are still good.
  const authenticity = whole.tsa === '' ? 'unsure' : 'passed';
  day.check('Nơi nhận kiểm tra gói tin', received?.integrity === 'passed' && received.readability === 'passed' && received.authenticity === authenticity, aspects);
  const decided = must(await there.handover.decide({ id: taken.id, version: taken.version, packages: null, decision: null, reason: '' }));
  const done = must(await there.handover.conclude({ id: decided.id, version: decided.version, number: '01/BB-TTLT', archive: true }));
  day.check('Lưu trữ lịch sử tiếp nhận và ghi biên bản', done.totals.accepted === 1, countText(done.totals.accepted, 1));
  for (const format of ['pdf', 'json'] as const) {
    const printed = must(await there.handover.makeReceiptMinutes({ id: done.id, format }));
    day.keep(`nop-luu/bien-ban-ben-nhan.${format}`, await whole.archive.readFile(printed.id));
  }

  const minutes = must(await there.handover.makeReceiptMinutes({ id: done.id, format: 'json' }));
  const bytes = await whole.archive.readFile(minutes.id);
  const answered = must(await handover.importMinutes({ file: { name: 'bien-ban.json', mediaType: 'application/json', ...(await day.storeFile(bytes)) } }));
  const given = must(await dossiers.get({ id: dossier }));
  day.check('Biên bản về tới nơi nộp: hồ sơ đã nộp lưu', answered.state === 'accepted' && given.handedOverAt !== null, `biên bản ${answered.minutesNumber}`);
  await keepPrinted(day, 'nop-luu/bien-ban-ben-giao.pdf', must(await handover.makeMinutes({ id: answered.id, format: 'pdf' })));

  const [after] = must(await there.handover.packages({ receipt: done.id, after: 0, limit: 10 }));
  const mine = await hashesOf(day.client, dossier);
  const theirs = after?.dossier == null ? [] : await hashesOf(there, after.dossier);
  day.check('Tệp ở nơi nhận trùng từng byte với tệp đã nộp', mine.length > 0 && mine.join() === theirs.join(), `${countText(theirs.filter((hash) => mine.includes(hash)).length, mine.length)} tệp`);
  const chain = must(await there.audit.verify({}));
  day.check('Chuỗi nhật ký của nơi nhận nguyên vẹn', chain.brokenAt === null, `${String(chain.entries)} mục`);
  day.say(`  Gói tin: ${names.map(safeName).join(', ')}`);
}

async function hashesOf(client: Client, dossier: string): Promise<readonly string[]> {
  const { items } = must(await client.dossiers.members({ dossier, after: 0, limit: 1000 }));
  return items.flatMap(({ files }: DossierMember) => files.map(({ sha256 }) => sha256));
}
