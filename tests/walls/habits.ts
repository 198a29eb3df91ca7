import type { Violation } from './violation.ts';

const service = 'electron/services/records';
const dead = {
  'tests/unit/wall-dead.test.ts': `import { it } from 'vitest';\nimport { alive } from '../../${service}/wall-dead.ts';\nit('lives', () => alive);\n`,
};

/** What is not an edge: globals, failures, reading and writing, text, colours, documents. */
export const habits: readonly Violation[] = [
  { name: 'renderer uses Buffer', file: 'renderer/app/wall-buffer.ts', text: "export const used = Buffer.from('x');\n", caught: { types: 'TS2591' } },
  { name: 'contract uses document', file: 'electron/contract/wall-document.ts', text: 'export const used = document.title;\n', caught: { types: 'TS2584' } },
  { name: 'service uses window', file: `${service}/wall-window.ts`, text: 'export const used = window;\n', caught: { types: 'TS2304' } },
  {
    name: 'a handler answers with a code it did not declare',
    file: `${service}/wall-code.ts`,
    text: "import { fail, type Handlers } from '../../contract/index.ts';\nexport const handlers: Pick<Handlers['records'], 'registerIncoming'> = {\n  registerIncoming: () => fail('never-declared'),\n};\n",
    caught: { types: 'TS2322' },
  },
  {
    name: 'a switch forgets a failure code',
    file: `${service}/wall-switch.ts`,
    text: "import type { Failure } from '../../contract/index.ts';\nexport function words(failure: Failure<'not-found'>): string {\n  switch (failure.code) {\n    case 'not-found':\n      return 'a';\n    case 'internal':\n      return 'b';\n  }\n}\n",
    caught: { types: 'TS2366', typed: 'typescript(switch-exhaustiveness-check)' },
  },
  {
    name: 'a query writes',
    file: `${service}/wall-query.store.ts`,
    text: "import { run, sql, type ReadDb } from '../../store/index.ts';\nexport function countAndSpoil(db: ReadDb): number {\n  return run(db, sql`UPDATE incoming SET subject = ''`);\n}\n",
    caught: { types: 'TS2345' },
  },
  {
    name: 'a change is made with a reading connection',
    file: `${service}/wall-change.store.ts`,
    text: "import { changeOne, sql, type ReadDb } from '../../store/index.ts';\nexport const spoil = (db: ReadDb): void => {\n  changeOne(db, sql`UPDATE incoming SET subject = ''`);\n};\n",
    caught: { types: 'TS2345' },
  },
  {
    name: 'SQL as text',
    file: `${service}/wall-text.store.ts`,
    text: "import { all, type ReadDb } from '../../store/index.ts';\nexport const find = (db: ReadDb, id: string): unknown[] => all(db, `SELECT * FROM incoming WHERE id = '${id}'`);\n",
    caught: { types: 'TS2345', lint: 'tvt/sql-bind-only' },
  },
  {
    name: 'SQL outside the store',
    file: `${service}/wall-prepare.ts`,
    text: "export const find = (db: { prepare: (text: string) => unknown }): unknown => db.prepare('SELECT 1');\n",
    caught: { lint: 'tvt/sql-in-store' },
  },
  {
    name: 'an outbox row is deleted',
    file: 'electron/services/exchange/wall-outbox.store.ts',
    text: "import { run, sql, type WriteDb } from '../../store/index.ts';\nexport const forget = (db: WriteDb): number => run(db, sql`DELETE FROM outbox WHERE attempts > 9`);\n",
    caught: { lint: 'tvt/no-outbox-delete' },
  },
  { name: 'fetch in a service', file: `${service}/wall-fetch.ts`, text: "export const ask = (): Promise<Response> => fetch('https://example.org');\n", caught: { lint: 'no-restricted-globals' } },
  { name: 'fetch in the window', file: 'renderer/app/wall-fetch.ts', text: "export const ask = (): Promise<Response> => fetch('https://example.org');\n", caught: { lint: 'no-restricted-globals' } },
  { name: 'fetch by way of the global object', file: `${service}/wall-global.ts`, text: 'export const ask = globalThis.fetch;\n', caught: { lint: 'no-restricted-syntax' } },
  { name: 'a beacon', file: 'renderer/app/wall-beacon.ts', text: "export const tell = (): boolean => navigator.sendBeacon('/x');\n", caught: { lint: 'no-restricted-syntax' } },
  { name: 'a file of 401 lines', file: `${service}/wall-long.ts`, text: `${'// a line\n'.repeat(400)}export const last = 401;\n`, caught: { lint: 'max-lines' } },
  { name: 'an exemption from 400 lines', file: `${service}/wall-exempt.ts`, text: `${['/* eslint', 'disable'].join('-')} max-lines -- it grew */\nexport const last = 1;\n`, caught: { files: 'exemption' } },
  { name: 'a default export', file: `${service}/wall-default.ts`, text: 'export default 1;\n', caught: { lint: 'no-restricted-syntax' } },
  { name: 'a barrel under another name', file: `${service}/wall-all.ts`, text: "export * from './wall-part.ts';\n", with: { [`${service}/wall-part.ts`]: 'export const part = 1;\n' }, caught: { lint: 'no-restricted-syntax' } },
  { name: 'an index.ts that is no front door', file: 'renderer/ui/walls/index.ts', text: 'export const part = 1;\n', caught: { files: 'no-barrel' } },
  { name: 'a service reads the environment', file: `${service}/wall-env.ts`, text: "export const home = process.env['HOME'];\n", caught: { lint: 'no-restricted-properties' } },
  { name: 'a service writes to the terminal', file: `${service}/wall-console.ts`, text: "console.log('x');\nexport {};\n", caught: { lint: 'no-console' } },
  { name: 'a promise nobody waits for', file: `${service}/wall-floating.ts`, text: "import { rm } from 'node:fs/promises';\nexport function drop(): void {\n  rm('x');\n}\n", caught: { typed: 'typescript(no-floating-promises)' } },
  { name: 'literal text in JSX', file: 'renderer/app/WallText.tsx', text: 'export function WallText(): React.JSX.Element {\n  return <p>Sổ văn bản đến</p>;\n}\n', caught: { lint: 'tvt/no-literal-jsx-text' } },
  { name: 'a colour outside the foundations', file: 'renderer/app/wall-colour.ts', text: "export const ink = { color: '#c50f1f' };\n", caught: { lint: 'tvt/no-colour-outside-foundations' } },
  { name: 'a colour in a style sheet', file: 'renderer/app/wall-colour.css', text: '.a {\n  color: rgb(1, 2, 3);\n}\n', caught: { files: 'no-colour-outside-foundations' } },
  { name: 'an image without words', file: 'renderer/app/WallImage.tsx', text: 'export function WallImage(): React.JSX.Element {\n  return <img src="x.png" />;\n}\n', caught: { lint: 'jsx-a11y/alt-text' } },
  { name: 'a hook behind a condition', file: 'renderer/app/wall-hook.ts', text: "import { useState } from 'react';\nexport function useWall(on: boolean): number {\n  if (on) return useState(1)[0];\n  return 0;\n}\n", caught: { lint: 'react-hooks/rules-of-hooks' } },
  { name: 'an export nobody uses', file: `${service}/wall-dead.ts`, text: 'export const alive = 1;\nexport const dead = 2;\n', with: dead, caught: { dead: 'exports' } },
  { name: 'a file nobody uses', file: `${service}/wall-alone.ts`, text: 'export const alone = 1;\n', caught: { dead: 'files' } },
  { name: 'a broken link', file: 'docs/wall-link.md', text: '[gone](wall-gone.md)\n', caught: { docs: 'broken-link' } },
  { name: 'a heading that is not there', file: 'docs/wall-anchor.md', text: '# Here\n[there](#there)\n', caught: { docs: 'broken-anchor' } },
  { name: 'a script that is not there', file: 'docs/wall-script.md', text: 'Run `npm run wall-gone`.\n', caught: { docs: 'missing-script' } },
  { name: 'a path of one machine', file: 'docs/wall-path.md', text: `See ${['', 'home', 'lan', 'project', 'x'].join('/')}.\n`, caught: { docs: 'machine-path' } },
];
