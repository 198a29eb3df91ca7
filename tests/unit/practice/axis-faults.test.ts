import { describe, expect, test } from 'vitest';
import { memoryAxisStore, openAxisStore } from '../../../electron/services/practice/axis/axis-store.ts';
import { Chaos, createFaults, Fault, type Faults } from '../../../electron/services/practice/axis/faults.ts';
import type { AxisAnswer } from '../../../electron/services/practice/axis/protocol.ts';
import { scratchFolder } from '../store/helpers.ts';

const good: AxisAnswer = { status: 200, headers: {}, body: Buffer.from('{"status":"OK","data":[1,2,3]}') };
const refusal = (code: string): AxisAnswer => ({ status: 200, headers: {}, body: Buffer.from(`FAIL ${code}`) });

/** How a call fared: the answer's text, what the host does to it, and how the message is twisted. */
async function called(faults: Faults, verb: string): Promise<string> {
  let twisted = 'unprocessed';
  const answer = await faults.strike(
    verb,
    async (twist) => {
      twisted = JSON.stringify(twist);
      return Promise.resolve(good);
    },
    refusal,
  );
  return JSON.stringify([twisted, { ...answer, headers: undefined, body: Buffer.from(answer.body).toString() }]);
}

async function row(faults: Faults, verb: string, count: number): Promise<readonly string[]> {
  const calls: string[] = [];
  for (let at = 0; at < count; at++) calls.push(await called(faults, verb));
  return calls;
}

function chaotic(seed: number, rate: number): Faults {
  const faults = createFaults(memoryAxisStore().db);
  faults.chaos(Chaos.parse({ seed, rate }));
  return faults;
}

describe('random misfortunes', () => {
  test('strike about the share asked for, and the same calls with the same seed', async () => {
    const plain = (await row(chaotic(1, 0), 'getEdoc', 1))[0];
    const first = await row(chaotic(7, 0.2), 'getEdoc', 1000);
    const struck = first.filter((one) => one !== plain).length;
    expect(struck).toBeGreaterThan(150);
    expect(struck).toBeLessThan(250);
    expect(await row(chaotic(7, 0.2), 'getEdoc', 1000)).toEqual(first);
    expect(await row(chaotic(8, 0.2), 'getEdoc', 1000)).not.toEqual(first);
  });

  test("a verb's luck does not depend on other calls in between", async () => {
    const alone = await row(chaotic(7, 0.3), 'getEdoc', 100);
    const faults = chaotic(7, 0.3);
    const mixed: string[] = [];
    for (let at = 0; at < 100; at++) {
      await row(faults, 'sendEdoc', at % 3);
      mixed.push(await called(faults, 'getEdoc'));
    }
    expect(mixed).toEqual(alone);
  });

  test('only sending is twisted', async () => {
    const twists = (calls: readonly string[]): number => calls.filter((one) => /copies|lateMs/.test(one)).length;
    expect(twists(await row(chaotic(7, 1), 'sendEdoc', 200))).toBeGreaterThan(5);
    expect(twists(await row(chaotic(7, 1), 'getEdoc', 200))).toBe(0);
  });
});

describe('ordered misfortunes', () => {
  test('a twist waits for a message, whatever its verb says', async () => {
    const faults = createFaults(memoryAxisStore().db);
    faults.order(Fault.parse({ kind: 'duplicate' }));
    faults.order(Fault.parse({ kind: 'html', verb: 'getEdoc' }));
    expect(await called(faults, 'getReceivedEdocList')).toContain('"{}"');
    expect(await called(faults, 'getEdoc')).toContain('<html>');
    expect(faults.twistOfDelivery()).toEqual({ copies: 2 });
    expect(faults.twistOfDelivery()).toEqual({});
    faults.order(Fault.parse({ kind: 'html' }));
    expect(faults.twistOfDelivery()).toEqual({});
    expect(faults.pending()).toHaveLength(1);
  });

  test('survive with the folder, as often as they are left', async () => {
    const folder = scratchFolder();
    const open = (): { faults: Faults; close: () => void } => {
      const store = openAxisStore(folder);
      if (!store.ok) throw new Error(store.failure.code);
      return { faults: createFaults(store.value.db), close: store.value.close };
    };
    const before = open();
    before.faults.order(Fault.parse({ kind: 'refuse', verb: 'getEdoc', times: 3, errorCode: '20' }));
    before.faults.order(Fault.parse({ kind: 'wrong-clock', minutes: -90 }));
    await called(before.faults, 'getEdoc');
    before.close();
    const after = open();
    expect(after.faults.clockShift()).toBe(-90);
    const fared = await row(after.faults, 'getEdoc', 3);
    expect(fared.map((one) => one.includes('FAIL 20'))).toEqual([true, true, false]);
    after.faults.clear();
    expect(after.faults.clockShift()).toBe(0);
    after.close();
  });

  test('a kind that does not exist, or an impossible number, is none', () => {
    for (const wrong of [{ kind: 'x' }, { kind: 'html', times: 0 }, { kind: 'delay', delayMs: -1 }, { kind: 'error-500', httpStatus: 200 }]) {
      expect(Fault.safeParse(wrong).success).toBe(false);
    }
  });
});
