import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { openChromiumHost, type ChromiumHost } from '../../electron/hosts/chromium/launch.ts';
import { startPracticeAxisProcess, type PracticeAxisProcess } from '../../electron/hosts/practice-axis-process.ts';
import { forkCore } from '../../electron/hosts/shell/fork-core.ts';
import { preparedProfile } from '../fakes/station/day.ts';
import { ministry, ownAgency } from '../fakes/station/messages.ts';
import { scratchFolder } from '../unit/store/helpers.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** Folder of real published documents; absent in a user's clone. */
export const samples = join(project, '../shared/samples');
export const hasSamples = existsSync(samples);

/** A published document of the samples. */
export function sample(name: string): Buffer {
  return readFileSync(join(samples, name));
}

export type TestStation = {
  readonly axis: PracticeAxisProcess;
  readonly host: ChromiumHost;
  readonly page: Page;
  readonly corePid: number;
  /** everything the page complained of: errors and refused loads */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
};

/** The station as a clerk has it: the built window in a real Chromium, the core and the axis in processes of their own. */
export async function openStation(before?: (axis: PracticeAxisProcess) => Promise<void>): Promise<TestStation> {
  const axis = await startPracticeAxisProcess([ownAgency], [ministry], () => undefined);
  await before?.(axis);
  const folder = scratchFolder();
  const keyHex = randomBytes(32).toString('hex');
  preparedProfile({ folder, keyHex, axis: { endpoint: axis.endpoint, systemId: axis.systemId, secret: axis.secret } });
  const link = forkCore({ entry: join(project, 'dist/electron/core-worker.js'), log: () => undefined });
  link.open({ profileDir: folder, key: { ok: true, value: Buffer.from(keyHex, 'hex') }, practice: false, version: '0.1.0' });
  const host = await openChromiumHost({ link, rendererDir: join(project, 'dist/renderer'), log: () => undefined, headless: true, browserArguments: ['--disable-gpu'] });
  const complaints: string[] = [];
  host.page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') complaints.push(message.text());
  });
  host.page.on('pageerror', (error) => complaints.push(String(error)));
  return {
    axis,
    host,
    page: host.page,
    corePid: link.pid ?? 0,
    complaints,
    close: async () => {
      await host.close();
      await axis.stop();
    },
  };
}
