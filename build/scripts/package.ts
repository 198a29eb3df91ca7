import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Target } from '../installer/binary.ts';
import { makeInstallers } from '../installer/make.ts';
import { driverBinary, ensureTokenDriver } from './token-driver.ts';

const root = resolve(import.meta.dirname, '../..');
const usage = `npm run package -- --linux --win [options]
  --linux, --win          for which systems; default: this one
  --dir                   the unpacked program only, without an installer
  --out DIR               where to put them; default: out/installers
  --electron-dist PATH    folder or ZIP of the Electron runtime, {target} stands for linux and win32; default: fetched
  --token-driver FILE     the patched pkcs11.node of the other system, compiled there by npm run package
  --without-token-driver  make it all the same, for machines that never sign with a token
  --no-build              dist/ is as it shall be`;

const { values } = parseArgs({
  options: {
    linux: { type: 'boolean', default: false },
    win: { type: 'boolean', default: false },
    dir: { type: 'boolean', default: false },
    out: { type: 'string', default: join(root, 'out/installers') },
    'electron-dist': { type: 'string' },
    'token-driver': { type: 'string' },
    'without-token-driver': { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** `npm run package`: installers for the asked systems, or one sentence why not. */
async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const targets = asked();
  const drivers = new Map(targets.map((target) => [target, tokenDriverFor(target)]));
  if (!values['no-build'] && spawnSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status !== 0) return 1;
  for (const target of targets) {
    const made = await makeInstallers({
      root,
      target,
      output: resolve(values.out),
      tokenDriver: drivers.get(target) ?? null,
      electronDist: values['electron-dist']?.replaceAll('{target}', target),
      unpackedOnly: values.dir,
      env: process.env,
    });
    for (const file of values.dir ? [resolve(values.out)] : made) process.stdout.write(`${file}\n`);
  }
  return 0;
}

function asked(): readonly Target[] {
  const targets: Target[] = [...(values.linux ? (['linux'] as const) : []), ...(values.win ? (['win32'] as const) : [])];
  if (targets.length > 0) return targets;
  if (process.platform === 'linux' || process.platform === 'win32') return [process.platform];
  throw new Error('There are installers for Linux and Windows: say --linux or --win.');
}

/** The compiled driver for the target. It can only be compiled on its own system, and a wrong one must not be shipped. */
function tokenDriverFor(target: Target): string | null {
  if (values['without-token-driver']) return null;
  const given = values['token-driver'];
  if (target !== process.platform) {
    if (given !== undefined && existsSync(given)) return resolve(given);
    throw new Error(
      `The token driver for ${target} can only be compiled on ${target}: run npm run package there, or bring its ${driverBinary.slice(root.length + 1)} here and name it with --token-driver. With --without-token-driver the installer is made without one, and that station can not sign with tokens.`,
    );
  }
  const ready = ensureTokenDriver({ mayInstall: false });
  if (!ready.ok) throw new Error(`The token driver is not compiled. Please type:\n  ${ready.command}\nor say --without-token-driver.`);
  return driverBinary;
}

process.exitCode = await main().catch((error: unknown) => {
  const said = error instanceof Error ? error.message : String(error);
  const unreached = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN/.test(said);
  process.stderr.write(`${said}\n`);
  if (unreached) process.stderr.write("The Electron runtime or one of the builder's tools could not be fetched. Name the runtime with --electron-dist, or run this once where there is a line: what was fetched is kept.\n");
  return 1;
});
