import { setImmediate as nextTurn } from 'node:timers/promises';
import { fail, ok, type CodeOf, type Contract, type DossierDetail, type InputOf, type Outcome, type OutputOf } from '#contract';
import { keepPrinted, printFacts, shownDay } from '../../records/index.ts';
import { currentAsker, mayRead } from '../access/readers.store.ts';
import type { DossierDeps } from '../deps.ts';
import { getDossier } from '../dossier.store.ts';
import { shownRetention } from '../retention.ts';
import { annexBytes, figure, type AnnexForm } from './form-page.ts';

type Method = Contract['dossiers']['makeDossierList'];

/** Dossiers that are read before others may have their turn. */
const slice = 200;

/**
 * Mục lục hồ sơ, tài liệu nộp lưu (NĐ 30/2020 annex V part III). Permanent dossiers and those with a term are two lists, so
 * of what is named only the dossiers of the asked kind are in it; the permanent list has no column for the term.
 */
export async function makeDossierList(deps: DossierDeps, { dossiers, retention, format }: InputOf<Method>): Promise<Outcome<OutputOf<Method>, CodeOf<Method>>> {
  const db = deps.store.read;
  const asker = currentAsker(db);
  const listed: DossierDetail[] = [];
  for (const [at, id] of [...new Set(dossiers)].entries()) {
    if (at % slice === slice - 1) await nextTurn();
    const dossier = getDossier(db, id);
    if (dossier === undefined || !mayRead(db, asker, id)) return fail('not-found');
    if (dossier.retention.kind === retention) listed.push(dossier);
  }
  if (listed.length === 0) return fail('nothing-to-print');
  listed.sort((a, b) => a.catalog - b.catalog || a.notation.localeCompare(b.notation, 'vi', { numeric: true }));
  const facts = printFacts(db, deps.clock);
  const bytes = await annexBytes(deps, facts, formOf(listed, retention === 'permanent'), format);
  const name = `muc-luc-ho-so-nop-luu-${retention === 'permanent' ? 'vinh-vien' : 'co-thoi-han'}`;
  return ok(await keepPrinted(deps, facts, { kind: 'dossier-list', name, format, bytes, detail: { retention, dossiers: listed.map(({ id }) => id) } }));
}

function formOf(dossiers: readonly DossierDetail[], permanent: boolean): AnnexForm {
  const term = permanent ? [] : [{ head: 'Thời hạn bảo quản', share: 14, align: 'centre' as const }];
  const pages = dossiers.reduce((sum, dossier) => sum + dossier.pages, 0);
  return {
    title: 'Mục lục hồ sơ, tài liệu nộp lưu',
    under: [permanent ? 'Hồ sơ bảo quản vĩnh viễn' : 'Hồ sơ bảo quản có thời hạn', yearsOf(dossiers)],
    columns: [
      { head: 'Số TT', share: 8, align: 'centre' },
      { head: 'Số, ký hiệu hồ sơ', share: 15, align: 'centre' },
      { head: 'Tiêu đề hồ sơ', share: 40 },
      { head: 'Thời gian tài liệu', share: 19, align: 'centre' },
      ...term,
      { head: 'Số tờ/ Số trang', share: 14, align: 'centre' },
      { head: 'Ghi chú', share: 12 },
    ],
    rows: dossiers.map((dossier, index) => [
      String(index + 1),
      dossier.notation,
      dossier.title,
      [shownDay(dossier.firstDay ?? dossier.startDate), shownDay(dossier.lastDay ?? dossier.endDate)].filter((day) => day !== '').join(' –\n'),
      ...(permanent ? [] : [shownRetention(dossier.retention)]),
      [dossier.fields.paperSheets === null ? '' : `${figure(dossier.fields.paperSheets)} tờ`, dossier.pages === 0 ? '' : `${figure(dossier.pages)} trang`].filter((part) => part !== '').join('\n'),
      dossier.fields.description.slice(0, 120),
    ]),
    totals: [`Mục lục này gồm ${figure(dossiers.length)} hồ sơ, ${figure(dossiers.reduce((sum, { members }) => sum + members, 0))} văn bản, tài liệu${pages === 0 ? '' : `, ${figure(pages)} trang`}.`],
    signers: [{ title: 'Người nộp', name: '' }, { title: 'Người nhận', name: '' }],
    sheet: permanent ? 'Vĩnh viễn' : 'Có thời hạn',
  };
}

function yearsOf(dossiers: readonly DossierDetail[]): string {
  const years = [...new Set(dossiers.map(({ catalog }) => catalog))];
  const [first = 0] = years;
  const last = years.at(-1) ?? first;
  return first === last ? `Năm ${String(first)}` : `Năm ${String(first)} – ${String(last)}`;
}
