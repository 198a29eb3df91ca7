import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { verificationThreads, type VerificationOptions, type VerificationThreads } from '../../../electron/hosts/threads/verification-threads.ts';
import { systemClock } from '../../../electron/foundation/clock.ts';
import { httpClient } from '../../../electron/platform/http/client.ts';
import { memoryCache } from '../../../electron/services/trust/index.ts';
import { clientEvidence, noEvidence } from '../../../electron/services/verification/index.ts';
import { makeCrl } from '../../fakes/pki/make.ts';
import { testPki, type TestPki } from '../../fakes/pki/pki.ts';
import { startPkiServers } from '../../fakes/pki/servers.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { issuers, short, signedWith, verdictOn } from './world.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await testPki();
});
const running: VerificationThreads[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

type Incident = readonly [why: string, detail: string];
function threads(more: Partial<VerificationOptions> = {}): { readonly verify: VerificationThreads['verify']; readonly stop: () => Promise<void>; readonly incidents: Incident[] } {
  const incidents: Incident[] = [];
  const made = verificationThreads({
    anchors: pki.anchors('g1root', 'g2root'),
    edition: 'test',
    certificates: issuers.map((id) => pki.der(id)),
    evidence: noEvidence,
    incident: (why, detail) => incidents.push([why, detail]),
    ...more,
  });
  running.push(made);
  return { ...made, incidents };
}
const text = (word: string): { readonly kind: 'bytes'; readonly bytes: Uint8Array } => ({ kind: 'bytes', bytes: new TextEncoder().encode(word) });

test('a thread says what is said here, with evidence that it asks for, from a path and from bytes', async () => {
  const servers = await startPkiServers(pki);
  try {
    for (const issuer of ['g2root', 'g2ca']) servers.files.set(`/pki/pub/crl/${issuer}.crl`, { body: await makeCrl(pki.folder, issuer, '20261101000000Z', '20361101000000Z'), etag: '' });
    const evidence = clientEvidence({ http: httpClient, clock: systemClock, cache: memoryCache(), hosts: servers.hosts, folder: scratchFolder() });
    const { verify, incidents } = threads({ evidence, certificates: [] });
    const question = { at: new Date(), expected: { names: ['Bộ Thử nghiệm'] } };
    const bytes = signedWith(pki, { signer: 'clerk', certificates: ['clerk'] });
    const path = join(scratchFolder(), 'a.pdf');
    writeFileSync(path, bytes);
    const here = await verdictOn(pki, bytes, { ...question, evidence, certificates: [] });
    expect(short(here)).toBe('passed');
    const answers = await Promise.all([verify({ kind: 'path', path }, question), verify({ kind: 'bytes', bytes: new Uint8Array(bytes) }, question), verify(text('no pdf'), question)]);
    expect(answers[0].verdict).toEqual(here);
    expect(answers[1].verdict).toEqual(here);
    expect(answers[0].material.map(({ kind }) => kind).sort()).toEqual(['certificate', 'certificate', 'certificate', 'crl', 'crl', 'ocsp']);
    expect(short(answers[2].verdict)).toBe('indeterminate FORMAT_FAILURE not-a-pdf');
    expect(incidents).toEqual([]);
  } finally {
    await servers.close();
  }
});

test('evidence that never comes is evidence that is not there', async () => {
  const evidence = { ...noEvidence, status: () => new Promise<never>(() => undefined) };
  const { verify, incidents } = threads({ evidence, evidenceMs: 30, silenceMs: 5000 });
  const { verdict } = await verify({ kind: 'bytes', bytes: new Uint8Array(signedWith(pki, { signer: 'clerk' })) }, { at: new Date() });
  expect(short(verdict)).toBe('indeterminate TRY_LATER status-unknown');
  expect(incidents).toEqual([]);
});

const program = fileURLToPath(new URL('../../fakes/verification/broken-worker.ts', import.meta.url));

test.each([['hang', 'time'], ['crash', 'crash'], ['exit', 'crash'], ['memory', 'memory']])('a thread made to %s is ended, an incident, and no pass; the next file is verified', async (word, why) => {
  const { verify, incidents } = threads({ program, silenceMs: word === 'hang' ? 1000 : 60_000, count: 1 });
  const at = new Date();
  const [first, second] = await Promise.all([verify(text(word), { at }), verify(text('next'), { at })]);
  expect(first.verdict).toMatchObject({ state: 'unknown', indication: 'indeterminate', subIndication: 'GENERIC', reasons: [{ code: 'check-stopped', params: { why } }] });
  expect(second.verdict.anchors).toBe('answered');
  expect(incidents.map(([one]) => one)).toEqual([why]);
});

test('a file that is gone is an incident and no pass; who stops gets no answer but an end', async () => {
  const { verify, incidents } = threads();
  const { verdict } = await verify({ kind: 'path', path: join(scratchFolder(), 'gone') }, { at: new Date() });
  expect(short(verdict)).toBe('indeterminate GENERIC check-stopped');
  expect(incidents[0]?.[1]).toContain('ENOENT');
  const broken = threads({ program, count: 1 });
  const open = [broken.verify(text('hang'), { at: new Date() }), broken.verify(text('next'), { at: new Date() })];
  const ended = broken.stop();
  expect((await Promise.all(open)).map((one) => short(one.verdict))).toEqual(['indeterminate GENERIC check-stopped', 'indeterminate GENERIC check-stopped']);
  expect(short((await broken.verify(text('x'), { at: new Date() })).verdict)).toBe('indeterminate GENERIC check-stopped');
  // One that hangs is ended from outside.
  await ended;
});
