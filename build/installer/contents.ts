import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { driverMark } from '../scripts/token-driver.ts';
import { holdsText, mustBeFor, type Target } from './binary.ts';
import { documentation } from './config.ts';

export type Contents = {
  /** the project's folder, built */
  readonly root: string;
  readonly target: Target;
  /** is emptied, then filled */
  readonly folder: string;
  /** the compiled `pkcs11.node`; null: without a driver for tokens */
  readonly tokenDriver: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/**
 * Everything that is shipped, as paths below the project: what is not on this list stays at home, and what lies in a
 * listed folder without being on it is an error, so that nobody adds a source map or a test by accident.
 */
const shipped: readonly { readonly from: string; readonly names: RegExp; readonly passOver?: RegExp }[] = [
  { from: '.', names: /^LICENSE$/, passOver: /./ },
  { from: 'dist/electron', names: /^[\w-]+\.(js|cjs)$|^licenses\.md$/ },
  { from: 'dist/renderer', names: /^(index\.html|licenses\.md)$/ },
  { from: 'dist/renderer/assets', names: /^[\w-]+\.(js|css|svg|png|woff2)$/ },
  { from: 'dist/renderer/pdfjs', names: /^pdf\.worker\.min\.mjs$/ },
  { from: 'dist/renderer/pdfjs/cmaps', names: /^[\w-]+\.bcmap$|^LICENSE$/ },
  { from: 'dist/renderer/pdfjs/iccs', names: /^[\w-]+\.icc$|^LICENSE$/ },
  { from: 'dist/renderer/pdfjs/standard_fonts', names: /^[\w-]+\.(pfb|ttf)$|^LICENSE_\w+$/ },
  { from: 'dist/renderer/pdfjs/wasm', names: /^[\w-]+\.(wasm|js)$|^LICENSE[\w.-]*$/ },
  // Read at run time by their paths; the other resources are bundled into the programs.
  { from: 'resources/directory', names: /^level-one-codes\.tsv$/ },
  ...['.', 'archived', 'submitted', 'SIP_hoso', 'SIP_tailieu', 'AIP_hoso', 'AIP_tailieu', 'DIP'].map((folder) => ({
    from: join('resources/packages/xsd', folder),
    names: /^[\w.-]+\.xsd$/,
  })),
];

/** Files of packages that are not bundled. Types, sources and the binaries of other systems stay at home. */
const modules = (target: Target): readonly { readonly from: string; readonly names: RegExp }[] => [
  { from: 'better-sqlite3', names: /^(package\.json|LICENSE)$/ },
  { from: 'better-sqlite3/lib', names: /^(binding|database|index|sqlite-error|util)\.js$/ },
  { from: 'better-sqlite3/lib/methods', names: /^[\w-]+\.js$/ },
  { from: 'better-sqlite3/prebuilds', names: new RegExp(`^${target}-x64\\.node$`) },
  { from: '@expo-google-fonts/tinos', names: /^(package\.json|LICENSE|LICENSE_FONT)$/ },
  ...['400Regular', '700Bold', '400Regular_Italic', '700Bold_Italic'].map((face) => ({
    from: `@expo-google-fonts/tinos/${face}`,
    names: new RegExp(`^Tinos_${face}\\.ttf$`),
  })),
];
const tokenModule = { from: 'pkcs11js', names: /^(package\.json|LICENSE|index\.js)$/ };

/** Puts the application for one target together in a folder of its own. Throws a sentence where it can not be right. */
export function layOut(contents: Contents): void {
  const { root, target, folder, tokenDriver } = contents;
  rmSync(folder, { recursive: true, force: true });
  for (const { from, names, passOver } of shipped) copy(root, folder, from, names, passOver ?? /^$/);
  for (const { from, names } of modules(target)) copy(root, folder, join('node_modules', from), names, /./);
  mustBeFor(target, join(folder, `node_modules/better-sqlite3/prebuilds/${target}-x64.node`));
  if (tokenDriver !== null) {
    mustBeFor(target, tokenDriver);
    if (!holdsText(tokenDriver, driverMark)) throw new Error(`${tokenDriver} is pkcs11js as published; the station needs the one with its C_Login changed (build/scripts/token-driver.ts).`);
    copy(root, folder, join('node_modules', tokenModule.from), tokenModule.names, /./);
    put(tokenDriver, join(folder, 'node_modules/pkcs11js/build/Release/pkcs11.node'));
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(ownPackage(contents), null, 2)}\n`);
}

/**
 * What the installed program knows of itself. The name is also that of its data's folder, and so never changes. The makers
 * of Debian packages insist on a home page: an office names its own; without one it is the place of the package's documents.
 */
function ownPackage({ root, target, env }: Contents): object {
  const { name, version, description, license, main, homepage = `file://${documentation}` } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  return { name, version, description, license, type: 'module', main, author: { name: 'Trạm Văn thư' }, ...(target === 'linux' ? { homepage: env['TVT_HOMEPAGE'] ?? homepage, desktopName: `${String(name)}.desktop` } : {}) };
}

function copy(root: string, folder: string, from: string, names: RegExp, passOver: RegExp): void {
  const source = join(root, from);
  if (!existsSync(source)) throw new Error(`${source} is missing: run npm install and npm run build first.`);
  let count = 0;
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const isKnown = (place: string): boolean => passOver.test(entry.name) || shipped.some((one) => join(one.from).startsWith(place));
    if (entry.isDirectory() && isKnown(join(from, entry.name))) continue;
    if (names.test(entry.name)) {
      put(join(source, entry.name), join(folder, from, entry.name));
      count += 1;
    } else if (!passOver.test(entry.name)) {
      throw new Error(`${join(from, entry.name)} is not on the list of what is shipped (build/installer/contents.ts).`);
    }
  }
  if (count === 0) throw new Error(`${source} holds nothing of what is shipped.`);
}

function put(source: string, place: string): void {
  mkdirSync(dirname(place), { recursive: true });
  copyFileSync(source, place);
}
