import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { utilityProcess, type UtilityProcess } from 'electron';
import { helperPrograms } from '../processes/helper-process.ts';
import type { FromHelperKeeper, ToHelperKeeper } from '../shell/helper-line.ts';

type Start = Extract<ToHelperKeeper, { kind: 'helper-start' }>;

/**
 * Keeps the processes that the core asks for, each an Electron utility process, and hands on what they say to each other.
 * `folder`: where the programs lie; `tell`: the line to the core. `heard` answers whether the message was about a helper.
 */
export function helperKeeper(
  folder: string,
  tell: (message: FromHelperKeeper) => void,
  log: (line: string) => void,
): { readonly heard: (message: unknown) => boolean; readonly endAll: () => void } {
  const running = new Map<number, UtilityProcess>();

  function start({ helper, program, args, cwd, heard }: Start): void {
    // The core names programs of ours, never a file.
    if (!helperPrograms.includes(program)) throw new Error(`no helper ${program}`);
    const child = utilityProcess.fork(join(folder, `${program}.js`), [...args, String(process.pid)], {
      serviceName: `tram-van-thu-${program}`,
      stdio: ['ignore', 'ignore', heard ? 'pipe' : 'ignore'],
      ...(cwd === null ? {} : { cwd }),
    });
    running.set(helper, child);
    child.on('message', (message: unknown) => {
      tell({ kind: 'helper-said', helper, message });
    });
    if (child.stderr !== null) {
      createInterface({ input: child.stderr }).on('line', (line) => {
        tell({ kind: 'helper-wrote', helper, line });
      });
    }
    child.on('error', (type, location) => {
      log(`${program}: ${type} at ${location}`);
    });
    child.once('exit', (code) => {
      running.delete(helper);
      tell({ kind: 'helper-gone', helper, how: `exit ${String(code)}` });
    });
  }

  return {
    heard(message) {
      const about = message as ToHelperKeeper;
      if (!about.kind.startsWith('helper-')) return false;
      if (about.kind === 'helper-start') start(about);
      if (about.kind === 'helper-kill') end(running.get(about.helper));
      if (about.kind === 'helper-post') {
        running.get(about.helper)?.postMessage(about.message);
        // A PIN may be among it; this copy has done its work.
        wipeBytes(about.message);
      }
      return true;
    },
    endAll() {
      for (const child of running.values()) end(child);
    },
  };
}

/** At once: Electron's own `kill` asks first and waits, and a driver that hangs does not hear it. */
function end(child: UtilityProcess | undefined): void {
  if (child === undefined) return;
  if (child.pid === undefined) {
    child.once('spawn', () => {
      end(child);
    });
    return;
  }
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // It went by itself in this moment; `exit` tells.
  }
}

/** Overwrites all bytes in a message, at whatever depth. */
function wipeBytes(value: unknown): void {
  if (value instanceof Uint8Array) value.fill(0);
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(wipeBytes);
}
