import { expect, it } from 'vitest';
import { checkFiles } from '../../../build/checks/files.ts';
import { projectFiles } from '../../../build/checks/findings.ts';
import { scratchProject } from './scratch.ts';

function findings(files: Readonly<Record<string, string>>): string[] {
  const root = scratchProject(files);
  return checkFiles(root, projectFiles(root)).map(({ file, line, rule }) => `${file}:${line} ${rule}`);
}

it('knows the front doors', () => {
  const doors = ['electron/contract', 'electron/store', 'electron/services/records', 'electron/foundation/pdf', 'native/pkcs11', 'renderer/features/records'];
  expect(findings(Object.fromEntries(doors.map((door) => [`${door}/index.ts`, ''])))).toEqual([]);
});

it('finds an index file anywhere else', () => {
  const barrels = ['electron/foundation/index.ts', 'electron/index.ts', 'electron/services/exchange/edxml/index.ts', 'renderer/ui/index.tsx', 'tests/fakes/index.ts'];
  expect(findings(Object.fromEntries(barrels.map((file) => [file, ''])))).toEqual(barrels.map((file) => `${file}:1 no-barrel`));
});

it('finds colours and type sizes in style sheets, but not in comments or in the foundations', () => {
  const files = {
    'renderer/foundations/theme.css': ':root { --ink: #1b1b1b; font-size: 14px; }\n',
    'renderer/ui/a.css': '/* #fff\n#000 */\n.a { color: var(--ink); width: 40px; }\n',
    'renderer/ui/b.css': '.b {\n  color: #fff;\n  font-size: 14px;\n}\n',
  };
  expect(findings(files)).toEqual(['renderer/ui/b.css:2 no-colour-outside-foundations', 'renderer/ui/b.css:3 no-colour-outside-foundations']);
});

it('holds style sheets to 400 lines', () => {
  expect(findings({ 'renderer/ui/a.css': '\n'.repeat(400), 'renderer/ui/b.css': '\n'.repeat(401) })).toEqual(['renderer/ui/b.css:401 max-lines']);
});

it('wants a rule and a reason of each exemption, and none from the length of a file', () => {
  const next = ['// eslint', 'disable-next-line'].join('-');
  const whole = ['/* eslint', 'disable'].join('-');
  const files = {
    'build/a.ts': `${next} no-eval -- the judge is fed text\neval(x);\n${whole} no-console -- a terminal program */\n`,
    'build/b.ts': `${next} no-eval\neval(x);\n${next}\neval(x);\n${whole} */\n${whole} max-lines -- long */\n`,
  };
  expect(findings(files)).toEqual([1, 3, 5, 6].map((line) => `build/b.ts:${line} exemption`));
});
