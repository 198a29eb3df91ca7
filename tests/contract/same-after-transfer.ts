import { expect } from 'vitest';
import { all, openStore, sql } from '../../electron/store/index.ts';
import { roundTrip, textOf, tree, withProfile, type Profile } from '../fakes/transfer/round-trip.ts';

/** Kinds of records that come from the axis or from a hand that the commands do not have. */
const fromElsewhere = ['arrival-marks', 'axis-calls', 'deadline-rules', 'inbox-withheld', 'incoming-answers', 'number-gaps', 'outgoing-answers', 'people-before', 'recipient-statuses', 'unit-names'];

/** A station in which every command was called goes out whole and comes into an empty one, and nothing differs. */
export async function expectSameAfterTransfer(profile: Profile): Promise<void> {
  const { exports: [first, second, third], filled, counts } = await roundTrip(profile);
  expect(tree(second), 'an unchanged station gives the same bytes again').toEqual(tree(first));
  expect(tree(third), 'and so does the one that was filled from them').toEqual(tree(first));
  expect(Object.keys(counts).filter((kind) => counts[kind] === 0).filter((kind) => !fromElsewhere.includes(kind)), 'kinds without a record').toEqual([]);

  const text = textOf(first);
  expect(text).not.toMatch(/rất bí mật/i);
  expect(text).not.toContain(Buffer.from('rất bí mật', 'utf8').toString('latin1'));
  const opened = openStore({ folder: profile.folder, key: Buffer.from(profile.keyHex, 'hex'), programVersion: '0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  const passwords = all<{ secret: string }>(
    opened.value.read,
    sql`SELECT hex(hash) AS secret FROM account UNION SELECT hex(salt) FROM account UNION SELECT hex(hash) FROM former_password`,
  );
  opened.value.close();
  expect(passwords.length).toBeGreaterThan(2);
  for (const { secret } of passwords) {
    expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
    expect(text).not.toContain(Buffer.from(secret, 'hex').toString('base64'));
  }

  expect(sumsOf(filled), 'sums that the lists show').toEqual(sumsOf(profile));
  await withProfile(filled, async ({ dispatcher }) => {
    expect(await dispatcher.answer('audit', 'verify', {}, 'host')).toMatchObject({ ok: true, value: { brokenAt: null } });
    const session = await dispatcher.answer('people', 'session', {}, 'own-window');
    expect(session, 'the doors are as closed as before').toMatchObject({ ok: true, value: { state: 'signed-out' } });
  });
}

/** What is not exported as it is counted from the registers. */
function sumsOf(profile: Profile): unknown[] {
  const opened = openStore({ folder: profile.folder, key: Buffer.from(profile.keyHex, 'hex'), programVersion: '0', mayCreate: false });
  if (!opened.ok) throw new Error(opened.failure.code);
  const sums = all(
    opened.value.read,
    sql`SELECT what, of, n FROM kept_count WHERE n <> 0 UNION ALL SELECT 'incoming', standing, n FROM incoming_count WHERE n <> 0 UNION ALL SELECT 'outgoing', state, n FROM outgoing_count WHERE n <> 0
        ORDER BY 1, 2`,
  );
  opened.value.close();
  return sums;
}
