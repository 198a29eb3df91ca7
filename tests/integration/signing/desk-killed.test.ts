import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bytesOf, checkedDraft, deskOffice, keyHex, leftIn, signed } from './desk-office.ts';
import { stationOver } from './desk-station.ts';
import { softHsm } from '../../token/soft-token.ts';
import { judge } from './judges.ts';
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
  expect(await killed({ folder: first.folder, keyHex, module: softHsm, drafts: drafts.map(({ id, version }) => ({ id, version })), moment, nth })).toBe(true);
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
