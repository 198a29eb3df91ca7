import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { CDPSession, Page, Protocol } from 'puppeteer-core';
import { app, told } from './app.ts';
import { inward, outward } from './addresses.ts';
import { startBrowser } from './engine.ts';
import { ipcMain } from './ipc.ts';
import { preloadSource } from './preload-shim.ts';
import { defaultSession, handlerFor } from './session.ts';

/** Names of the web platform and what Electron calls the permission. */
const permissions = { geolocation: 'geolocation', notifications: 'notifications', camera: 'media', microphone: 'media' } as const;

let lastId = 0;

/** A frame as the product sees it. */
export type FrameDouble = {
  readonly processId: number;
  readonly routingId: number;
  readonly parent: FrameDouble | null;
  readonly url: string;
  readonly send: (channel: string, ...values: unknown[]) => void;
};

type FrameFacts = { readonly id: string; readonly routingId: number; readonly parentId: string | undefined; url: string };

/** One page with what Electron knows about it. */
export class WebContentsDouble extends EventEmitter {
  readonly id = ++lastId;
  readonly opened: Promise<{ page: Page; session: CDPSession }>;
  #frames = new Map<string, FrameFacts>();
  /** main-world contexts by frame */
  #worlds = new Map<number, { readonly frameId: string; readonly uniqueId: string }>();
  #mainFrameId = '';
  #lastRouting = 0;
  #destroyed = false;
  #programmatic = new Set<string>();
  #openHandler: ((details: { url: string }) => { action: string }) | undefined;

  constructor(preload: string | undefined) {
    super();
    this.opened = this.#open(preload);
    app.emit('web-contents-created', {}, this);
  }

  get mainFrame(): FrameDouble {
    return this.#frameOf(this.#mainFrameId);
  }
  getURL(): string {
    return this.#frames.get(this.#mainFrameId)?.url ?? '';
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#openHandler = handler;
  }
  setWebRTCIPHandlingPolicy(_policy: string): void {
    // WebRTC is not doubled.
  }
  send(channel: string, ...values: unknown[]): void {
    this.#sendTo(this.#mainFrameId, channel, values);
  }
  async loadURL(url: string): Promise<void> {
    const { page } = await this.opened;
    this.#programmatic.add(outward(url));
    await page.goto(outward(url), { waitUntil: 'domcontentloaded' });
    await page.waitForFunction('document.readyState === "complete"');
    this.emit('did-finish-load');
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.emit('destroyed');
    void this.opened.then(({ page }) => page.close()).catch(() => undefined);
  }

  async #open(preload: string | undefined): Promise<{ page: Page; session: CDPSession }> {
    const browser = await startBrowser();
    const page = await browser.newPage();
    const session = await page.createCDPSession();
    await this.#applyPermissions(page);
    session.on('Page.frameAttached', (event) => { this.#addFrame(event.frameId, event.parentFrameId, 'about:blank'); });
    session.on('Page.frameNavigated', ({ frame }) => { this.#addFrame(frame.id, frame.parentId, inward(`${frame.url}${frame.urlFragment ?? ''}`)); });
    session.on('Page.navigatedWithinDocument', (event) => {
      const facts = this.#frames.get(event.frameId);
      if (facts !== undefined) facts.url = inward(event.url);
    });
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const facts = context.auxData as { frameId: string; isDefault: boolean };
      if (facts.isDefault) this.#worlds.set(context.id, { frameId: facts.frameId, uniqueId: context.uniqueId });
    });
    session.on('Runtime.executionContextDestroyed', (event) => { this.#worlds.delete(event.executionContextId); });
    session.on('Runtime.executionContextsCleared', () => { this.#worlds.clear(); });
    session.on('Runtime.bindingCalled', (event) => { this.#receive(event.executionContextId, event.payload); });
    session.on('Fetch.requestPaused', (event) => {
      this.#answer(session, event).catch(() => session.send('Fetch.failRequest', { requestId: event.requestId, errorReason: 'Failed' }).catch(() => undefined));
    });
    await session.send('Page.enable');
    const { frameTree } = await session.send('Page.getFrameTree');
    this.#mainFrameId = frameTree.frame.id;
    this.#addFrame(frameTree.frame.id, undefined, frameTree.frame.url);
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: 'electronDouble' });
    const source = preloadSource(preload === undefined ? undefined : readFileSync(preload, 'utf8'));
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source });
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    browser.on('targetcreated', (target) => {
      if (target.type() !== 'page' || target.opener() !== page.target()) return;
      if (this.#openHandler?.({ url: inward(target.url()) }).action !== 'deny') return;
      void target.page().then((popup) => popup?.close()).catch(() => undefined);
    });
    return { page, session };
  }

  async #applyPermissions(page: Page): Promise<void> {
    const origin = outward('app://tram').slice(0, -1);
    const granted: (keyof typeof permissions)[] = [];
    for (const [name, electronName] of Object.entries(permissions) as [keyof typeof permissions, string][]) {
      const check = defaultSession.mayCheck(this, electronName, inward(origin));
      const ask = await defaultSession.mayAsk(this, electronName);
      told.permissions[name] = { check, ask };
      if (check && ask) granted.push(name);
    }
    await page.browserContext().overridePermissions(origin, granted);
  }

  async #answer(session: CDPSession, event: Protocol.Fetch.RequestPausedEvent): Promise<void> {
    const { requestId, request } = event;
    const fail = (errorReason: Protocol.Network.ErrorReason): Promise<unknown> => session.send('Fetch.failRequest', { requestId, errorReason });
    if (event.resourceType === 'Document' && !this.#programmatic.delete(request.url) && this.#staysPut(event)) {
      await fail('Aborted');
      return;
    }
    if (!(await defaultSession.mayRequest(request.url, request.method, event.resourceType))) {
      await fail('BlockedByClient');
      return;
    }
    const handler = handlerFor(request.url);
    if (handler === undefined) {
      await session.send('Fetch.continueRequest', { requestId });
      return;
    }
    const init: RequestInit = { method: request.method, headers: request.headers };
    if (request.postData !== undefined) init.body = request.postData;
    const response = await handler(new Request(inward(request.url), init));
    await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  /** Asks the product whether a navigation that the page began may go on. */
  #staysPut(event: Protocol.Fetch.RequestPausedEvent): boolean {
    const isMainFrame = event.frameId === this.#mainFrameId;
    let stopped = false;
    const navigation = {
      url: inward(event.request.url),
      isMainFrame,
      isSameDocument: false,
      preventDefault: () => {
        stopped = true;
      },
    };
    this.emit('will-frame-navigate', navigation);
    if (isMainFrame && !stopped) this.emit('will-navigate', navigation, navigation.url);
    return stopped;
  }

  #receive(contextId: number, payload: string): void {
    const world = this.#worlds.get(contextId);
    if (world === undefined) return;
    const parsed = JSON.parse(payload) as { channel?: string; values?: unknown[]; open?: string };
    if (parsed.open !== undefined) {
      if (this.#openHandler?.({ url: inward(parsed.open) }).action === 'deny') return;
      void startBrowser().then(async (browser) => (await browser.newPage()).goto(parsed.open ?? ''));
      return;
    }
    const values = cloned(parsed.values ?? []);
    ipcMain.emit(parsed.channel ?? '', { sender: this, senderFrame: this.#frameOf(world.frameId), type: 'frame' }, ...values);
  }

  #sendTo(frameId: string, channel: string, values: unknown[]): void {
    const text = JSON.stringify({ channel, values: cloned(values) });
    const world = [...this.#worlds.values()].find((one) => one.frameId === frameId);
    if (this.#destroyed || world === undefined) return;
    void this.opened
      .then(({ session }) =>
        session.send('Runtime.evaluate', {
          expression: `globalThis.electronDoubleReceive?.(${JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}),undefined`,
          uniqueContextId: world.uniqueId,
        }),
      )
      .catch(() => undefined);
  }

  #addFrame(id: string, parentId: string | undefined, url: string): void {
    const routingId = this.#frames.get(id)?.routingId ?? ++this.#lastRouting;
    this.#frames.set(id, { id, routingId, parentId, url });
  }

  #frameOf(id: string): FrameDouble {
    const facts = this.#frames.get(id);
    return {
      processId: this.id,
      routingId: facts?.routingId ?? 0,
      parent: facts?.parentId === undefined ? null : this.#frameOf(facts.parentId),
      url: facts?.url ?? '',
      send: (channel, ...values) => { this.#sendTo(id, channel, values); },
    };
  }
}

/** As Electron does it: what the structured clone algorithm does not carry is an error. */
function cloned<T>(values: T): T {
  return deserialize(serialize(values)) as T;
}
