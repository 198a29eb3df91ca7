import { expect, test } from 'vitest';
import { linkAnswer } from '../../../electron/services/records/index.ts';
import { changeOne, run, sql } from '../../../electron/store/index.ts';
import { must, openDossiers, people } from './office.ts';

const incoming = (id: string): { readonly kind: 'incoming'; readonly id: string } => ({ kind: 'incoming', id });
const outgoing = (id: string): { readonly kind: 'outgoing'; readonly id: string } => ({ kind: 'outgoing', id });

test('thirty gaps that were made on purpose are all told, each with its document, and a whole dossier has none', async () => {
  const office = openDossiers();
  const { dossiers, arrive, issued, open, store } = office;
  const gaps: [string, string][] = [];
  const documents: { readonly kind: 'incoming' | 'outgoing'; readonly id: string }[] = [];
  const done = (id: string): void => {
    store.write((db) => { changeOne(db, sql`UPDATE incoming_document SET stage = 'done', done_at = 'z', result = 'filed' WHERE id = ${id}`); });
  };
  const verdict = (id: string, state: string, indication: string, name = 'a.pdf'): void => {
    store.write((db) => {
      const hash = id.replaceAll('-', '').padEnd(64, 'a');
      run(db, sql`DELETE FROM incoming_file WHERE document = ${id}`);
      run(db, sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256) VALUES (${`f${id}`}, ${id}, 1, ${name}, 'application/pdf', 1, ${hash})`);
      run(db, sql`INSERT INTO file_verdict (id, content, at, online, state, indication, report) VALUES (${`v${id}`}, ${hash}, 'z', 0, ${state}, ${indication}, '{}')`);
      run(db, sql`UPDATE verification SET state = 'done', verdict = ${`v${id}`}, indication = ${indication} WHERE sha256 = ${hash}`);
    });
  };
  const good = async (facts: object = {}): Promise<string> => {
    const id = await arrive({ issuedDate: '2026-11-10', ...facts });
    done(id);
    verdict(id, 'signed', 'passed');
    documents.push(incoming(id));
    return id;
  };
  for (let at = 0; at < 3; at += 1) {
    const asked = await good({ dueDate: '2026-12-01' });
    store.write((db) => run(db, sql`UPDATE incoming_document SET result = NULL WHERE id = ${asked}`));
    gaps.push(['answer-missing', asked]);
    const open_ = await arrive({ issuedDate: '2026-11-10' });
    verdict(open_, 'signed', 'passed');
    documents.push(incoming(open_));
    gaps.push(['work-open', open_]);
    const annex = await good({ subject: `Báo cáo kết quả ${String(at)} (có danh sách kèm theo)` });
    gaps.push(['annex-missing', annex]);
    const unsigned = await good();
    store.write((db) => { run(db, sql`UPDATE file_verdict SET state = 'none', indication = 'indeterminate' WHERE id = ${`v${unsigned}`}`); });
    gaps.push(['unsigned', unsigned]);
    const failed = await good();
    store.write((db) => { run(db, sql`UPDATE file_verdict SET indication = 'failed' WHERE id = ${`v${failed}`}`); });
    gaps.push(['verdict-failed', failed]);
    const unsure = await good();
    store.write((db) => { run(db, sql`UPDATE file_verdict SET indication = 'indeterminate' WHERE id = ${`v${unsure}`}`); });
    gaps.push(['verdict-unsure', unsure]);
    const bare = await good();
    store.write((db) => { run(db, sql`DELETE FROM incoming_file WHERE document = ${bare}`); });
    gaps.push(['file-missing', bare]);
    const gone = await good();
    store.write((db) => { run(db, sql`UPDATE incoming_file SET destroyed_at = 'z' WHERE document = ${gone}`); });
    gaps.push(['file-destroyed', gone]);
    const nameless = await good();
    store.write((db) => { run(db, sql`UPDATE incoming_document SET code_number = '', code_notation = '', issued_date = NULL WHERE id = ${nameless}`); });
    gaps.push(['number-missing', nameless], ['date-missing', nameless]);
  }
  const asked = await good();
  const reply = await issued({ repliesTo: asked });
  gaps.push(['thread-missing', asked]);
  expect(gaps.length).toBeGreaterThanOrEqual(30);

  const made = await open({}, documents);
  const remarks = await must(dossiers.check({ id: made.id }));
  const { items } = await must(dossiers.members({ dossier: made.id, after: 0, limit: 100 }));
  const told = remarks.map(({ code, member }) => `${code} ${items.find(({ id }) => id === member)?.document ?? ''}`);
  for (const [code, document] of gaps) expect(told, code).toContain(`${code} ${document}`);
  expect(told).toHaveLength(gaps.length);
  expect(new Set(remarks.map(({ key }) => key)).size).toBe(remarks.length);
  expect(await must(dossiers.check({ id: made.id }))).toEqual(remarks);

  const whole = await open({}, [incoming(asked), outgoing(reply)]);
  expect(await must(dossiers.check({ id: whole.id }))).toEqual([]);
  expect((await must(dossiers.check({ id: whole.id, endDate: '2026-11-15' }))).map(({ code }) => code)).toEqual(['document-after-end']);
});

test('an empty dossier without maker and basis says so; the same content twice is told once; what is not issued is told', async () => {
  const { dossiers, arrive, issued, open, store } = openDossiers();
  const nobody = await open({ maker: { unit: null, unitName: '', person: null, personName: '' }, retention: { kind: 'years', years: 5, basis: '', scheduleRow: null } });
  expect((await must(dossiers.check({ id: nobody.id }))).map(({ code }) => code)).toEqual(['empty', 'maker-missing', 'basis-missing']);
  const [one, two] = [await issued({}, ['cùng']), await issued({}, ['cùng', 'riêng'])];
  const made = await open({ maker: { unit: people.finance, unitName: '', person: null, personName: '' } }, [outgoing(one), outgoing(two)]);
  expect(await must(dossiers.check({ id: made.id }))).toMatchObject([{ code: 'same-content', ordinal: 2, params: { name: 'cùng.txt', other: 1 } }]);
  store.write((db) => { run(db, sql`UPDATE outgoing_document SET state = 'voided', frozen_at = 'z' WHERE id = ${one}`); });
  expect((await must(dossiers.check({ id: made.id }))).map(({ code }) => code)).toContain('document-ended');
  const asked = await issued({ dueDate: '2026-12-01' }, ['hỏi']);
  const answer = await arrive({ issuedDate: '2026-11-25' });
  store.write((db) => { linkAnswer(db, answer, asked); });
  const chain = await open({}, [outgoing(asked)]);
  expect((await must(dossiers.check({ id: chain.id }))).map(({ code }) => code)).toEqual(['thread-missing']);
});
