import { setMaxListeners } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { CDPSession } from 'puppeteer-core';
import type { Carrier, Sender, ToCore, ToWindow } from '#contract';
import { openChromiumHost } from '../../electron/hosts/chromium/launch.ts';
import { forkCore } from '../../electron/hosts/shell/fork-core.ts';
import { testCore, testPage } from '../integration/hosts/app-folder.ts';
import { testDispatcher } from './test-core.ts';

/** A carrier under test, with what the suite needs around it. */
export type Bench = {
  readonly carrier: Carrier;
  /** Sends one message as somebody else than the own window; gives what came back to that sender. */
  readonly asStranger: (message: unknown) => Promise<ToWindow>;
  /** Ends the core as a crash would. */
  readonly loseCore: () => Promise<void>;
  /** Logged incidents: the inner words stay here. */
  readonly incidents: () => readonly string[];
  readonly close: () => Promise<void>;
};

export const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  'in process': inProcess,
  'structured clone port': clonePort,
  'DevTools pipe': devToolsPipe,
};

function withIncidents(): { incident: (error: unknown, method: string) => string; lines: string[] } {
  const lines: string[] = [];
  return { lines, incident: (error, method) => `TEST-${lines.push(`${method}: ${String(error)}`)}` };
}

function inProcess(): Promise<Bench> {
  const { incident, lines } = withIncidents();
  const dispatcher = testDispatcher(incident);
  const listeners: Parameters<Carrier['listen']>[] = [];
  let open = true;
  const conversation = dispatcher.converse((message) => {
    for (const [onMessage] of listeners) if (open) onMessage(message);
  });
  return Promise.resolve({
    carrier: {
      send: (message) => { conversation.receive(message, 'own-window'); },
      listen: (onMessage, closed) => { listeners.push([onMessage, closed]); },
    },
    asStranger: (message) =>
      new Promise((resolve) => { dispatcher.converse(resolve).receive(message, 'stranger'); }),
    loseCore: () => {
      open = false;
      for (const [, closed] of listeners) closed();
      return Promise.resolve();
    },
    incidents: () => lines,
    close: () => Promise.resolve(),
  });
}

/** What Electron's IPC does to values: each message is structured-cloned through a port. */
function clonePort(): Promise<Bench> {
  const { incident, lines } = withIncidents();
  const dispatcher = testDispatcher(incident);
  function connect(sender: Sender): Carrier & { readonly close: () => void } {
    const { port1: windowSide, port2: coreSide } = new MessageChannel();
    // The suite listens once for each raw message it sends.
    setMaxListeners(0, windowSide);
    const conversation = dispatcher.converse((message) => { coreSide.postMessage(message); });
    coreSide.on('message', (message) => { conversation.receive(message, sender); });
    return {
      send: (message) => { windowSide.postMessage(message); },
      listen: (onMessage, closed) => {
        windowSide.on('message', onMessage);
        windowSide.on('close', closed);
      },
      close: () => { coreSide.close(); },
    };
  }
  const own = connect('own-window');
  return Promise.resolve({
    carrier: own,
    asStranger: (message) =>
      new Promise((resolve) => {
        const stranger = connect('stranger');
        stranger.listen((answer) => {
          resolve(answer);
          stranger.close();
        }, () => undefined);
        stranger.send(message as ToCore);
      }),
    loseCore: () => {
      own.close();
      return Promise.resolve();
    },
    incidents: () => lines,
    close: () => {
      own.close();
      return Promise.resolve();
    },
  });
}

/** The real thing: a core process of its own, real Chromium, and the carrier that the page finds in `window.tvt`. */
async function devToolsPipe(): Promise<Bench> {
  const lines: string[] = [];
  const link = forkCore({ entry: testCore, log: (line) => { if (line.startsWith('incident')) lines.push(line); } });
  const opened = link.open({ profileDir: '/nowhere', key: { ok: true, value: new Uint8Array(32) }, practice: true, version: '0' });
  const host = await openChromiumHost({ link, rendererDir: testPage, headless: true, log: () => undefined });
  await opened;
  const { page } = host;
  const listeners: Parameters<Carrier['listen']>[] = [];
  // Text both ways: puppeteer's own transport must not stand in for the carrier under test.
  await page.exposeFunction('toTest', (text: string) => {
    for (const [onMessage, closed] of listeners) {
      if (text === 'closed') closed();
      else onMessage(JSON.parse(text) as ToWindow);
    }
  });
  await page.evaluate(`tvt.listen((message) => { toTest(JSON.stringify(message)); }, () => { toTest('closed'); })`);
  return {
    carrier: {
      send: (message) => {
        const text = JSON.stringify(message);
        page.evaluate((json: string) => { (globalThis as unknown as { tvt: Carrier }).tvt.send(JSON.parse(json) as ToCore); }, text).catch(() => undefined);
      },
      listen: (onMessage, closed) => { listeners.push([onMessage, closed]); },
    },
    async asStranger(message) {
      const session = await page.createCDPSession();
      try {
        return await fromIsolatedWorld(session, message);
      } finally {
        await session.detach();
      }
    },
    async loseCore() {
      process.kill(link.pid ?? 0, 'SIGKILL');
      await link.closed;
    },
    incidents: () => lines,
    close: host.close,
  };
}

/** A world beside the page's own, as an extension or a debugger would have: the binding is there, the right is not. */
async function fromIsolatedWorld(session: CDPSession, message: unknown): Promise<ToWindow> {
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'stranger' });
  const answer = await session.send('Runtime.evaluate', {
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
    expression: `new Promise((resolve) => {
      globalThis.tvtFromCore = resolve;
      globalThis.tvtToCore(${JSON.stringify(JSON.stringify(message))});
    })`,
  });
  const [first] = JSON.parse(answer.result.value as string) as ToWindow[];
  if (first === undefined) throw new Error('the stranger got an empty batch');
  return first;
}
