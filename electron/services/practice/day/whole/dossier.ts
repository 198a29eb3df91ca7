import type { OutgoingDetail } from '#contract';
import { vietnamDay } from '../../../../foundation/clock.ts';
import { answerOf, inWords, must, type Day } from '../day.ts';
import { keepPrinted } from './prints.ts';
import type { Desks } from './roles.ts';
import type { SignedArrival } from './signed-arrivals.ts';
import { judged } from './verdicts.ts';

const symbol = 'KTHTĐT';
const basis = 'TT 10/2022/TT-BNV, nhóm 3 (luyện tập)';

/** The file plan of the year is issued, a dossier opened from it with the whole exchange of letters, and closed. Answers its id. */
export async function closeDossier(day: Day, desks: Desks, came: SignedArrival, ours: readonly OutgoingDetail[]): Promise<string> {
  day.chapter('Danh mục hồ sơ, lập hồ sơ công việc và đóng hồ sơ');
  await desks.sit('archivist');
  const { dossiers } = day.client;
  const today = vietnamDay(day.clock.now());
  const year = Number(today.slice(0, 4));
  const officer = desks.person('officer');
  const maker = { unit: officer.unit, unitName: officer.unitName, person: officer.id, personName: officer.name };
  const retention = { kind: 'permanent' as const, years: null, basis, scheduleRow: null };
  let plan = must(await dossiers.createPlan({ year, numbering: 'whole', note: 'Luyện tập', copyFrom: null }));
  plan = must(await dossiers.saveHeading({ id: plan.id, version: plan.version, heading: null, fields: { parent: null, symbol, title: 'Tài liệu về kinh tế, hạ tầng và đô thị' }, reason: '' }));
  const heading = plan.headings[0]?.id ?? '';
  plan = must(await dossiers.saveEntry({ id: plan.id, version: plan.version, entry: null, fields: { heading, number: null, title: `Hồ sơ kiểm kê tài sản công năm ${String(year)}`, retention, maker, note: '' }, reason: '' }));
  plan = must(await dossiers.approvePlan({ id: plan.id, version: plan.version, decisionNumber: '01/QĐ-UBND', decisionDate: today, approver: desks.person('leader').name }));
  const entry = plan.entries[0];
  day.check('Danh mục hồ sơ của năm được duyệt', plan.state === 'approved' && entry !== undefined, entry === undefined ? '—' : `${entry.notation} ${entry.title}`);
  await keepPrinted(day, 'in-an/danh-muc-ho-so.pdf', must(await dossiers.makePlan({ plan: plan.id, format: 'pdf' })));

  for (const { id } of [came, ...ours]) await judged(day, id);
  await desks.sit('officer');
  const suggested = must(await dossiers.suggest({ document: came.id }));
  day.say(`  Gợi ý nơi lập hồ sơ cho ${came.code}: ${suggested.map(({ notation, title }) => `${notation} ${title}`).join('; ') || 'chưa có'}`);
  const begun = must(await dossiers.prefill({ as: 'document', document: came.id, entry: entry?.id ?? null }));
  const documents = [...begun.documents];
  for (const { id } of ours) if (!documents.some((one) => one.id === id)) documents.push({ kind: 'outgoing', id });
  const opened = must(await dossiers.open({ entry: begun.entry, fields: { ...begun.fields, retention: begun.fields.retention.basis === '' ? retention : begun.fields.retention, maker }, documents }));
  day.check('Hồ sơ có văn bản đến, văn bản trả lời và kế hoạch', opened.members === 1 + ours.length, `${String(opened.members)} văn bản`);
  const again = must(await dossiers.addDocuments({ dossier: opened.id, documents: [{ kind: 'incoming', id: came.id }] }));
  day.check('Văn bản đã có trong hồ sơ không bị thêm lần hai', again.added === 0 && again.already === 1, `thêm ${String(again.added)}, đã có ${String(again.already)}`);

  const remarks = must(await dossiers.check({ id: opened.id, endDate: today }));
  for (const { code, params } of remarks) day.say(`  Lưu ý khi đóng: ${code} ${JSON.stringify(params)}`);
  if (remarks.length > 0) {
    const unseen = await dossiers.close({ id: opened.id, version: again.dossier.version, endDate: today, seen: [] });
    day.check('Chưa xem lưu ý thì chưa đóng được', answerOf(unseen) === 'remarks-unseen', inWords(answerOf(unseen)));
  }
  const closed = must(await dossiers.close({ id: opened.id, version: again.dossier.version, endDate: today, seen: remarks.map(({ key }) => key) }));
  const late = await dossiers.addDocuments({ dossier: closed.id, documents: [{ kind: 'incoming', id: came.id }] });
  day.check('Hồ sơ đã đóng không sửa được nữa', closed.state === 'closed' && !late.ok, inWords(answerOf(late)));
  for (const format of ['pdf', 'xlsx'] as const) await keepPrinted(day, `in-an/muc-luc-van-ban-trong-ho-so.${format}`, must(await dossiers.makeDocumentList({ dossier: closed.id, format })));
  return closed.id;
}
