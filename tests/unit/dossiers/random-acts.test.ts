import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DossierDetail } from '#contract';
import { all, sql } from '../../../electron/store/index.ts';
import { must, openDossiers } from './office.ts';

type Dossiers = ReturnType<typeof openDossiers>;
type Act = (office: Dossiers, dossier: DossierDetail, pick: number, documents: readonly string[]) => unknown;

const members = async ({ dossiers }: Dossiers, { id }: DossierDetail) => (await must(dossiers.members({ dossier: id, after: 0, limit: 100 }))).items;
const nth = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)];
const at = ({ id, version }: DossierDetail): { readonly id: string; readonly version: number } => ({ id, version });

/** Every act on a dossier, with what chance makes of it; those that its state does not allow must be refused. */
const acts: readonly (readonly [name: string, may: (dossier: DossierDetail) => boolean, act: Act])[] = [
  ['add', ({ state }) => state === 'open', ({ dossiers }, { id }, pick, documents) => dossiers.addDocuments({ dossier: id, documents: [{ kind: 'outgoing', id: nth(documents, pick) ?? '' }] })],
  ['move', ({ state, members: n }) => state === 'open' && n > 0, async (office, dossier, pick) => office.dossiers.moveMembers({ ...at(dossier), members: [nth(await members(office, dossier), pick)?.id ?? ''], to: 1 + (pick % 7) })],
  ['remove', ({ state, members: n }) => state === 'open' && n > 0, async (office, dossier, pick) => office.dossiers.removeMembers({ ...at(dossier), members: [nth(await members(office, dossier), pick)?.id ?? ''], reason: 'x' })],
  ['arrange', ({ state }) => state === 'open', ({ dossiers }, dossier, pick) => dossiers.arrange({ ...at(dossier), by: pick % 2 === 0 ? 'time' : 'hand' })],
  ['save', ({ state }) => state === 'open', ({ dossiers }, dossier, pick) => dossiers.save({ ...at(dossier), fields: { ...dossier.fields, startDate: null, endDate: null, title: `Hồ sơ ${String(pick)}` } })],
  ['close', ({ state }) => state === 'open', async ({ dossiers }, dossier) => dossiers.close({ ...at(dossier), endDate: '2026-12-31', seen: (await must(dossiers.check({ id: dossier.id, endDate: '2026-12-31' }))).map(({ key }) => key) })],
  ['reopen', ({ state }) => state === 'closed', ({ dossiers }, dossier) => dossiers.reopen({ ...at(dossier), reason: 'x' })],
  ['lock', ({ state }) => state === 'open' || state === 'closed', ({ dossiers }, dossier) => dossiers.lock({ ...at(dossier), reason: 'x' })],
  ['unlock', ({ state }) => state === 'locked', ({ dossiers }, dossier) => dossiers.unlock({ ...at(dossier), reason: 'x' })],
];

/** All that a dossier is, but for what tells its state. */
function body(office: Dossiers, id: string): unknown {
  const { read } = office.store;
  return [
    all(read, sql`SELECT title, notation, catalog, retention_years, arranged, member_total, start_date, end_date, plain FROM dossier WHERE id = ${id}`),
    all(read, sql`SELECT * FROM dossier_member WHERE dossier = ${id} ORDER BY id`),
  ];
}

test('whatever is done in whatever order: what a state does not allow is refused, places are 1 to n, a closed dossier stays as it is', async () => {
  const office = openDossiers();
  const documents = await Promise.all(['2026-11-03', '2026-11-01', '2026-11-05', '2026-11-02', '2026-11-04'].map((issuedDate) => office.issued({ issuedDate })));
  const steps = fc.array(fc.tuple(fc.nat(acts.length - 1), fc.nat(30)), { minLength: 5, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(steps, async (run) => {
      const { id } = await office.open();
      for (const [which, pick] of run) {
        const [name, may, act] = acts[which] ?? [];
        if (name === undefined || may === undefined || act === undefined) throw new Error('no such act');
        const before = await must(office.dossiers.get({ id }));
        const frozen = before.state === 'open' ? undefined : body(office, id);
        const outcome = (await act(office, before, pick, documents)) as { readonly ok: boolean; readonly failure?: { readonly code: string } };
        const context = `${name} in ${before.state} of ${JSON.stringify(run)}`;
        expect(outcome.ok, context).toBe(may(before));
        if (!outcome.ok) expect(['dossier-step', 'not-found'], context).toContain(outcome.failure?.code);
        const now = await must(office.dossiers.get({ id }));
        expect(now.version, context).toBe(before.version + (outcome.ok ? 1 : 0));
        if (frozen !== undefined) expect(body(office, id), context).toEqual(frozen);
        const listed = await members(office, now);
        expect(listed.map(({ ordinal }) => ordinal), context).toEqual(listed.map((_, index) => index + 1));
        expect(new Set(listed.map(({ document }) => document)).size, context).toBe(listed.length);
        expect(now.members, context).toBe(listed.length);
        if (now.arranged === 'time') expect(listed.map(({ issuedDate }) => issuedDate), context).toEqual(listed.map(({ issuedDate }) => issuedDate).toSorted());
      }
    }),
    { numRuns: 40, endOnFailure: true },
  );
});
