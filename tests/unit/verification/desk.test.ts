import { beforeAll, expect, test } from 'vitest';
import { DeskPolicy, type Verdict } from '#contract';
import { deskDecision, noEvidence, usualDeskPolicy } from '../../../electron/services/verification/index.ts';
import { testPki } from '../../fakes/pki/pki.ts';
import { signedWith, verdictOn } from '../../integration/verification/world.ts';
import { bases } from '../foundation/pdf/make.ts';

const offline = { evidence: noEvidence };
const verdicts = new Map<string, Verdict>();
beforeAll(async () => {
  const pki = await testPki();
  const agency = signedWith(pki, { signer: 'agency' });
  verdicts.set('agency', await verdictOn(pki, agency, { expected: { budgetCode: '9057059' } }));
  verdicts.set('other', await verdictOn(pki, agency, { expected: { budgetCode: '1' } }));
  verdicts.set('nobody knows', await verdictOn(pki, agency));
  verdicts.set('person', await verdictOn(pki, signedWith(pki, { signer: 'leader' }), { expected: { names: ['Bộ Thử nghiệm'] } }));
  verdicts.set('offline', await verdictOn(pki, agency, { ...offline, expected: { budgetCode: '9057059' } }));
  verdicts.set('offline other', await verdictOn(pki, agency, { ...offline, expected: { budgetCode: '1' } }));
  verdicts.set('offline stranger', await verdictOn(pki, agency, { ...offline, anchors: new Map() }));
  verdicts.set('forged', await verdictOn(pki, signedWith(pki, { signer: 'clerk', messageDigest: Buffer.alloc(32) })));
  verdicts.set('stranger', await verdictOn(pki, signedWith(pki, { signer: 'forged' })));
  verdicts.set('none', await verdictOn(pki, bases()['table'] ?? Buffer.alloc(0)));
  verdicts.set('no pdf', await verdictOn(pki, Buffer.from('text')));
});

const strict: DeskPolicy = { failed: 'refuse', indeterminate: 'refuse', unchecked: 'ask', none: 'refuse', unknown: 'refuse', otherAgency: 'refuse', agencyUndetermined: 'ask', withoutAgency: 'refuse' };

test.each([
  ['agency', 'accept document-passed', 'accept document-passed'],
  ['offline', 'accept status-waits', 'ask status-waits'],
  ['offline other', 'ask other-agency', 'refuse other-agency'],
  ['offline stranger', 'ask document-undetermined', 'refuse document-undetermined'],
  ['other', 'ask other-agency', 'refuse other-agency'],
  ['nobody knows', 'accept document-passed', 'ask agency-unknown'],
  ['person', 'accept document-passed', 'refuse not-from-agency'],
  ['forged', 'ask document-failed', 'refuse document-failed'],
  ['stranger', 'ask document-undetermined', 'refuse document-undetermined'],
  ['none', 'ask no-signature', 'refuse no-signature'],
  ['no pdf', 'ask unreadable', 'refuse unreadable'],
])('%s: %s by the usual policy, %s by a strict one', (which, usual, severe) => {
  const verdict = verdicts.get(which);
  if (verdict === undefined) throw new Error(which);
  const told = (policy: DeskPolicy): string => Object.values(deskDecision(policy, verdict)).join(' ');
  expect([told(usualDeskPolicy), told(strict)]).toEqual([usual, severe]);
});

test('no policy can let in by itself what failed or could not be read', () => {
  expect(DeskPolicy.safeParse({ ...usualDeskPolicy, failed: 'accept' }).success).toBe(false);
  expect(DeskPolicy.safeParse({ ...usualDeskPolicy, unknown: 'accept' }).success).toBe(false);
  expect(DeskPolicy.safeParse(usualDeskPolicy).success).toBe(true);
});
