import { spawn } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, ok } from '#contract';
import type { DocumentConverter } from '../../services/records/index.ts';

/** A long report with pictures takes an old machine half a minute. */
const timeLimitMs = 120_000;

/** Settings of the program's profile: no macros, no links to elsewhere followed, and a proxy that leads nowhere. */
const closedProfile = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${[
  ['/org.openoffice.Office.Common/Security/Scripting', 'MacroSecurityLevel', '3'],
  ['/org.openoffice.Office.Common/Security/Scripting', 'DisableMacrosExecution', 'true'],
  ['/org.openoffice.Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true'],
  ['/org.openoffice.Office.Writer/Content/Update', 'Link', '0'],
  ['/org.openoffice.Inet/Settings', 'ooInetProxyType', '2'],
  ['/org.openoffice.Inet/Settings', 'ooInetHTTPProxyName', '127.0.0.1'],
  ['/org.openoffice.Inet/Settings', 'ooInetHTTPProxyPort', '9'],
  ['/org.openoffice.Inet/Settings', 'ooInetHTTPSProxyName', '127.0.0.1'],
  ['/org.openoffice.Inet/Settings', 'ooInetHTTPSProxyPort', '9'],
]
  .map(([path = '', name = '', value = '']) => `<item oor:path="${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`)
  .join('\n')}
</oor:items>
`;

const windowsPlaces = ['C:\\Program Files\\LibreOffice\\program\\soffice.com', 'C:\\Program Files (x86)\\LibreOffice\\program\\soffice.com'];

/** The office program on this machine, in the folders of `PATH` or the usual places; undefined when there is none. */
async function findProgram(path: string): Promise<string | undefined> {
  const onPath = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => ['soffice', 'libreoffice'].map((name) => join(folder, name)));
  const places = process.platform === 'win32' ? windowsPlaces : [...onPath, '/usr/bin/soffice', '/opt/libreoffice/program/soffice'];
  for (const place of places) {
    if (await access(place, constants.X_OK).then(() => true, () => false)) return place;
  }
  return undefined;
}

/**
 * Makes PDFs with LibreOffice, when it is installed; `path` lists the folders to look in, as `PATH` does. Each run has a
 * folder and a profile of its own, so that an open office program of the person does not take the call over (LibreOffice,
 * "Starting from the command line": UserInstallation). In that profile macros do not run, and what a text links to elsewhere
 * is not fetched: nothing of ours calls out. The text is in the clear in that folder until the run ends.
 */
export function sofficeConverter(options: { readonly path: string; readonly limitMs?: number }): DocumentConverter {
  const program = (): Promise<string | undefined> => findProgram(options.path);
  return {
    available: async () => (await program()) !== undefined,
    toPdf: async (bytes, extension) => {
      const path = await program();
      if (path === undefined) return fail('converter-missing');
      const folder = await mkdtemp(join(tmpdir(), 'tvt-text-'));
      try {
        const input = join(folder, `text.${extension}`);
        await writeFile(input, bytes, { mode: 0o600 });
        await mkdir(join(folder, 'profile', 'user'), { recursive: true });
        await writeFile(join(folder, 'profile', 'user', 'registrymodifications.xcu'), closedProfile);
        const ended = await runProgram(path, folder, input, options.limitMs ?? timeLimitMs);
        if (ended !== 0) return fail(ended === 'time-out' ? 'time-out' : 'converter-failed');
        const made = await readFile(join(folder, 'text.pdf')).catch(() => undefined);
        // It answers 0 also when it could not read the text.
        return made?.subarray(0, 5).toString('latin1') === '%PDF-' ? ok(made) : fail('converter-failed');
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      }
    },
  };
}

function runProgram(path: string, folder: string, input: string, limitMs: number): Promise<number | 'time-out'> {
  const profile = pathToFileURL(join(folder, 'profile')).href;
  const words = ['--headless', '--norestore', '--nolockcheck', `-env:UserInstallation=${profile}`, '--convert-to', 'pdf', '--outdir', folder, input];
  return new Promise((resolve) => {
    // A group of its own: the program is a script that starts others, and all of them must end.
    const child = spawn(path, words, { stdio: 'ignore', cwd: folder, detached: process.platform !== 'win32', windowsHide: true });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      if (child.pid === undefined || process.platform === 'win32') child.kill('SIGKILL');
      else process.kill(-child.pid, 'SIGKILL');
    }, limitMs);
    child.once('error', () => {
      clearTimeout(timer);
      resolve(-1);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(late ? 'time-out' : (code ?? -1));
    });
  });
}
