import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { openChromiumHost, type ChromiumHost } from '../../electron/hosts/chromium/launch.ts';
import { startCore, type Core } from '../../electron/hosts/compose.ts';
import type { Clock } from '../../electron/foundation/clock.ts';
import { startPracticeAxisProcess, type PracticeAxisProcess } from '../../electron/hosts/processes/practice-axis-process.ts';
import type { ChooseFolder } from '../../electron/hosts/shell/core-link.ts';
import { forkCore } from '../../electron/hosts/shell/fork-core.ts';
import type { Correspondent } from '../../electron/services/practice/index.ts';
import { preparedProfile, quietCore } from '../fakes/station/day.ts';
import { ministry, ownAgency } from '../fakes/station/messages.ts';
import { scratchFolder } from '../unit/store/helpers.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const samples = join(project, '../shared/samples');

/** Whether the real published documents lie beside the project; a user's clone has none. */
export const hasSamples = existsSync(samples);

/** A published document of the samples. */
export function sample(name: string): Buffer {
  return readFileSync(join(samples, name));
}

export type TestStation = {
  readonly axis: PracticeAxisProcess;
  /** folder of the profile */
  readonly folder: string;
  readonly host: ChromiumHost;
  readonly page: Page;
  readonly corePid: number;
  /** everything the page complained of: errors, warnings and refused loads */
  readonly complaints: string[];
  /** has the running station open a file, as a second start of the program does */
  readonly openFile: (path: string) => void;
  /** settles when the window asked for the practice profile */
  readonly otherProfileAsked: () => Promise<undefined>;
  /** closes the window and starts window and core again over the same profile, which `meanwhile` may change */
  readonly restart: (meanwhile?: (folder: string, key: Buffer) => void) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Starts a core over the station's profile that does nothing by itself, at another time if wished; to be closed before the window opens. */
export type StartCore = (clock?: Clock) => Promise<Core>;

type Running = Pick<TestStation, 'host' | 'page' | 'corePid' | 'complaints' | 'openFile' | 'otherProfileAsked'>;

/** Puppeteer fails at once where what is to be clicked or typed into is not there yet. A person waits for it, and so do the tests. */
function patient(page: Page): Page {
  for (const name of ['click', 'focus', 'select', 'type'] as const) {
    const hasty = page[name].bind(page) as (selector: string, ...rest: unknown[]) => Promise<unknown>;
    const waiting = async (selector: string, ...rest: unknown[]): Promise<unknown> => {
      await page.waitForSelector(selector, { timeout: 60_000 });
      return hasty(selector, ...rest);
    };
    Object.assign(page, { [name]: waiting });
  }
  return page;
}

/** Opens the window over a profile as it is; one that is not there is made. `chooseFolder` stands for the system's dialog. */
export async function openProfile(folder: string, keyHex: string, chooseFolder?: ChooseFolder): Promise<Running> {
  // The link wipes the key it was given, so each start has its own copy.
  const key = Buffer.from(keyHex, 'hex');
  const link = forkCore({ entry: join(project, 'dist/electron/core-worker.js'), log: () => undefined });
  if (chooseFolder !== undefined) link.foldersChosenBy(chooseFolder);
  void link.open({ profileDir: folder, key: { ok: true, value: key }, practice: false, version: '0.1.0', exportPlace: join(folder, 'Documents'), mayChangeProfile: true, showsFolders: chooseFolder !== undefined });
  const host = await openChromiumHost({ link, rendererDir: join(project, 'dist/renderer'), log: () => undefined, headless: true });
  const complaints: string[] = [];
  host.page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') complaints.push(`${message.text()} ${message.location().url ?? ''}`.trimEnd());
  });
  host.page.on('pageerror', (error) => complaints.push(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  return { host, page: patient(host.page), corePid: link.pid ?? 0, complaints, openFile: (path) => {
    link.openFile(path);
  }, otherProfileAsked: () => link.otherProfileAsked };
}

/** The station as a clerk has it: the built window in a real Chromium, the core and the axis in processes of their own. */
export async function openStation(
  before?: (axis: PracticeAxisProcess) => Promise<void>,
  correspondents: readonly Correspondent[] = [ministry],
  beforeWindow?: (start: StartCore, axis: PracticeAxisProcess) => Promise<void>,
): Promise<TestStation> {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents, log: () => undefined });
  await before?.(axis);
  const folder = scratchFolder();
  const keyHex = randomBytes(32).toString('hex');
  preparedProfile({ folder, keyHex, axis: { endpoint: axis.endpoint, systemId: axis.systemId, secret: axis.secret } });
  await beforeWindow?.((clock) => startCore({ ...quietCore({ folder, keyHex }), ...(clock === undefined ? {} : { clock }) }), axis);
  return runningStation(axis, folder, keyHex);
}

/** A station of which nobody has set anything up yet, beside an axis that waits for it. */
export async function openNewStation(): Promise<TestStation> {
  const axis = await startPracticeAxisProcess({ own: [ownAgency], correspondents: [ministry], log: () => undefined });
  return runningStation(axis, scratchFolder(), randomBytes(32).toString('hex'));
}

async function runningStation(axis: PracticeAxisProcess, folder: string, keyHex: string): Promise<TestStation> {
  let running = await openProfile(folder, keyHex);
  return {
    axis,
    folder,
    get host() {
      return running.host;
    },
    get page() {
      return running.page;
    },
    get corePid() {
      return running.corePid;
    },
    get complaints() {
      return running.complaints;
    },
    openFile: (path) => {
      running.openFile(path);
    },
    otherProfileAsked: () => running.otherProfileAsked(),
    restart: async (meanwhile) => {
      await running.host.close();
      meanwhile?.(folder, Buffer.from(keyHex, 'hex'));
      running = await openProfile(folder, keyHex);
    },
    close: async () => {
      await running.host.close();
      await axis.stop();
    },
  };
}
