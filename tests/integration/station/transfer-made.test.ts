import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openManifest } from '../../../electron/services/transfer/index.ts';
import { driverOf } from '../../../electron/store/db.ts';
import { openStore, run, sql, type Store } from '../../../electron/store/index.ts';
import { putDocuments } from '../../bench/documents.ts';
import { exportOf, newProfile, roundTrip, textOf, tree, withProfile, type Profile } from '../../fakes/transfer/round-trip.ts';

async function filledBy(work: (store: Store) => Promise<void> | void): Promise<Profile> {
  const profile = newProfile();
  await withProfile(profile, () => Promise.resolve());
  const opened = openStore({ folder: profile.folder, key: Buffer.from(profile.keyHex, 'hex'), programVersion: '0.1.0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  await work(opened.value);
  opened.value.close();
  return profile;
}

async function expectSame(profile: Profile, kind: 'office' | 'practice' = 'office'): Promise<Readonly<Record<string, number>>> {
  const { exports: [first, second, third], counts } = await roundTrip(profile, kind);
  expect(tree(second)).toEqual(tree(first));
  expect(tree(third)).toEqual(tree(first));
  return counts;
}

test('registers of two thousand made-up documents with texts are the same after a round trip', async () => {
  const profile = await filledBy((store) => void putDocuments(store, { count: 2000 }));
  const counts = await expectSame(profile);
  expect((counts['incoming-documents'] ?? 0) + (counts['outgoing-documents'] ?? 0)).toBe(2000);
});

const text = fc.string({ unit: 'binary', maxLength: 40 }).map((one) => one.toWellFormed());

test('whatever was written into texts, structures and files is the same after a round trip', async () => {
  const record = fc.record({ name: text, note: text, json: fc.jsonValue(), bytes: fc.uint8Array({ maxLength: 3000 }), x: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0) });
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 25 }), async (records) => {
      const profile = await filledBy(async (store) => {
        const blobs = await Promise.all(records.map(({ bytes }) => store.blobs.put(bytes)));
        store.write((db) => {
          for (const [at, { name, note, json, x }] of records.entries()) {
            const id = `${String(at)} ${note}`;
            run(db, sql`INSERT INTO person (id, name, position, ordinal) VALUES (${id}, ${name}, ${note}, ${at})`);
            run(db, sql`INSERT INTO number_rules SELECT ${id}, id, ${note}, ${JSON.stringify(json)}, ${name}, '', '' FROM office`);
            run(db, sql`INSERT INTO printed_file VALUES (${id}, 'book', '', ${name}, ${note}, 'text/csv', ${blobs[at]?.size ?? 0}, ${blobs[at]?.sha256 ?? ''})`);
            run(
              db,
              sql`INSERT INTO incoming_document (id, state, arrived_at, document_id, issuer_organ_id, issuer_name, addressed_organ_id, code_number, code_notation, place, type_name, subject,
                    urgency, signer_name, signer_position, signer_competence, to_places)
                  VALUES (${id}, 'arrived', '', ${name}, '', ${note}, '', '', '', '', '', ${name}, 0, '', '', '', ${JSON.stringify([name, note])})`,
            );
            run(db, sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256) VALUES (${id}, ${id}, 0, ${name}, '', ${blobs[at]?.size ?? 0}, ${blobs[at]?.sha256 ?? ''})`);
            run(db, sql`INSERT INTO stamp_place VALUES (${id}, ${x}, ${-x})`);
          }
        });
      });
      expect(await expectSame(profile)).toMatchObject({ people: records.length, 'incoming-documents': records.length });
    }),
    { numRuns: 4 },
  );
});

test('a run of the directory that has not come to its end is not exported', async () => {
  const profile = await filledBy((store) => {
    store.write((db) => {
      driverOf(db).exec(`UPDATE agency SET until = 2 WHERE id = (SELECT MIN(id) FROM agency)`);
      run(
        db,
        sql`INSERT INTO agency (code, plain, name, other_names, level_one, kind, axis_id, parent_axis_id, mail, source, basis, inferred, listed, since)
            VALUES ('Z99', 'Z99', 'Cơ quan đang tới', '[]', 'Z99', 'agency', '', '', '', 'axis', '', 0, 1, 2)`,
      );
    });
  });
  const { exports: [first, , third], counts } = await roundTrip(profile);
  expect(tree(third)).toEqual(tree(first));
  expect(counts['agencies']).toBe(202);
  expect(textOf(first)).not.toContain('Z99');
  expect(textOf(first)).not.toContain('"until":2');
});

test('practice stays practice', async () => {
  const profile = newProfile();
  await withProfile(profile, (core) => core.dispatcher.answer('calendar', 'saveHours', { morningFrom: '08:00', morningTo: '12:00', afternoonFrom: '13:00', afternoonTo: '17:00' }, 'host'), 'practice');
  expect(await expectSame(profile, 'practice')).toMatchObject({ settings: 1, 'audit-entries': 1 });
  const { folder } = await withProfile(profile, (core) => exportOf(core));
  const manifest = openManifest(folder);
  expect(manifest).toMatchObject({ ok: true, value: { head: { profileKind: 'practice' } } });
});
