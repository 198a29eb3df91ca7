import { expect, test } from 'vitest';
import { all, changeOne, sql } from '../../../electron/store/index.ts';
import { must, openDossiers } from './office.ts';

const outgoing = (id: string): { readonly kind: 'outgoing'; readonly id: string } => ({ kind: 'outgoing', id });

test('a document that comes between others leaves their rows as they are; where there is no room left, all are spread, and the order holds', async () => {
  const { dossiers, issued, open, store } = openDossiers();
  const day = (n: number): string => `2026-01-${String(n).padStart(2, '0')}`;
  const ends = [await issued({ issuedDate: day(1) }), await issued({ issuedDate: day(28) })];
  const made = await open({}, ends.map(outgoing));
  const rows = (): readonly { readonly id: string; readonly ordinal: number }[] => all(store.read, sql`SELECT id, ordinal FROM dossier_member WHERE dossier = ${made.id} ORDER BY ordinal`);
  const before = rows();
  await must(dossiers.addDocuments({ dossier: made.id, documents: [outgoing(await issued({ issuedDate: day(10) }))] }));
  const after = rows();
  expect([after[0], after[2]]).toEqual(before);
  // No room: neighbours as in a dossier that was filled before there was any.
  store.write((db) => {
    for (const [at, { id }] of after.entries()) changeOne(db, sql`UPDATE dossier_member SET ordinal = ${at + 1} WHERE id = ${id}`);
  });
  await must(dossiers.addDocuments({ dossier: made.id, documents: [outgoing(await issued({ issuedDate: day(5) })), outgoing(await issued({ issuedDate: day(20) }))] }));
  const { items } = await must(dossiers.members({ dossier: made.id, after: 0, limit: 10 }));
  expect(items.map(({ ordinal, issuedDate }) => [ordinal, issuedDate])).toEqual([1, 5, 10, 20, 28].map((n, at) => [at + 1, day(n)]));
  expect((await must(dossiers.members({ dossier: made.id, after: 3, limit: 10 }))).items.map(({ ordinal }) => ordinal)).toEqual([4, 5]);
});

test('pages and days of a dossier are those of its members, whatever came, went or was put right in the registers', async () => {
  const { dossiers, arrive, open, store } = openDossiers();
  const first = await arrive({ issuedDate: '2026-03-05' });
  const made = await open({}, [{ kind: 'incoming', id: first }]);
  const now = async (): Promise<unknown> => {
    const { pages, firstDay, lastDay } = await must(dossiers.get({ id: made.id }));
    return [pages, firstDay, lastDay];
  };
  expect(await now()).toEqual([2, '2026-03-05', '2026-03-05']);
  const second = await arrive({ issuedDate: '2026-05-01', pageAmount: 7 });
  const added = await must(dossiers.addDocuments({ dossier: made.id, documents: [{ kind: 'incoming', id: second }] }));
  expect(added.dossier).toMatchObject({ pages: 9, firstDay: '2026-03-05', lastDay: '2026-05-01' });
  store.write((db) => {
    changeOne(db, sql`UPDATE incoming_document SET page_amount = 5, issued_date = '2026-02-01' WHERE id = ${second}`);
  });
  expect(await now()).toEqual([7, '2026-02-01', '2026-03-05']);
  const { items } = await must(dossiers.members({ dossier: made.id, after: 0, limit: 5 }));
  await must(dossiers.removeMembers({ id: made.id, version: added.dossier.version, members: [items.find(({ document }) => document === second)?.id ?? ''], reason: 'Nhầm' }));
  expect(await now()).toEqual([2, '2026-03-05', '2026-03-05']);
});
