import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import type { Page } from 'puppeteer-core';
import { afterEach, expect, test } from 'vitest';
import type { Carrier } from '#contract';
import { decreeForm } from '../../electron/services/practice/documents/decree-form.ts';
import { practiceCorrespondents, practiceMessages } from '../../electron/services/practice/index.ts';
import { documentMessage, ministry, ownAgency } from '../fakes/station/messages.ts';
import { documentFonts } from '../../electron/hosts/document-fonts.ts';
import { pressInDialog, violationsOn } from './office.ts';
import { hasSamples, openStation, sample, type TestStation } from './station.ts';

let station: TestStation | undefined;
afterEach(async () => {
  await station?.close();
  station = undefined;
});

const text = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

async function waitForText(page: Page, wanted: string): Promise<void> {
  await page.waitForFunction((words) => document.body.innerText.includes(words), { timeout: 60_000 }, wanted);
}

/** Share of dots on the first page's canvas that are not white. */
async function inkOnPage(page: Page): Promise<number> {
  await page.waitForSelector('canvas', { timeout: 60_000 });
  return page.evaluate(async () => {
    for (let tries = 0; tries < 600; tries += 1) {
      const canvas = document.querySelector('canvas');
      const context = canvas?.getContext('2d');
      if (canvas !== null && context !== null && context !== undefined && canvas.width > 0) {
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        let dark = 0;
        for (let at = 0; at < data.length; at += 4) if ((data[at + 3] ?? 0) > 0 && (data[at] ?? 255) < 128) dark += 1;
        const share = dark / (data.length / 4);
        if (share > 0.002) return share;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return 0;
  });
}

type Place = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Where a field's widget lies on the first page, in shares of the page counted from its top left. */
async function fieldPlace(bytes: Uint8Array, field: string): Promise<Place> {
  const document = await PDFDocument.load(bytes);
  const page = document.getPage(0).getSize();
  const found = document
    .getForm()
    .getFields()
    .find((one) => one.getName() === field);
  const rectangle = found?.acroField.getWidgets()[0]?.getRectangle();
  if (rectangle === undefined) throw new Error(`no field ${field}`);
  return {
    left: rectangle.x / page.width,
    top: 1 - (rectangle.y + rectangle.height) / page.height,
    width: rectangle.width / page.width,
    height: rectangle.height / page.height,
  };
}

/** Share of dark dots within a place of the first page's canvas. */
async function inkInField(page: Page, place: Place): Promise<number> {
  return page.evaluate((where) => {
    const canvas = document.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (canvas === null || context === null || context === undefined) return 0;
    const { data } = context.getImageData(
      Math.floor(where.left * canvas.width),
      Math.floor(where.top * canvas.height),
      Math.max(1, Math.floor(where.width * canvas.width)),
      Math.max(1, Math.floor(where.height * canvas.height)),
    );
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at + 3] ?? 0) > 0 && (data[at] ?? 255) < 128) dark += 1;
    return dark / (data.length / 4);
  }, place);
}

async function reports(opened: TestStation): Promise<string[]> {
  const { sent } = await opened.axis.control.inspect();
  return Promise.all(
    sent.map(async ({ docId }) => {
      const xml = Buffer.from(await opened.axis.control.bytesOf(docId)).toString('utf8');
      return /<edXML:StatusCode>(\d+)</.exec(xml)?.[1] ?? '?';
    }),
  );
}

async function waitForReports(opened: TestStation, wanted: readonly string[]): Promise<void> {
  await expect.poll(() => reports(opened), { interval: 200 }).toEqual(wanted);
}

/** Alt+1 to Alt+7. */
async function pressSection(page: Page, section: number): Promise<void> {
  await page.keyboard.down('Alt');
  await page.keyboard.press(`Digit${String(section) as '1'}`);
  await page.keyboard.up('Alt');
}

/** The clerk's way from a fresh window to a registered document, by keyboard alone. */
async function registerByKeyboard(page: Page): Promise<void> {
  await page.waitForSelector('[role="grid"] [role="row"]', { timeout: 60_000 });
  await page.focus('[role="grid"]');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  expect(await inkOnPage(page)).toBeGreaterThan(0.002);
  await page.keyboard.press('F8');
}

test('a decree-form document goes from the axis into the register, by keyboard, and its sender hears of it', async () => {
  const [message] = await practiceMessages({
    clock: { now: () => new Date() },
    agency: ownAgency,
    fonts: documentFonts(),
  });
  if (message === undefined) throw new Error('no practice message');
  station = await openStation(
    async (axis) => {
      await axis.control.deliver(message.bytes);
    },
    [ministry, ...practiceCorrespondents],
  );
  const { page } = station;
  await waitForText(page, message.code);
  await waitForReports(station, ['01']);
  await registerByKeyboard(page);
  await waitForText(page, 'Số đến 1');
  await waitForReports(station, ['01', '03']);
  await waitForText(page, 'Chữ ký: Không có chữ ký số');
  expect(station.complaints).toEqual([]);
});

test.skipIf(!hasSamples)(
  'a real published letter, whose number stands only in signature fields, is shown with it (needs ../shared/samples)',
  async () => {
    const file = { name: 'cv-11410-bxd-2026.pdf', bytes: sample('cv-11410-bxd-2026.pdf') };
    station = await openStation(async (axis) => {
      await axis.control.deliver(documentMessage({ number: '11410', notation: 'BXD-KHCNMT&VLXD', files: [file] }));
    });
    const { page } = station;
    await waitForText(page, '11410/BXD-KHCNMT&VLXD');
    await page.waitForSelector('[role="grid"] [role="row"]', { timeout: 60_000 });
    await page.click('[role="grid"] [role="row"]');
    // Without network nobody knows who issued its certificates: the clerk says why it is registered all the same.
    await waitForText(page, 'Chữ ký: Chưa xác định được');
    await registerByKeyboard(page);
    await page.waitForSelector('dialog[open] [name=reason]');
    await page.keyboard.type('Đã gọi điện xác nhận với nơi gửi');
    await pressInDialog(page, 'Vẫn vào sổ');
    await waitForText(page, 'Số đến 1');
    await waitForReports(station, ['01', '03']);
    // The third signature field holds the number and the page under it is blank: ink there is the field's picture.
    expect(await inkInField(page, await fieldPlace(file.bytes, 'Signature3'))).toBeGreaterThan(0.01);
    expect(station.complaints).toEqual([]);
  },
);

test('when the core is killed the window says so, and a new start has everything', async () => {
  station = await openStation(async (axis) => {
    await axis.control.deliver(documentMessage({ number: '55' }));
  });
  const { page } = station;
  await waitForText(page, '55/BNV-VP');
  process.kill(station.corePid, 'SIGKILL');
  await waitForText(page, 'Phần lõi của chương trình đã dừng');
  await station.restart();
  await waitForText(station.page, '55/BNV-VP');
});

test('new documents show by themselves in an untouched list, and wait for the clerk’s word in one that is in use', async () => {
  station = await openStation(async (axis) => {
    await axis.control.deliver(documentMessage({ number: '61' }));
  });
  const { page } = station;
  await waitForText(page, '61/BNV-VP');
  await station.axis.control.deliver(documentMessage({ number: '62' }));
  await receiveByCarrier(page);
  await waitForText(page, '62/BNV-VP');

  await page.focus('[role="grid"]');
  await page.keyboard.press('Home');
  await station.axis.control.deliver(documentMessage({ number: '63' }));
  await receiveByCarrier(page);
  await waitForText(page, 'Hiện');
  expect(await text(page)).not.toContain('63/BNV-VP');
  await page.click('::-p-text(Hiện)');
  await waitForText(page, '63/BNV-VP');
});

test('a stored file that was damaged on the disk is not shown in part; the window says what to do', async () => {
  station = await openStation(async (axis) => {
    await axis.control.deliver(documentMessage({ number: '64', files: [{ name: 'a.pdf', bytes: await onePage() }] }));
  });
  const { page } = station;
  await waitForText(page, '64/BNV-VP');
  const blobs = join(station.folder, 'blobs');
  for (const path of readdirSync(blobs, { recursive: true, encoding: 'utf8' })) {
    const file = join(blobs, path);
    if (!statSync(file).isFile()) continue;
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
    writeFileSync(file, bytes);
  }
  await page.focus('[role="grid"]');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await waitForText(page, 'Chưa xem được tệp này');
  expect(await page.$('canvas')).toBeNull();
  // The register itself is whole: the document can still be entered.
  await page.keyboard.press('F8');
  await waitForText(page, 'Số đến 1');
});

/** Has the core poll the axis, as its own clock would, without touching the list. */
async function receiveByCarrier(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const { tvt } = globalThis as unknown as { tvt: Carrier };
        tvt.listen((message) => {
          if (message.id === 4_000_000) resolve();
        }, resolve);
        tvt.send({ kind: 'call', id: 4_000_000, domain: 'exchange', method: 'receiveNow', input: {} });
      }),
  );
}

/** The first practice document's PDF. */
async function onePage(): Promise<Uint8Array> {
  return decreeForm(
    {
      superior: '',
      agency: 'Bộ Nội vụ',
      number: '56',
      notation: 'BNV-VP',
      place: 'Hà Nội',
      date: '2026-11-20',
      kind: '',
      subject: 'hướng dẫn công tác văn thư',
      addressees: [ownAgency.name],
      urgency: 1,
      body: [{ text: 'Thực hiện Nghị định số 30/2020/NĐ-CP về công tác văn thư, đề nghị cơ quan rà soát việc đăng ký văn bản đến.' }],
      recipients: ['Như trên;', 'Lưu: VT.'],
      signer: { authority: ['TL. BỘ TRƯỞNG'], position: 'CHÁNH VĂN PHÒNG', fullName: 'Nguyễn Văn A' },
    },
    documentFonts(),
  );
}

test('every screen passes axe, in Vietnamese and English, light, dark and high contrast', async () => {
  station = await openStation(async (axis) => {
    await axis.control.deliver(documentMessage({ number: '56', files: [{ name: 'a.pdf', bytes: await onePage() }] }));
    await axis.control.deliver(Buffer.from('not xml'), { from: ministry.code, to: [ownAgency.code], messageType: 'edoc' });
  });
  const { page } = station;
  await waitForText(page, '56/BNV-VP');
  const found: string[] = [];
  for (const [language, theme] of [['vi', 'light'], ['vi', 'dark'], ['en', 'contrast']] as const) {
    await page.evaluate(
      (values) => {
        localStorage.setItem('tvt.preferences', JSON.stringify(values));
      },
      { language, theme, density: 'comfortable' },
    );
    await page.reload({ waitUntil: 'domcontentloaded' });
    await page.waitForSelector('nav');
    await pressSection(page, 1);
    await page.waitForSelector('[role="grid"] [role="row"]', { timeout: 60_000 });
    for (let section = 1; section <= 7; section += 1) {
      await pressSection(page, section);
      await new Promise((resolve) => setTimeout(resolve, 400));
      if (section === 1) {
        await page.waitForSelector('[role="grid"] [role="row"]');
        await page.focus('[role="grid"]');
        await page.keyboard.press('Enter');
        expect(await inkOnPage(page)).toBeGreaterThan(0.002);
      }
      const violations = await violationsOn(page);
      if (section === 7) {
        await page.click('input[value="lgsp-rest"]');
        await page.waitForSelector('input[name="username"]');
        violations.push(...(await violationsOn(page)));
      }
      found.push(...violations.map((violation) => `${language} ${theme} section ${String(section)}: ${violation}`));
    }
  }
  expect(found).toEqual([]);
});

test('no process of the station listens on a port', async () => {
  station = await openStation();
  const listening = execFileSync('sh', ['-c', 'cat /proc/net/tcp /proc/net/tcp6'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => / 0A /.test(line))
    .map((line) => line.trim().split(/\s+/)[9]);
  const { pid } = station.host.browser.process() ?? {};
  for (const owner of [station.corePid, pid ?? 0]) {
    const sockets = execFileSync('sh', ['-c', `ls -l /proc/${String(owner)}/fd | grep -o 'socket:\\[[0-9]*' | grep -o '[0-9]*$' || true`], {
      encoding: 'utf8',
    }).split('\n');
    expect(sockets.filter((inode) => inode !== '' && listening.includes(inode))).toEqual([]);
  }
});
