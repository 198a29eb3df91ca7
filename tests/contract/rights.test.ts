import { expect, test } from 'vitest';
import { accessOf, contract, events, mayDo, rights, type Method, type MethodTable } from '#contract';

const methods = Object.entries(contract as MethodTable).flatMap(([domain, row]) =>
  Object.entries(row).map(([name, method]: [string, Method]) => ({ domain, name, kind: method.kind })),
);

test('every command has a line in the table of rights', () => {
  const missing = methods.filter(({ kind, domain, name }) => kind === 'command' && !Object.hasOwn(rights[domain] ?? {}, name)).map(({ domain, name }) => `${domain}.${name}`);
  expect(missing, 'add a line for each of these to `rights` in electron/contract/rights.ts: which roles may call it?').toEqual([]);
});

test('every line of the table names a method or stream that exists', () => {
  const known = new Set([...methods.map(({ domain, name }) => `${domain}.${name}`), ...Object.entries(events).flatMap(([domain, row]) => Object.keys(row).map((name) => `${domain}.${name}`))]);
  const lines = Object.entries(rights).flatMap(([domain, row]) => Object.keys(row).map((name) => `${domain}.${name}`));
  expect(lines.filter((line) => !known.has(line))).toEqual([]);
});

test('who is not signed in may ask for nothing but what signing in needs', () => {
  const open = methods.filter(({ domain, name, kind }) => accessOf(domain, name, kind) === 'open').map(({ domain, name }) => `${domain}.${name}`);
  expect(open.sort()).toEqual(['people.session', 'people.signIn', 'people.signOut', 'station.status']);
  const openStreams = Object.entries(events).flatMap(([domain, row]) =>
    Object.keys(row).filter((name) => accessOf(domain, name, 'query') === 'open').map((name) => `${domain}.${name}`),
  );
  expect(openStreams).toEqual(['people.session']);
});

test('a clerk registers, a leader does not; both may look; an unlisted command is for administrators', () => {
  expect(mayDo(['clerk'], 'records', 'registerIncoming', 'command')).toBe(true);
  expect(mayDo(['leader', 'officer'], 'records', 'registerIncoming', 'command')).toBe(false);
  expect(mayDo(['leader'], 'records', 'incomingList', 'query')).toBe(true);
  expect(mayDo(['clerk'], 'records', 'constructor', 'command')).toBe(false);
  expect(mayDo(['administrator'], 'tomorrow', 'newCommand', 'command')).toBe(true);
  expect(mayDo([], 'records', 'incomingList', 'query')).toBe(false);
});
