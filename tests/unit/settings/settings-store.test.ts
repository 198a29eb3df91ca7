import { describe, expect, test } from 'vitest';
import { contract } from '#contract';
import { axisSecrets, readSettings, saveAxis } from '../../../electron/services/settings/index.ts';
import { run, sql } from '../../../electron/store/index.ts';
import { scratchFolder, storeIn } from '../store/helpers.ts';

const at = '2026-11-22T01:00:00.000Z';
const straight = { endpoint: 'https://truc.example.vn', systemId: '00.21.W00', plainHttpHosts: [], pollSeconds: 300 };
/** What came later, as it is for whoever never set it. */
const later = {
  proxy: 'none',
  proxyHost: '',
  proxyPort: 8080,
  proxyUser: '',
  proxyBypass: [],
  caPem: '',
  sendTimeoutSeconds: 60,
  idleTimeoutSeconds: 60,
  retrySeconds: [30, 60, 120, 240, 480],
  maxTries: 6,
  elementOrder: 'vnpt',
} as const;
const unset = { ...later, hasProxyPassword: false, caCertificates: [] };
const broker = { ...straight, kind: 'lgsp-rest', username: 'vanthu', applicationCode: 'QLVB' } as const;

describe('the stored connection to the axis', () => {
  test('from before there were brokers is still read, as the straight kind', () => {
    const store = storeIn(scratchFolder());
    const value = JSON.stringify({ ...straight, secret: 'cũ' });
    store.write((db) => run(db, sql`INSERT INTO setting (name, value, changed_at) VALUES ('axis', ${value}, ${at})`));
    expect(readSettings(store.read).axis).toEqual({
      ...straight,
      ...unset,
      kind: 'vxp',
      username: '',
      applicationCode: '',
      hasSecret: true,
      hasPassword: false,
    });
    expect(axisSecrets(store.read)).toEqual({ secret: 'cũ', password: '', proxyPassword: '' });
  });

  test('keeps both secrets until they are replaced, and shows neither', () => {
    const store = storeIn(scratchFolder());
    store.write((db) => {
      saveAxis(db, { ...broker, secret: 'khoa', password: 'mk', proxyPassword: 'mkp' }, at);
      saveAxis(db, { ...broker, pollSeconds: 60, secret: null, password: null }, at);
    });
    expect(axisSecrets(store.read)).toEqual({ secret: 'khoa', password: 'mk', proxyPassword: 'mkp' });
    expect(readSettings(store.read).axis).toEqual({
      ...broker,
      ...unset,
      pollSeconds: 60,
      hasSecret: true,
      hasPassword: true,
      hasProxyPassword: true,
    });
    store.write((db) => {
      saveAxis(db, { ...broker, secret: null, password: 'mới' }, at);
    });
    expect(axisSecrets(store.read)).toEqual({ secret: 'khoa', password: 'mới', proxyPassword: 'mkp' });
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

  test('keeps times, tries and the proxy within bounds', () => {
    expect(faults({ proxy: 'http' })).toEqual(['proxyHost']);
    expect(faults({ proxy: 'http', proxyHost: 'proxy.tinh.vn', proxyPort: 3128 })).toEqual([]);
    for (const proxyHost of ['http://proxy', 'proxy:3128', 'a b', 'a/b']) expect(faults({ proxyHost }), proxyHost).toEqual(['proxyHost']);
    for (const proxyHost of ['10.0.0.1', 'fd00::1', '::1']) expect(faults({ proxyHost }), proxyHost).toEqual([]);
    expect(faults({ proxyPort: 0, proxyUser: 'a:b', proxyBypass: ['a b'] })).toEqual(['proxyPort', 'proxyUser', 'proxyBypass']);
    expect(faults({ sendTimeoutSeconds: 9, idleTimeoutSeconds: 601 })).toEqual(['sendTimeoutSeconds', 'idleTimeoutSeconds']);
    expect(faults({ retrySeconds: [], maxTries: 0 })).toEqual(['retrySeconds', 'maxTries']);
    expect(faults({ retrySeconds: [30, 4] })).toEqual(['retrySeconds']);
    expect(faults({ retrySeconds: [30.5] })).toEqual(['retrySeconds']);
  });

  test('takes host names in any case, as addresses do', () => {
    const input = { ...straight, secret: null, plainHttpHosts: [' Truc.Tinh.VN '] };
    expect(contract.station.saveAxis.input.parse(input).plainHttpHosts).toEqual(['truc.tinh.vn']);
  });

  test('takes no account, query or fragment in the address', () => {
    for (const endpoint of ['https://a:b@truc.example.vn/', 'https://truc.example.vn/?x=1', 'https://truc.example.vn/#x']) {
      expect(faults({ endpoint }), endpoint).toEqual(['endpoint']);
    }
    expect(faults({ endpoint: 'https://truc.example.vn/a@b' })).toEqual([]);
  });

  test('is still understood without a kind', () => {
    expect(contract.station.saveAxis.input.parse({ ...straight, secret: null })).toMatchObject({ kind: 'vxp', password: null });
  });
});
