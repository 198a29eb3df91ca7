import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { dossierOf } from '../../fakes/handover/copy-office.ts';
import { stored } from '../../fakes/station/drafts.ts';
import { bytesOf, checkedDraft, deskOffice, keyHex, leftIn, signed } from './desk-office.ts';
import { stationOver } from './desk-station.ts';
import { softHsm } from '../../token/soft-token.ts';
import { judge } from './judges.ts';
import { paper } from './papers.ts';
import type { KilledDesk } from './killed-desk-main.ts';

const office = deskOffice();
const program = fileURLToPath(new URL('killed-desk-main.ts', import.meta.url));

function killed(what: KilledDesk): Promise<boolean> {
  const child = spawn(process.execPath, [program, JSON.stringify(what)], { stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) => {
    child.once('close', (_, signal) => {
      resolve(signal === 'SIGKILL');
    });
  });
}

test.each([
  ['at-token', 3],
  ['noting', 2],
  ['noted', 2],
] as const)('killed when a document is %s (the %d. time): at the next start no signature is lost and none doubled, and the rest is signed then', async (moment, nth) => {
  const first = await office.open();
  const drafts = [];
  for (let n = 0; n < 4; n += 1) drafts.push(await checkedDraft(first));
  await first.core.close();
  expect(await killed({ folder: first.folder, keyHex, module: softHsm, role: 'person', drafts: drafts.map(({ id, version }) => ({ id, version })), moment, nth })).toBe(true);
  expect(leftIn(first)).not.toEqual([]);

  const station = await office.open({ folder: first.folder });
  const planned = await station.must('signing', 'plan', { role: 'person', ids: drafts.map(({ id }) => id) });
  expect(leftIn(station)).toEqual([]);
  const states = await Promise.all(drafts.map(async ({ id }) => station.must('drafting', 'get', { id })));
  for (const [index, { state, version, acts, files }] of states.entries()) {
    const isSigned = state === 'signed';
    expect([state, version, acts.filter(({ act }) => act === 'sign').length]).toEqual(isSigned ? ['signed', 2, 1] : ['form-checked', 1, 0]);
    expect(planned.items[index]?.refusal?.code).toBe(isSigned ? 'wrong-step' : undefined);
    if (!isSigned) continue;
    judge(office.pki(), await bytesOf(station, files[0]?.id ?? ''), drafts[index]?.main ?? Buffer.alloc(0), [{ field: 'NguoiKy', signer: 'Nguyễn Thị Thử', kind: 'rsa-v1.5', level: 'T' }]);
  }
  const count = states.filter(({ state }) => state === 'signed').length;
  if (moment === 'noting') expect(count).toBeGreaterThan(1);
  // What the window finds when it opens again, whatever the run before had told.
  const recovered = stationOver(station.folder, station.core).progress();
  expect(recovered).toMatchObject({ recovered: true, failed: 4 - count });
  const left = drafts.filter((_, index) => states[index]?.state !== 'signed');
  // A quick token may have signed all of them by then.
  if (left.length > 0) expect(await signed(station, 'person', left)).toMatchObject({ done: left.length, failed: 0, recovered: false });
});

test.each([
  ['noting', 2],
  ['noted', 1],
] as const)('papers of the archive, killed when one is %s (the %d. time): each is signed once, and what was signed whole is noted at the next start', async (moment, nth) => {
  const first = await office.open();
  const { dossier, members } = await dossierOf(first.must, [await stored(first.core, 'a.pdf', await paper()), await stored(first.core, 'b.pdf', await paper()), await stored(first.core, 'c.pdf', await paper())]);
  const request = { id: '', day: null, purpose: '02', content: 'Tra cứu' } as const;
  await first.must('copies', 'make', { dossier: dossier.id, members: [...members], kind: 'certified', recipient: { name: 'Nguyễn Thị Bình', id: '' }, request, approvedOn: '2026-11-03', approver: '' });
  const ids = (await first.must('copies', 'waiting', {})).map(({ id }) => id);
  const bases = new Map<string, Buffer>();
  for (const id of ids) bases.set(id, await bytesOf(first, id));
  await first.core.close();
  expect(await killed({ folder: first.folder, keyHex, module: softHsm, role: 'agency', drafts: ids.map((id) => ({ id, version: 0 })), moment, nth })).toBe(true);

  const station = await office.open({ folder: first.folder });
  await station.must('signing', 'plan', { role: 'agency', ids });
  expect(leftIn(station)).toEqual([]);
  const waiting = (await station.must('copies', 'waiting', {})).map(({ id }) => id);
  expect(waiting.length).toBeLessThan(3);
  if (waiting.length > 0) expect(await signed(station, 'agency', waiting.map((id) => ({ id, version: 0 })))).toMatchObject({ done: waiting.length, failed: 0 });
  const [copy] = await station.must('copies', 'list', { dossier: dossier.id, before: null, limit: 5 });
  expect(copy?.files.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
  for (const id of ids) {
    judge(office.pki(), await bytesOf(station, id), bases.get(id) ?? Buffer.alloc(0), [{ field: 'ChuKySo1', signer: 'BỘ THỬ NGHIỆM', kind: 'rsa-v1.5', level: 'T' }]);
  }
  const acts = (await station.must('dossiers', 'history', { id: dossier.id })).filter(({ act }) => act === 'document-copy-signed');
  expect(acts).toHaveLength(3);
});
