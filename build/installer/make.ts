import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { mustBeFor, type Target } from './binary.ts';
import { installerConfig } from './config.ts';
import { layOut } from './contents.ts';

export type MakeOrder = {
  readonly root: string;
  readonly target: Target;
  readonly output: string;
  /** null: without a driver for tokens */
  readonly tokenDriver: string | null;
  readonly electronDist: string | undefined;
  /** no installer, only the folder that it would unpack */
  readonly unpackedOnly: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told what the builder would give its helpers, in place of running them; for tests. Default: they run. */
  readonly instead?: (options: unknown) => void;
};

/** Makes the installers of one target from the built project; answers the files that were made. */
export async function makeInstallers({ root, target, output, tokenDriver, electronDist, unpackedOnly, env, instead }: MakeOrder): Promise<readonly string[]> {
  const app = mkdtempSync(join(tmpdir(), `tvt-installer-${target}-`));
  try {
    layOut({ root, target, folder: app, tokenDriver, env });
    const platform = target === 'win32' ? Platform.WINDOWS : Platform.LINUX;
    const made = await build({
      projectDir: root,
      targets: platform.createTarget(unpackedOnly ? 'dir' : undefined, Arch.x64),
      config: installerConfig({ root, target, app, output, electronDist, env }),
      publish: 'never',
      ...(instead === undefined
        ? {}
        : {
            effectiveOptionComputed: (options: unknown) => {
              instead(options);
              return Promise.resolve(true);
            },
          }),
    });
    mustBeFor(target, join(output, target === 'win32' ? 'win-unpacked/tram-van-thu.exe' : 'linux-unpacked/tram-van-thu'));
    return made;
  } finally {
    rmSync(app, { recursive: true, force: true });
  }
}
