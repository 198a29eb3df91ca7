import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { scratchFolder } from '../../unit/store/helpers.ts';
import { waitForText } from '../office.ts';
import { settled } from '../palette-png.ts';
import { openStation, type TestStation } from '../station.ts';
import { printAll } from './books.ts';
import { acts, list, see, there, type Desk } from './desk.ts';
import { direct, present, workOn } from './handling.ts';
import { counted, handOn, type Keys } from './hand.ts';
import { lineTo, type Line } from './line.ts';
import { registerArrived, registerFiles, registerPaper, toIncoming } from './morning.ts';
import { furnish, leader } from './office-of-the-day.ts';
import { check, draft, issue, number, numberOne, sign, toTab, withReason } from './outgoing.ts';
import { another, axisCount, axisTwice, dayBefore, daySize, incomingPapers, issuersOf, messageOf, outgoingPapers, pageOf, pdfCount, putFile, shown, type OwnPapers } from './papers.ts';
import { expectAllSent, expectBooks, expectRegisters } from './reckoning.ts';

let station: TestStation | undefined;
let line: Line | undefined;
afterEach(async () => {
  delete process.env['NODE_OPTIONS'];
  await station?.close();
  await line?.cut().catch(() => undefined);
});

/** A folder for photographs and prints of the day, to be looked at. */
const pictures = process.env['TVT_DAY_PICTURES'];

/** A window as clerks have it, with the look of the day. */
async function seat(opened: TestStation): Promise<void> {
  await opened.page.setViewport({ width: 1366, height: 768 });
  await opened.page.waitForSelector('main [role=tablist]');
}

test(`a day of ${daySize}, by keyboard only, the network off, with two restarts, and its registers printed`, { timeout: 20 * 60_000 }, async () => {
  const papers = incomingPapers();
  const parties = issuersOf(papers);
  const folder = scratchFolder();
  const [first] = papers;
  if (first === undefined) throw new Error('no papers');
  const page1 = await pageOf(first);
  const own: OwnPapers = await outgoingPapers(papers, folder);
  const scans = await Promise.all(papers.slice(axisCount, axisCount + pdfCount).map(async (paper, at) => putFile(folder, `${String(at + 1).padStart(3, '0')} ${paper.typeName}.pdf`, await pageOf(paper))));

  const sockets = join(folder, 'sockets');
  process.env['TVT_DAY_SOCKETS'] = sockets;
  process.env['NODE_OPTIONS'] = `--import=${fileURLToPath(new URL('watch-sockets.ts', import.meta.url))}`;
  station = await openStation(
    async (axis) => {
      for (const [at, paper] of papers.slice(0, axisCount).entries()) await axis.control.deliver(messageOf(paper, at, another(page1, String(at))));
    },
    parties,
    async (start, axis) => {
      line = await lineTo(axis.endpoint);
      const core = await start();
      await furnish(core, line.endpoint, parties);
      await core.close();
    },
  );
  const opened = station;
  await line?.cut();
  await seat(opened);
  const outside: string[] = [];
  const complaints: string[] = [];
  const hand = handOn(() => opened.page);
  const desk: Desk = { page: () => opened.page, hand };
  const listen = (): void => {
    opened.page.on('request', (request) => {
      if (!/^(https:\/\/tram\.invalid\/|data:|blob:)/.test(request.url())) outside.push(request.url());
    });
  };
  listen();
  const took: Record<string, Keys & { readonly seconds: number }> = {};
  const work = async (what: string, act: () => Promise<void>): Promise<void> => {
    took[what] = await counted(hand, act);
  };
  const again = async (): Promise<void> => {
    complaints.push(...opened.complaints);
    await opened.restart();
    await seat(opened);
    listen();
  };
  const picture = async (name: string): Promise<void> => {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    for (const look of ['light', 'dark']) {
      await opened.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: look }]);
      await settled();
      await opened.page.screenshot({ path: join(pictures, `${name}-${look}.png`) });
    }
    await opened.page.emulateMediaFeatures([]);
  };
  let given = 0;

  // Half of what the axis brought, then the machine is shut down and started again.
  const firstTwice = axisCount - axisTwice;
  const refused = new Set([6, 9, firstTwice, firstTwice + 1, firstTwice + 2]);
  await work('registered from the axis', async () => {
    await toIncoming(desk);
    given = await registerArrived(desk, { from: 0, to: axisCount / 2, refused, given });
  });
  await again();
  await work('registered from the axis, after a restart', async () => {
    await toIncoming(desk);
    given = await registerArrived(desk, { from: axisCount / 2, to: axisCount, refused, given });
  });
  await work('registered from files', async () => {
    given = await registerFiles(desk, scans, given, 3);
  });

  // Half of the paper; then the core is killed in the middle of a form.
  const onPaper = papers.slice(axisCount + pdfCount);
  const half = onPaper.length / 2;
  await work('registered from paper', async () => {
    given = await registerPaper(desk, onPaper.slice(0, half), given);
  });
  await registerPaper(desk, onPaper.slice(half, half + 1), given, async () => {
    process.kill(opened.corePid, 'SIGKILL');
    await waitForText(opened.page, 'Phần lõi của chương trình đã dừng');
  });
  await again();
  await work('registered from paper, after the crash', async () => {
    given = await registerPaper(desk, onPaper.slice(half), given);
  });
  expect(given).toBe(papers.length - refused.size);
  await picture('intake');

  await toIncoming(desk);
  await hand.press('Home');
  await work('presented', () => present(desk, Math.round(papers.length * 0.3)));
  await hand.press('Home');
  await work('directed', () => direct(desk, papers.length / 5, (nth) => ['Tham mưu trả lời trước hạn.', 'Nghiên cứu, đề xuất.', 'Biết, lưu.'][nth % 3] ?? '', (nth) => (nth % 2 === 0 ? shown(dayBefore(-7 - nth)) : null)));
  await hand.press('Escape');
  await hand.tabTo(list, 'back');
  await hand.press('Home');
  await work('worked on', () => workOn(desk, papers.length / 8, papers.length / 16));
  await picture('incoming');

  // Ours: some in answer to what came, the others as they are brought.
  await work('answers drafted', async () => {
    await hand.press('End');
    await opened.page.waitForFunction(() => location.hash.includes('id='));
    for (const [nth, answer] of own.answers.entries()) {
      if (nth > 0) await toIncoming(desk);
      for (let up = nth === 0 ? 0 : (own.answers[nth - 1]?.place ?? 0); up < answer.place; up += 1) await hand.press('ArrowUp');
      await see(desk, '[data-pane=reading] h2', answer.code);
      await see(desk, acts, 'Số đến');
      await hand.press('Alt+R');
      await draft(desk, answer.ours, { ...(nth === 0 ? { signer: leader } : {}), begun: true });
      await see(desk, acts, 'Kiểm tra nội dung…');
    }
  });
  await work('drafted', async () => {
    for (const ours of own.others) await draft(desk, ours);
  });
  const drafts = own.answers.length + own.others.length;
  await see(desk, '[role=tab]', `Chờ kiểm tra ${String(drafts)}`);
  await see(desk, acts, 'Kiểm tra nội dung…');
  await toTab(desk, 'Chờ kiểm tra');
  await work('checked twice', () => check(desk, drafts));
  await toTab(desk, 'Chờ ký');
  await work('signed', () => sign(desk, drafts, own.signed));
  await toTab(desk, 'Chờ số');
  await work('numbered', async () => {
    await numberOne(desk);
    await toTab(desk, 'Chờ số');
    await number(desk);
  });
  await picture('numbered');
  await toTab(desk, 'Chờ phát hành');
  for (const reason of ['Cấp số nhầm văn bản', 'Nội dung phải sửa trước khi phát hành']) {
    await withReason(desk, reason, 'Số đã hủy');
    await hand.press('Control+Enter');
  }
  await work('sealed and issued', () => issue(desk, drafts - 2, own.sealed));
  await toTab(desk, 'Đã phát hành');
  await see(desk, '[role=tab]', `Đã phát hành ${String(drafts - 2)}`);

  // One is put right by a letter, one that waits in the outbox is taken back.
  await hand.tabToWords('Đính chính…');
  await hand.press('Enter');
  await draft(desk, own.correction, { begun: true, repeats: false });
  await see(desk, acts, 'Kiểm tra nội dung…');
  await toTab(desk, 'Chờ kiểm tra');
  await check(desk, 1, false);
  await toTab(desk, 'Chờ ký');
  await sign(desk, 1, own.signed);
  await toTab(desk, 'Chờ số');
  await numberOne(desk);
  await issue(desk, 1, own.sealed);
  await toTab(desk, 'Đã phát hành');
  await hand.press('ArrowDown');
  await hand.press('ArrowDown');
  await withReason(desk, 'Văn bản có sai sót về số liệu', 'Đã thu hồi');
  await see(desk, acts, 'Thư chưa rời trạm nên đã hủy gửi, không nơi nào phải trả lời.');
  await picture('outgoing');

  let prints: Awaited<ReturnType<typeof printAll>> = [];
  await work('printed', async () => {
    prints = await printAll(desk, pictures ?? join(folder, 'prints'));
  });
  await hand.press('Alt+3');
  await there(desk, '[role=grid] [role=row]');
  await picture('outbox');
  complaints.push(...opened.complaints);
  // A draft's file may be replaced by the signed one while it is being fetched.
  expect(complaints.filter((one) => !one.includes('core-gone') && !one.includes('404'))).toEqual([]);
  expect(outside).toEqual([]);

  // An independent count, then the line is mended and everything goes out, once.
  const calls = line?.calls() ?? 0;
  await opened.restart((profile, key) => {
    expectRegisters(profile, key, { papers: papers.length, refused: refused.size, given, drafts: drafts + 1 });
    expectBooks(profile, key, prints);
  });
  expect(line?.calls()).toBe(calls);
  await line?.mend();
  await opened.restart();
  await expectAllSent(opened);
  const tried = readFileSync(sockets, 'utf8').trim().split('\n');
  expect(tried.length).toBeGreaterThan(0);
  expect([...new Set(tried.map((one) => one.replace(/:\d+$/, '')))]).toEqual(['127.0.0.1']);
  process.stdout.write(`${Object.entries(took).map(([what, { acts: keys, letters, seconds }]) => `${what}: ${String(keys)} keys, ${String(letters)} letters, ${seconds.toFixed(1)} s`).join('\n')}\n`);
});
