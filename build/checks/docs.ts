import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseDependencyTable, placePattern } from './dependency-table.ts';
import { conclude, projectFiles, textOf, type Finding } from './findings.ts';
import { anchorsOf, linksOf } from './markdown.ts';
import { findTraces } from './traces.ts';

type Manifest = {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};

/** Documents that rot fail the build: links, named scripts, the list of packages, traces of a developer's machine. */
export function checkDocs(root: string, files: readonly string[]): Finding[] {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const documents = files.filter((file) => file.endsWith('.md') && !file.startsWith('tests/fixtures/'));
  const commands = files.filter((file) => file.startsWith('.ci/') || file === 'package.json');
  return [
    ...documents.flatMap((file) => brokenLinks(root, file, files)),
    ...[...documents, ...commands].flatMap((file) => missingScripts(root, file, manifest)),
    ...packageTable(root, manifest),
    ...findTraces(root, files),
  ];
}

function brokenLinks(root: string, file: string, files: readonly string[]): Finding[] {
  const markdown = textOf(root, file) ?? '';
  const findings: Finding[] = [];
  for (const { target, line } of linksOf(markdown)) {
    if (target === '' || /^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith('//')) continue;
    const [path = '', anchor] = splitAnchor(target);
    const wanted = path === '' ? file : resolveFrom(file, path);
    const isFolder = files.some((name) => name.startsWith(`${wanted}/`)) || wanted === '.';
    if (!isFolder && !files.includes(wanted)) {
      findings.push({ file, line, rule: 'broken-link', message: `${target} leads to ${wanted}, which is not in the project` });
    } else if (anchor !== undefined && wanted.endsWith('.md') && !anchorsOf(textOf(root, wanted) ?? '').has(anchor)) {
      findings.push({ file, line, rule: 'broken-anchor', message: `${wanted} has no heading #${anchor}` });
    }
  }
  return findings;
}

function splitAnchor(target: string): [string, string | undefined] {
  const plain = decode(target);
  const hash = plain.indexOf('#');
  return hash < 0 ? [plain.replace(/\?.*$/, ''), undefined] : [plain.slice(0, hash).replace(/\?.*$/, ''), plain.slice(hash + 1).normalize('NFC')];
}

function decode(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

function resolveFrom(file: string, path: string): string {
  const joined = path.startsWith('/') ? path.slice(1) : join(dirname(file), path);
  return normalize(joined).replaceAll('\\', '/').replace(/\/$/, '');
}

const scriptCall = /\bnpm (?:run(?:-script)? (?:--silent |-s )?([a-z0-9][\w:.-]*)|(start|test)\b)/g;

function missingScripts(root: string, file: string, manifest: Manifest): Finding[] {
  const findings: Finding[] = [];
  for (const [index, text] of (textOf(root, file) ?? '').split('\n').entries()) {
    for (const match of text.matchAll(scriptCall)) {
      const name = (match[1] ?? match[2] ?? '').replace(/[.:]$/, '');
      if (Object.hasOwn(manifest.scripts ?? {}, name)) continue;
      findings.push({ file, line: index + 1, rule: 'missing-script', message: `package.json has no script “${name}”` });
    }
  }
  return findings;
}

const tableFile = 'docs/dependencies.md';

function packageTable(root: string, manifest: Manifest): Finding[] {
  const path = join(root, tableFile);
  const rows = existsSync(path) ? parseDependencyTable(readFileSync(path, 'utf8')) : [];
  const declared = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies };
  const fault = (line: number, message: string): Finding => ({ file: tableFile, line, rule: 'package-table', message });
  const unlisted = Object.keys(declared)
    .filter((name) => !rows.some((row) => row.name === name))
    .map((name) => fault(1, `${name} is in package.json and has no row: say where it may be used and why`));
  const faults = rows.flatMap((row, index) => {
    const messages: string[] = [];
    if (!Object.hasOwn(declared, row.name)) messages.push(`${row.name} is not in package.json: remove the row`);
    if (rows.findIndex((other) => other.name === row.name) !== index) messages.push(`${row.name} has two rows`);
    if (row.why === '') messages.push(`${row.name}: say why it is here`);
    for (const place of row.places) {
      if (placePattern(place) === undefined) messages.push(`${row.name}: “${place}” is no place the table knows`);
    }
    const stated = licenceOf(root, row.name);
    if (stated !== undefined && stated !== row.licence) messages.push(`${row.name} states the licence ${stated}, the table ${row.licence}`);
    return messages.map((message) => fault(row.line, message));
  });
  return [...unlisted, ...faults];
}

/** The licence that the installed package states; undefined when it is not installed (optional, another platform). */
function licenceOf(root: string, name: string): string | undefined {
  const path = join(root, 'node_modules', name, 'package.json');
  if (!existsSync(path)) return undefined;
  const { license } = JSON.parse(readFileSync(path, 'utf8')) as { license?: unknown };
  return typeof license === 'string' ? license : 'none';
}

if (import.meta.main) conclude(checkDocs(process.cwd(), projectFiles(process.cwd())));
