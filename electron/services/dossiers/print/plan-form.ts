import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf, type PlanDetail } from '#contract';
import { keepPrinted, printFacts, shownDay } from '../../records/index.ts';
import type { DossierDeps } from '../deps.ts';
import { getPlan, planHead } from '../plan/plan.store.ts';
import { shownRetention } from '../retention.ts';
import { annexBytes, figure, type AnnexForm } from './form-page.ts';

type Method = Contract['dossiers']['makePlan'];

/** Danh mục hồ sơ in the form of NĐ 30/2020 annex V part II. */
export async function makePlan(deps: DossierDeps, { plan: id, format }: InputOf<Method>): Promise<Outcome<OutputOf<Method>, CodeOf<Method>>> {
  const db = deps.store.read;
  const plan = getPlan(db, id);
  if (plan === undefined) return fail('not-found');
  if (plan.entries.length === 0) return fail('nothing-to-print');
  const facts = printFacts(db, deps.clock, planHead(db, id)?.office);
  const bytes = await annexBytes(deps, facts, formOf(plan), format);
  return ok(await keepPrinted(deps, facts, { kind: 'file-plan', name: `danh-muc-ho-so-${String(plan.year)}`, format, bytes, detail: { plan: id, year: plan.year, entries: plan.entryTotal } }));
}

function formOf(plan: PlanDetail): AnnexForm {
  const rows = plan.headings.flatMap((heading) => [
    ['', `${heading.mark}. ${heading.parent === null ? heading.title.toLocaleUpperCase('vi') : heading.title}`, '', '', ''],
    ...plan.entries
      .filter((entry) => entry.heading === heading.id)
      .map(({ notation, title, retention, maker, note, addedReason }) => [
        notation,
        title,
        shownRetention(retention),
        [maker.personName, maker.unitName].filter((part) => part !== '').join('\n'),
        [note, addedReason === '' ? '' : `Bổ sung: ${addedReason}`].filter((part) => part !== '').join('\n'),
      ]),
  ]);
  const term = plan.entryTotal - plan.permanentTotal;
  return {
    title: 'Danh mục hồ sơ',
    under: [
      `Năm ${String(plan.year)}`,
      plan.state === 'draft' ? '(Dự thảo)' : `(Ban hành kèm theo Quyết định số ${plan.decisionNumber} ngày ${shownDay(plan.decisionDate)})`,
    ],
    columns: [
      { head: 'Số và ký hiệu hồ sơ', share: 15, align: 'centre' },
      { head: 'Tên đề mục và tiêu đề hồ sơ', share: 42 },
      { head: 'Thời hạn bảo quản', share: 13, align: 'centre' },
      { head: 'Người lập hồ sơ', share: 18 },
      { head: 'Ghi chú', share: 14 },
    ],
    rows,
    totals: [
      `Bản Danh mục hồ sơ này có ${figure(plan.entryTotal)} hồ sơ, bao gồm:`,
      `${figure(plan.permanentTotal)} hồ sơ bảo quản vĩnh viễn;`,
      `${figure(term)} hồ sơ bảo quản có thời hạn.`,
    ],
    signers: [{ title: 'Quyền hạn, chức vụ của người ký', name: plan.approver }],
    sheet: `Năm ${String(plan.year)}`,
  };
}
