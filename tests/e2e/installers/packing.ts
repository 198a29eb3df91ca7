import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { extractAll } from '@electron/asar';
import { afterAll } from 'vitest';
import type { Target } from '../../../build/installer/binary.ts';
import { makeInstallers } from '../../../build/installer/make.ts';
import { driverBinary } from '../../../build/scripts/token-driver.ts';
import { makeStubRuntime } from '../../fakes/electron-runtime/stub.ts';

export const project = resolve(import.meta.dirname, '../../..');

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that goes with the test file. */
export function ownFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `tvt-${name}-`));
  made.push(folder);
  return folder;
}

/** The compiled token driver of this machine; null where there is none, or for the other system. */
export function ownDriver(target: Target): string | null {
  return target === process.platform && existsSync(driverBinary) ? driverBinary : null;
}

export type Packed = {
  readonly target: Target;
  /** what an installer would put on the disk */
  readonly folder: string;
  readonly program: string;
  readonly asar: string;
  readonly unpacked: string;
  readonly output: string;
};

/** Packs the built project for a target, over a runtime that is none. */
export async function pack(target: Target, more: { readonly unpackedOnly?: boolean; readonly instead?: (options: unknown) => void; readonly env?: Record<string, string> } = {}): Promise<Packed> {
  const output = ownFolder(`packed-${target}`);
  const runtime = join(ownFolder('runtime'), target);
  mkdirSync(runtime);
  makeStubRuntime(target, runtime);
  await makeInstallers({
    root: project,
    target,
    output,
    tokenDriver: ownDriver(target),
    electronDist: runtime,
    unpackedOnly: more.unpackedOnly ?? true,
    env: more.env ?? {},
    ...(more.instead === undefined ? {} : { instead: more.instead }),
  });
  const folder = join(output, target === 'win32' ? 'win-unpacked' : 'linux-unpacked');
  const asar = join(folder, 'resources/app.asar');
  return { target, folder, output, asar, unpacked: `${asar}.unpacked`, program: join(folder, target === 'win32' ? 'tram-van-thu.exe' : 'tram-van-thu') };
}

/** The archive's files in a folder far from the project, so that nothing of the project can be found from there. */
export function takenOut(packed: Packed): string {
  const folder = join(ownFolder('station'), 'app');
  extractAll(packed.asar, folder);
  return folder;
}
