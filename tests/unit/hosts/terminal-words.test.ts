import { expect, test } from 'vitest';
import { terminalWords } from '../../../electron/hosts/shell/terminal-words.ts';

test.each([
  [['--tvt', '--', 'status', '--json'], ['status', '--json']],
  [['--ozone-platform=headless', '--tvt', '--', 'a', '--', 'b'], ['a', '--', 'b']],
  [['--tvt'], []],
  [['/opt/app', '--tvt', 'help'], ['help']],
  [['--practice', '/a/x.edxml'], undefined],
  [['--', '--tvt'], undefined],
  [[], undefined],
])('%j is a call of tvt with %j', (words, expected) => {
  expect(terminalWords(words)).toEqual(expected);
});
