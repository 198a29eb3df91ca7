import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rowOf } from '../../contract/table.ts';
import { makeAppFolder } from './app-folder.ts';
import { cleanUp, electronIsThere, startDouble, startElectron, until, type DesktopRun } from './desktop-run.ts';
import { forbiddenThings } from './forbidden.ts';
import { networkTrap, type NetworkTrap } from './network-trap.ts';

let appPath: string;
let trap: NetworkTrap;

beforeAll(async () => {
  [appPath, trap] = await Promise.all([makeAppFolder(), networkTrap()]);
});
afterAll(async () => {
  await cleanUp();
  await trap.close();
  rmSync(appPath, { recursive: true, force: true });
});

windowSuite('the double', startDouble);
if (electronIsThere) windowSuite('Electron', startElectron);
else it.skip('the same window suite under Electron (needs the Electron runtime)');

function windowSuite(name: string, start: (options: { readonly appPath: string }) => Promise<DesktopRun>): void {
  describe(`the desktop host's window under ${name}`, () => {
    let run: DesktopRun;
    beforeAll(async () => {
      run = await start({ appPath });
    });
    afterAll(cleanUp);

    it('shows our page from our own scheme, with one object and no Node', async () => {
      const seen = await run.evaluate(
        `[Object.keys(tvt).sort(), typeof require, typeof process, typeof ipcRenderer, globalThis.inlineRan === undefined, isSecureContext]`,
      );
      expect(seen).toEqual([['listen', 'send'], 'undefined', 'undefined', 'undefined', true, true]);
      expect(await run.evaluate('[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]')).toEqual([
        'rgb(1, 2, 3)',
        'rgba(0, 0, 0, 0)',
      ]);
    });

    it('passes a call', async () => {
      expect(await run.evaluate(`call('ledger', 'list', { count: 2 })`)).toEqual({ ok: true, value: [rowOf(0), rowOf(1)] });
    });

    it('passes events in order', async () => {
      await run.evaluate(`heard.length = 0; subscribe('ledger', 'count'); call('ledger', 'tell', { count: 20 })`);
      const seqs = await until(async () => {
        const seen = await run.evaluate<number[]>('heard.map((event) => event.seq)');
        return seen.length === 21 && seen;
      });
      expect(seqs).toEqual(Array.from({ length: 21 }, (_, index) => index));
    });

    it('serves a range of a stored file', async () => {
      const answer = await run.evaluate(
        `fetch('/files/file-9000000', { headers: { Range: 'bytes=4194300-4194400' } })
          .then(async (response) => [response.status, response.headers.get('content-range'), (await response.arrayBuffer()).byteLength])`,
      );
      expect(answer).toEqual([206, 'bytes 4194300-4194400/9000000', 101]);
    });

    it('starts anew after a reload: new numbers, no answers of the old page', async () => {
      await run.evaluate(`globalThis.before = true; subscribe('ledger', 'count'); call('ledger', 'never', {}); setTimeout(() => location.reload(), 0); 1`);
      await until(() => run.evaluate('globalThis.before === undefined && globalThis.ready === true'));
      expect(await run.evaluate(`call('ledger', 'list', { count: 1 })`)).toEqual({ ok: true, value: [rowOf(0)] });
      expect(await run.evaluate(`call('ledger', 'tell', { count: 3 }).then(() => heard.length)`)).toBe(0);
    });

    it.each(forbiddenThings)('refuses $what', async ({ expression, refused }) => {
      const before = trap.hits.length;
      expect(await run.evaluate(expression(trap))).toEqual(refused);
      expect(trap.hits.slice(before)).toEqual([]);
      expect(await run.evaluate('globalThis.ready')).toBe(true);
    });
  });
}

describe('the desktop host closes the network itself, not only by the policy of the page', () => {
  afterEach(cleanUp);

  const network = forbiddenThings.filter(({ what }) => /elsewhere|origin|beacon|prefetch|sub-frame|worker/.test(what));

  it('refuses requests of a page whose policy is switched off', async () => {
    const run = await startDouble({ appPath });
    await run.ask({ op: 'bypass-policy' });
    await until(() => run.evaluate('globalThis.ready === true && globalThis.inlineRan === true'));
    for (const { what, expression, refused } of network) {
      const before = trap.hits.length;
      expect([what, await run.evaluate(expression(trap))]).toEqual([what, refused]);
      expect(trap.hits.slice(before)).toEqual([]);
    }
  });

  it('is what refuses: under an unguarded main process the same things get through', async () => {
    const program = join(import.meta.dirname, '../../fakes/electron/unguarded-main.ts');
    const run = await startDouble({ appPath, program });
    const passed = ['fetch to another origin', 'fetch from a worker', 'an image from elsewhere', 'a script from elsewhere', 'a web socket', 'a beacon', 'a document in a sub-frame', 'window.open'];
    for (const { what, expression } of forbiddenThings.filter((thing) => passed.includes(thing.what))) {
      const before = trap.hits.length;
      await run.evaluate(expression(trap));
      expect([what, trap.hits.length > before]).toEqual([what, true]);
    }
    for (const { what, expression } of forbiddenThings.filter((thing) => thing.what.startsWith('the permission'))) {
      expect([what, await run.evaluate(expression(trap))]).toEqual([what, 'granted']);
    }
    const away = forbiddenThings.find((thing) => thing.what === 'leaving for another page');
    await run.evaluate(away?.expression(trap) ?? '').catch(() => undefined);
    await until(() => run.evaluate(`document.title === 'bẫy'`));
  });
});
