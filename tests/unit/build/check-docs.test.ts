import { describe, expect, it } from 'vitest';
import { checkDocs } from '../../../build/checks/docs.ts';
import { projectFiles } from '../../../build/checks/findings.ts';
import { scratchProject } from './scratch.ts';

// Put together here, so that this file itself holds no such line.
const lockLine = ['"resolved":', '"https://mirror.example/zod.tgz"'].join(' ');

const manifest = JSON.stringify({ scripts: { check: 'x', start: 'x' }, dependencies: { zod: '4' }, devDependencies: { vite: '8' } });
const table = [
  '# Packages',
  '',
  '| package | where | why | licence |',
  '| --- | --- | --- | --- |',
  '| `zod` | contract, services/records | schemas | MIT |',
  '| `vite` | tools | builds | MIT |',
].join('\n');
const sound = { 'package.json': manifest, 'docs/dependencies.md': table };

/** `file:line rule` of each finding in a project of these files. */
function findings(files: Readonly<Record<string, string>>): string[] {
  const root = scratchProject({ ...sound, ...files });
  return checkDocs(root, projectFiles(root)).map(({ file, line, rule }) => `${file}:${line} ${rule}`);
}

describe('links', () => {
  it('passes links to files, folders, headings and the outside', () => {
    const readme = [
      '# Trạm Văn thư',
      '[a](docs/guide.md) [b](docs/) [c](docs/guide.md#sổ-văn-bản-đến) [d](#trạm-văn-thư) [e](/docs/guide.md "title")',
      '[f](https://example.org/x.md) [g](mailto:a@example.org) ![h](docs/p%20q.png) <a href="docs/guide.md#again-1">i</a>',
      '`[not](a-link.md)` and [r][ref]',
      '```md',
      '[not](a-link-either.md)',
      '```',
      '[ref]: docs/guide.md#named',
    ].join('\n');
    const guide = '## Sổ văn bản đến\n### Again\n### Again\n<a id="named"></a>\n';
    expect(findings({ 'README.md': readme, 'docs/guide.md': guide, 'docs/p q.png': '' })).toEqual([]);
  });

  it('finds a missing file, a missing heading and a file that git does not keep', () => {
    const files = {
      'README.md': '[a](docs/gone.md)\n\n[b](docs/guide.md#gone)\n[c](dist/app.js)\n[d](#gone)\n',
      'docs/guide.md': '# Guide\n[up](../../outside.md)\n',
      '.gitignore': 'dist/\n',
      'dist/app.js': '',
    };
    expect(findings(files)).toEqual([
      'README.md:1 broken-link',
      'README.md:3 broken-anchor',
      'README.md:4 broken-link',
      'README.md:5 broken-anchor',
      'docs/guide.md:2 broken-link',
    ]);
  });
});

describe('scripts', () => {
  it('knows the scripts of package.json, in prose and in code', () => {
    expect(findings({ 'README.md': 'Run `npm run check`.\n\n```sh\nnpm start\nnpm run -s check\n```\nnpm run <name>\n' })).toEqual([]);
  });

  it('finds a script that is not there, also in continuous integration', () => {
    const files = { 'docs/guide.md': 'x\n    npm run chekc\n', '.ci/run.sh': 'npm test\n' };
    expect(findings(files)).toEqual(['docs/guide.md:2 missing-script', '.ci/run.sh:1 missing-script']);
  });
});

describe('packages', () => {
  it('wants a row for each package and a package for each row', () => {
    const other = table.replace('`vite` | tools', '`vitest` | tools');
    expect(findings({ 'docs/dependencies.md': other })).toEqual(['docs/dependencies.md:1 package-table', 'docs/dependencies.md:6 package-table']);
  });

  it('wants a place it knows, a reason, one row, and the licence the package states', () => {
    const other = [...table.split('\n').slice(0, 4), '| `zod` | cellar | | MIT |', '| `vite` | tools | builds | MIT |', '| `vite` | tools | again | MIT |'].join('\n');
    const files = { 'docs/dependencies.md': other, 'node_modules/zod/package.json': '{"license":"ISC"}', '.gitignore': 'node_modules/\n' };
    expect(findings(files)).toEqual([
      'docs/dependencies.md:5 package-table',
      'docs/dependencies.md:5 package-table',
      'docs/dependencies.md:5 package-table',
      'docs/dependencies.md:7 package-table',
    ]);
  });
});

describe('traces of a machine', () => {
  const home = ['', 'home', 'lan', 'project'].join('/');

  it('finds registries and absolute paths, with file and line', () => {
    const files = {
      'package-lock.json': `{\n${lockLine}\n}\n`,
      'docs/a.md': `first\nnpm from https://${['registry', 'npmjs', 'org'].join('.')}/\n`,
      'build/b.ts': `const folder = '${home}';\n`,
      'build/c.ts': `const folder = "${['C:', 'Users', 'lan', 'project'].join('\\\\')}";\n`,
    };
    expect(findings(files)).toEqual([
      'build/b.ts:1 machine-path',
      'build/c.ts:1 machine-path',
      'docs/a.md:2 registry-host',
      'package-lock.json:2 lock-address',
    ]);
  });

  it('lets addresses, relative folders and binary files be', () => {
    const files = {
      'tests/a.ts': `const sample = '${home}/';\n`,
      'docs/lock.md': `${lockLine}\n`,
      'docs/a.md': 'https://example.org/home/lan/ and tests/work/x, ~/.config\n',
      'docs/b.bin': `\0${home}/`,
    };
    expect(findings(files)).toEqual([]);
  });
});
