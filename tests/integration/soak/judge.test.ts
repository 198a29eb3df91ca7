import { expect, test } from 'vitest';
import type { Delivery } from '#contract';
import { compareHeard, compareReceived, compareSent, doubled, saidTwice, type Shown } from '../../soak/judge.ts';
import type { AxisMessage, Outside } from '../../soak/outside.ts';

// The judge of the long runs must see what goes wrong, or a run that finds nothing proves nothing.

const message = (change: Partial<AxisMessage>): AxisMessage => ({
  docId: 'd1',
  from: 'H29.99',
  to: ['G09'],
  sha256: 'a'.repeat(64),
  type: '0',
  documentId: 'one/VP',
  states: ['done'],
  ...change,
});
const outside = (ours: readonly AxisMessage[], toUs: readonly AxisMessage[] = []): Outside => ({ ours, toUs, struck: {} });
const delivery = (change: Partial<Delivery>): Delivery => ({
  id: 'r',
  document: 'doc',
  organId: 'G09',
  name: 'Bộ Nội vụ',
  sentAt: '2026-11-22T01:00:00.000Z',
  cancelledAt: null,
  statusCode: '',
  statusAt: null,
  statusNote: '',
  takeBack: null,
  takeBackAt: null,
  ageMinutes: 0,
  alarm: null,
  statuses: [],
  reply: null,
  ...change,
});
const shown = (...deliveries: Delivery[]): Shown => ({
  incoming: [],
  lines: [],
  deliveries: new Map([['one/VP', deliveries]]),
  openRows: 0,
  kept: [],
  chainBrokenAt: null,
});

test('a message that went out twice is seen, with the same bytes or with others', () => {
  expect(doubled(outside([message({}), message({ docId: 'd2' })]))).toHaveLength(1);
  expect(doubled(outside([message({}), message({ docId: 'd2', sha256: 'b'.repeat(64) })]))).toEqual([]);
  expect(saidTwice(outside([message({ type: 'status-01' }), message({ type: 'status-01', sha256: 'b'.repeat(64) })]))).toHaveLength(1);
  expect(saidTwice(outside([message({ type: 'status-15' }), message({ type: 'status-15' })]))).toEqual([]);
});

test('a received document that is lost, doubled or never came is seen', () => {
  const came = outside([], [message({ from: 'G09', to: ['H29.99'], documentId: 'x' })]);
  expect(compareReceived(came, ['x'])).toEqual([]);
  expect(compareReceived(came, [])).toEqual(['received and lost: x']);
  expect(compareReceived(came, ['x', 'x'])).toEqual(['in the register twice: x × 2']);
  expect(compareReceived(came, ['x', 'y'])).toEqual(['in the register, never sent: y']);
});

test('what the window shows of a document of ours and what the axis holds must agree', () => {
  expect(compareSent(outside([message({})]), shown(delivery({})), [])).toEqual([]);
  expect(compareSent(outside([]), shown(delivery({})), [])).toHaveLength(2);
  expect(compareSent(outside([message({})]), shown(delivery({ sentAt: null })), [])).toHaveLength(1);
  expect(compareSent(outside([message({})]), shown(delivery({ cancelledAt: '2026-11-22T01:00:00.000Z', sentAt: null })), [])).toHaveLength(2);
  expect(compareSent(outside([message({ to: ['G09', 'G22'] })]), shown(delivery({})), [])).toEqual(['one/VP: G22 is not in the matrix']);
  expect(compareSent(outside([]), shown(), [{ number: '7', recipients: [{ organId: 'G09', name: '' }] }])).toHaveLength(1);
});

test('each status that a recipient said must be in the matrix once', () => {
  const said = (type: string, sha256: string): AxisMessage => message({ from: 'G09', to: ['H29.99'], type, sha256 });
  const status = (code: string): Delivery['statuses'][number] => ({ code, saidAt: null, heardAt: '2026-11-22T01:00:00.000Z', note: '' });
  const both = outside([], [said('status-01', 'a'), said('status-03', 'b'), said('status-03', 'b')]);
  expect(compareHeard(both, shown(delivery({ statuses: [status('01'), status('03')] })))).toEqual([]);
  expect(compareHeard(both, shown(delivery({ statuses: [status('01')] })))).toHaveLength(1);
  expect(compareHeard(both, shown(delivery({ statuses: [status('01'), status('03'), status('03')] })))).toHaveLength(1);
});
