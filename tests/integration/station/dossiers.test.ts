import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { DossierDetail, DossierMember, PlanDetail, ToWindow } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { quietCore } from '../../fakes/station/day.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

const cores: Core[] = [];
afterEach(async () => {
  for (const core of cores.splice(0)) await core.close();
});

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

const retention = { kind: 'years', years: 20, basis: 'TT 10/2022/TT-BNV', scheduleRow: null };
const maker = { unit: null, unitName: 'Văn phòng', person: null, personName: '' };

test('a year begins: a plan is issued, a dossier opened from it, filled, closed and printed, all through the core, which tells the window and keeps it over a restart', async () => {
  const options = quietCore({ folder: `${scratchFolder()}/profile`, keyHex: randomBytes(32).toString('hex') });
  let core = await startCore(options);
  cores.push(core);
  const told: ToWindow[] = [];
  const window = core.dispatcher.converse((message) => told.push(message));
  window.receive({ kind: 'subscribe', id: 1, domain: 'dossiers', event: 'changed' }, 'own-window');
  const must = async <T>(domain: string, method: string, input: unknown): Promise<T> => {
    const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
    if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
    return outcome.value as T;
  };
  let plan = await must<PlanDetail>('dossiers', 'createPlan', { year: 2026, numbering: 'heading', note: '', copyFrom: null });
  plan = await must('dossiers', 'saveHeading', { id: plan.id, version: plan.version, heading: null, fields: { parent: null, symbol: 'VT', title: 'Văn thư' }, reason: '' });
  const entry = { heading: plan.headings[0]?.id, number: null, title: 'Tập lưu công văn đi', retention, maker, note: '' };
  plan = await must('dossiers', 'saveEntry', { id: plan.id, version: plan.version, entry: null, fields: entry, reason: '' });
  plan = await must('dossiers', 'approvePlan', { id: plan.id, version: plan.version, decisionNumber: '01/QĐ', decisionDate: '2026-01-05', approver: 'Chủ tịch' });
  const begun = await must<{ entry: string; fields: object }>('dossiers', 'prefill', { as: 'entry', entry: plan.entries[0]?.id });
  let dossier = await must<DossierDetail>('dossiers', 'open', { ...begun, documents: [] });
  expect(dossier).toMatchObject({ notation: '01.VT', retention: { years: 20 }, maker });

  const blob = await core.storeFile(bytes('biên bản họp'));
  const own = { typeName: 'Biên bản', codeNumber: '', codeNotation: '', issuedDate: '2026-03-01', issuerName: 'Văn phòng', subject: 'Biên bản họp', pageAmount: 1 };
  const file = { name: 'bien-ban.txt', mediaType: 'text/plain', ...blob };
  dossier = await must('dossiers', 'addFile', { dossier: dossier.id, file, fields: own, notes: { sheet: '01', note: '', origin: '01', autograph: '' } });
  const { items } = await must<{ items: DossierMember[] }>('dossiers', 'members', { dossier: dossier.id, after: 0, limit: 10 });
  const stored = await core.readFile(items[0]?.files[0]?.id ?? '', 0, 100);
  expect(stored.ok && Buffer.from(stored.value.bytes).toString('utf8')).toBe('biên bản họp');
  const damaged = await core.dispatcher.answer('dossiers', 'addFile', { dossier: dossier.id, file: { ...file, sha256: 'ab'.repeat(32) }, fields: own, notes: { sheet: '', note: '', origin: '01', autograph: '' } }, 'own-window');
  expect(damaged).toMatchObject({ ok: false, failure: { code: 'file-damaged' } });

  const remarks = await must<{ key: string }[]>('dossiers', 'check', { id: dossier.id, endDate: '2026-12-31' });
  expect(remarks).toEqual([]);
  dossier = await must('dossiers', 'close', { id: dossier.id, version: dossier.version, endDate: '2026-12-31', seen: [] });
  expect(dossier).toMatchObject({ state: 'closed', startDate: '2026-03-01', keepUntil: 2046 });
  const print = await must<{ id: string; kind: string }>('dossiers', 'makeDocumentList', { dossier: dossier.id, format: 'pdf' });
  expect(print.kind).toBe('dossier-documents');
  const pdf = await core.readFile(print.id, 0, 5);
  expect(pdf.ok && Buffer.from(pdf.value.bytes).toString('latin1')).toBe('%PDF-');
  expect(JSON.stringify(told)).toContain(`"dossiers":["${dossier.id}"]`);

  await core.close();
  cores.length = 0;
  core = await startCore(options);
  cores.push(core);
  expect(await must('dossiers', 'get', { id: dossier.id })).toEqual(dossier);
  expect(await must('audit', 'verify', {})).toMatchObject({ brokenAt: null });
});
