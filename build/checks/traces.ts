import { homedir } from 'node:os';
import { textOf, type Finding } from './findings.ts';

type Trace = {
  readonly rule: string;
  readonly pattern: RegExp;
  readonly message: string;
  /** files that are not asked */
  readonly except?: RegExp;
};

/**
 * What one machine leaves in files that every machine reads. Host names are put together from parts, so that this
 * file does not find itself.
 */
const registries = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['registry', 'npmmirror', 'com'],
  ['npm', 'pkg', 'github', 'com'],
].map((parts) => parts.join('.'));

const before = String.raw`(?:^|[\s"'\x60(<=:,])(?:file:\/\/)?`;
const aPath = 'is a path of one machine: write it from the root of the project, or take it from the environment';
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Traces to look for; `registry` is the address npm uses on this machine, if it says so. */
function tracesFor(root: string, registry: string | undefined): Trace[] {
  const host = registry !== undefined && URL.canParse(registry) ? new URL(registry).host : '';
  const hosts = [...registries, ...(host === '' ? [] : [host])].map(escaped);
  // This machine's own folders, wherever they are, and those that are typical of one.
  const own = [root, homedir()].filter((folder) => folder.length > 3).map(escaped);
  return [
    {
      rule: 'lock-address',
      pattern: /"resolved":\s*"(?:https?|git\+\w+):/,
      except: /(?<!package-lock\.json)$/,
      message: 'the lock file names the place a package came from; .npmrc has omit-lockfile-registry-resolved, run npm install again',
    },
    {
      rule: 'registry-host',
      pattern: new RegExp(`\\b(?:${hosts.join('|')})\\b`, 'i'),
      message: 'names a package registry: each machine has its own',
    },
    { rule: 'machine-path', pattern: new RegExp(`${before}(?:\\/work|\\/root|${own.join('|')})\\/`), message: aPath },
    {
      rule: 'machine-path',
      pattern: new RegExp(`${before}(?:\\/(?:home|Users)\\/[\\w.-]+\\/|[A-Za-z]:[\\\\/]{1,2}Users[\\\\/])`),
      // A test may speak of somebody's folder.
      except: /^tests\//,
      message: aPath,
    },
  ];
}

/** Registry hosts and absolute paths in files that are, or could be, committed. */
export function findTraces(
  root: string,
  files: readonly string[],
  registry: string | undefined = process.env['npm_config_registry'],
): Finding[] {
  const all = tracesFor(root, registry);
  return files.flatMap((file) => {
    const traces = all.filter(({ except }) => except?.test(file) !== true);
    const text = textOf(root, file);
    if (text === undefined || !traces.some(({ pattern }) => pattern.test(text))) return [];
    return text.split('\n').flatMap((content, index) =>
      traces
        .filter(({ pattern }) => pattern.test(content))
        .map(({ rule, message }) => ({ file, line: index + 1, rule, message: `${excerpt(content)} — ${message}` })),
    );
  });
}

function excerpt(content: string): string {
  const text = content.trim();
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
