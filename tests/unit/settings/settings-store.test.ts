import { describe, expect, test } from 'vitest';
import { contract } from '#contract';
import { axisSecrets, readSettings, saveAxis } from '../../../electron/services/settings/index.ts';
import { run, sql } from '../../../electron/store/index.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const at = '2026-11-22T01:00:00.000Z';
const straight = { endpoint: 'https://truc.example.vn', systemId: '00.21.W00', plainHttpHosts: [], pollSeconds: 300 };
const broker = { ...straight, kind: 'lgsp-rest', username: 'vanthu', applicationCode: 'QLVB' } as const;

describe('the stored connection to the axis', () => {
  test('from before there were brokers is still read, as the straight kind', () => {
    const store = storeIn(scratchFolder());
    const value = JSON.stringify({ ...straight, secret: 'cũ' });
    store.write((db) => run(db, sql`INSERT INTO setting (name, value, changed_at) VALUES ('axis', ${value}, ${at})`));
    expect(readSettings(store.read).axis).toEqual({
      ...straight,
      kind: 'vxp',
      username: '',
      applicationCode: '',
      hasSecret: true,
      hasPassword: false,
    });
    expect(axisSecrets(store.read)).toEqual({ secret: 'cũ', password: '' });
  });

  test('keeps both secrets until they are replaced, and shows neither', () => {
    const store = storeIn(scratchFolder());
    store.write((db) => {
      saveAxis(db, { ...broker, secret: 'khoa', password: 'mk' }, at);
      saveAxis(db, { ...broker, pollSeconds: 60, secret: null, password: null }, at);
    });
    expect(axisSecrets(store.read)).toEqual({ secret: 'khoa', password: 'mk' });
    expect(readSettings(store.read).axis).toEqual({ ...broker, pollSeconds: 60, hasSecret: true, hasPassword: true });
    store.write((db) => {
      saveAxis(db, { ...broker, secret: null, password: 'mới' }, at);
    });
    expect(axisSecrets(store.read)).toEqual({ secret: 'khoa', password: 'mới' });
  });
});

describe('the input of saveAxis', () => {
  const faults = (change: Readonly<Record<string, unknown>>): unknown[] => {
    const parsed = contract.station.saveAxis.input.safeParse({ ...broker, secret: null, password: null, ...change });
    return parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]);
  };

  test('asks of a broker what the straight way does not need', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ username: '' })).toEqual(['username']);
    expect(faults({ username: '', endpoint: '' })).toEqual([]);
    expect(faults({ secret: 'bí mật', systemId: 'hệ' })).toEqual(['systemId', 'secret']);
    expect(faults({ secret: 'bí mật', kind: 'vxp', username: '' })).toEqual([]);
    expect(faults({ password: '' })).toEqual(['password']);
    expect(faults({ kind: 'soap' })).toEqual(['kind']);
  });

  test('is still understood without a kind', () => {
    expect(contract.station.saveAxis.input.parse({ ...straight, secret: null })).toMatchObject({ kind: 'vxp', password: null });
  });
});
