import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { ensureTools, type Ready } from './tools.ts';

const root = resolve(import.meta.dirname, '../..');
const target = join(root, 'node_modules/pkcs11js');
const source = join(target, 'src/pkcs11.cpp');
/** Where the compiled driver lies, for the machine that compiled it. */
export const driverBinary = join(target, 'build/Release/pkcs11.node');

/** What C_Login of pkcs11js 2.1.7 does with the PIN, and what it is to do. */
const login = {
  published: '    GET_ARGS_STRING(2, pin)\n\n    // Call PKCS11 function\n    CK_RV rv = pkcs11->functionList->C_Login(',
  ours: `    // Changed for Tram Van thu: null lets the device ask for the PIN; a Buffer can be overwritten by the caller.
    void *pin = nullptr;
    size_t pinLength = 0;
    std::vector<char> pinText;
    if (is_buffer(env, arg[2]))
    {
      napi_get_buffer_info(env, arg[2], &pin, &pinLength);
    }
    else if (is_string(env, arg[2]))
    {
      GET_ARGS_STRING(2, text)
      pinText.assign(text, text + textLength + 1);
      pin = pinText.data();
      pinLength = textLength;
    }
    else if (!is_empty(env, arg[2]))
    {
      THROW_TYPE_ERRORF(nullptr, "Argument %d has wrong type. Should be a Buffer, a String or null", 2);
    }

    // Call PKCS11 function
    CK_RV rv = pkcs11->functionList->C_Login(`,
};

/** A text of ours in the compiled file. */
export const driverMark = 'Should be a Buffer, a String or null';

/**
 * Makes sure that `pkcs11js` is compiled, and with its C_Login changed: as published it takes the PIN as a string only,
 * which can be neither overwritten nor left out for a token with a PIN pad. `npm install` leaves it out where its compilation failed, for want of a
 * compiler or of Node's headers, so that an office without either can use the rest; the suite needs it. Quick where it is
 * there already. `mayInstall`: a compiler that is missing may be installed (root on Debian only).
 */
export function ensureTokenDriver({ mayInstall = true }: { readonly mayInstall?: boolean } = {}): Ready {
  if (isReady()) return { ok: true };
  const tools = ensureTools(
    [
      { program: 'g++', package: 'g++' },
      { program: 'make', package: 'make' },
      { program: 'python3', package: 'python3' },
    ],
    mayInstall,
  );
  if (!tools.ok) return tools;
  const headers = headerFolders().find((folder) => existsSync(join(folder, 'include/node/common.gypi')));
  if (headers === undefined) return { ok: false, command: 'npm rebuild pkcs11js --nodedir FOLDER_OF_NODE' };
  process.stdout.write(`Compiling the token driver against ${headers}\n`);
  const built = (existsSync(source) || fetchSource()) && changeLogin() && run(process.execPath, [join(root, 'node_modules/node-gyp/bin/node-gyp.js'), 'rebuild', '--nodedir', headers], target);
  return built && isReady() ? { ok: true } : { ok: false, command: `npm rebuild pkcs11js --nodedir ${headers}` };
}

function isReady(): boolean {
  return existsSync(driverBinary) && readFileSync(driverBinary).includes(driverMark) && loads();
}

/** A new file takes the place of the old one: several trees may share one copy by hard links. */
function changeLogin(): boolean {
  const text = readFileSync(source, 'utf8');
  if (text.includes(login.ours)) return true;
  if (!text.includes(login.published)) {
    process.stderr.write('C_Login of this pkcs11js is not the one that is known here (build/scripts/token-driver.ts)\n');
    return false;
  }
  writeFileSync(`${source}.new`, text.replace(login.published, () => login.ours));
  renameSync(`${source}.new`, source);
  return true;
}

function loads(): boolean {
  return spawnSync(process.execPath, ['-e', "require('pkcs11js')"], { cwd: root, stdio: 'ignore' }).status === 0;
}

/** Where Node's headers may lie: beside the Node of npm's `node` package, or beside any Node of the machine. */
function headerFolders(): string[] {
  const ours = join(root, 'node_modules/node/node_modules');
  const packages = existsSync(ours) ? readdirSync(ours).map((name) => join(ours, name)) : [];
  const machine = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => existsSync(join(folder, 'node')))
    .map((folder) => dirname(folder));
  return [...packages, ...machine];
}

/** Puts the source of the locked version into its place; `npm install` would drop it again when it cannot compile. */
function fetchSource(): boolean {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const version = lock.packages['node_modules/pkcs11js']?.version ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'pkcs11js-'));
  try {
    if (!run('npm', ['pack', '--silent', `pkcs11js@${version}`], folder)) return false;
    const [archive = ''] = readdirSync(folder);
    mkdirSync(target, { recursive: true });
    return run('tar', ['xzf', join(folder, archive), '--strip-components=1'], target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, words: readonly string[], cwd: string): boolean {
  const ran = spawnSync(program, words, { cwd, encoding: 'utf8' });
  if (ran.status !== 0) process.stderr.write(ran.stderr);
  return ran.status === 0;
}
