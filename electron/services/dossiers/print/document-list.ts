import { fail, ok, type CodeOf, type Contract, type DossierDetail, type DossierMember, type InputOf, type Outcome, type OutputOf } from '#contract';
import { keepPrinted, printFacts, shownDay } from '../../records/index.ts';
import { currentAsker, mayRead } from '../access/readers.store.ts';
import type { DossierDeps } from '../deps.ts';
import { dossierHead, getDossier } from '../dossier.store.ts';
import { everyMember } from '../members/members.store.ts';
import { shownRetention } from '../retention.ts';
import { annexBytes, figure, type AnnexForm } from './form-page.ts';

type Method = Contract['dossiers']['makeDocumentList'];
/** Mục lục văn bản, tài liệu trong hồ sơ (NĐ 30/2020 annex V part IV), made by the system from what the dossier holds. */
export async function makeDocumentList(deps: DossierDeps, { dossier: id, format }: InputOf<Method>): Promise<Outcome<OutputOf<Method>, CodeOf<Method>>> {
  const db = deps.store.read;
  const asker = currentAsker(db);
  const dossier = getDossier(db, id);
  if (dossier === undefined) return fail('not-found');
  if (!mayRead(db, asker, id)) return fail('no-access');
  const members = [...everyMember(db, id, asker)];
  if (members.length === 0) return fail('nothing-to-print');
  const facts = printFacts(db, deps.clock, dossierHead(db, id)?.office);
  const bytes = await annexBytes(deps, facts, formOf(dossier, members), format);
  const name = `muc-luc-van-ban-ho-so-${String(dossier.catalog)}-${dossier.notation}`;
  return ok(await keepPrinted(deps, facts, { kind: 'dossier-documents', name, format, bytes, detail: { dossier: id, documents: members.length } }));
}

function formOf(dossier: DossierDetail, members: readonly DossierMember[]): AnnexForm {
  const unread = members.filter(({ hidden }) => hidden).length;
  return {
    title: 'Mục lục văn bản, tài liệu trong hồ sơ',
    under: [`Số và ký hiệu hồ sơ: ${dossier.notation}, năm ${String(dossier.catalog)}`, dossier.title, `Thời hạn bảo quản: ${shownRetention(dossier.retention).toLocaleLowerCase('vi')}`],
    columns: [
      { head: 'STT', share: 9, align: 'centre' },
      { head: 'Số, ký hiệu văn bản', share: 18, align: 'centre' },
      { head: 'Ngày tháng năm văn bản', share: 17, align: 'centre' },
      { head: 'Tên loại và trích yếu nội dung văn bản', share: 37 },
      { head: 'Tác giả văn bản', share: 18 },
      { head: 'Tờ số/ Trang số', share: 12, align: 'centre' },
      { head: 'Ghi chú', share: 13 },
    ],
    rows: members.map(rowOf),
    totals: [
      `Mục lục này có ${figure(members.length)} văn bản, tài liệu${dossier.pages === 0 ? '' : `, ${figure(dossier.pages)} trang`}.`,
      ...(unread === 0 ? [] : [`Có ${figure(unread)} văn bản hạn chế quyền xem, chỉ ghi số thứ tự.`]),
    ],
    signers: [{ title: 'Người lập hồ sơ', name: dossier.maker.personName }],
    sheet: 'Mục lục văn bản',
  };
}

function rowOf(member: DossierMember): readonly string[] {
  if (member.hidden) return [String(member.ordinal), '', '', 'Hạn chế quyền xem', '', '', ''];
  const { ordinal, codeNumber, codeNotation, issuedDate, typeName, subject, issuerName, sheet, pageAmount, note, filesDestroyed } = member;
  const kind = typeName === '' || subject.toLocaleLowerCase('vi').startsWith(typeName.toLocaleLowerCase('vi')) ? subject : `${typeName}: ${subject}`;
  return [
    String(ordinal),
    [codeNumber, codeNotation].filter((part) => part !== '').join('/'),
    shownDay(issuedDate),
    kind,
    issuerName,
    sheet === '' ? (pageAmount === null ? '' : `${figure(pageAmount)} trang`) : sheet,
    [note, filesDestroyed ? 'Tệp đã hủy' : ''].filter((part) => part !== '').join('; '),
  ];
}
