import type { CDPSession } from 'puppeteer-core';
import type { CoreLink, LinkConversation } from '../shell/core-link.ts';
import { strangerAnswer } from '../shell/door.ts';
import { origin } from './guards.ts';

/** What a page calls to reach the shell; taken away by `windowScript` before any other script runs. */
const binding = 'tvtToCore';
/** Where the shell hands in messages. Whoever calls it from within the page deceives only that page. */
const receiver = 'tvtFromCore';

/**
 * Runs in the page before its own scripts: makes `window.tvt`, the same object that Electron's preload makes.
 * Messages are JSON text, so that what arrives is what structured clone would have carried.
 */
const windowScript = `(() => {
  const toCore = globalThis.${binding};
  delete globalThis.${binding};
  if (toCore === undefined || globalThis !== globalThis.top) return;
  const listeners = [];
  let closed = false;
  const fixed = (name, value) => Object.defineProperty(globalThis, name, { value, enumerable: false });
  fixed('${receiver}', (text) => {
    if (text === null) {
      if (closed) return;
      closed = true;
      for (const listener of listeners) listener.closed();
      return;
    }
    for (const message of JSON.parse(text)) for (const listener of listeners) listener.onMessage(message);
  });
  fixed('tvt', Object.freeze({
    send: (message) => { toCore(JSON.stringify(message)); },
    listen: (onMessage, whenClosed) => {
      listeners.push({ onMessage, closed: whenClosed });
      if (closed) whenClosed();
    },
  }));
})()`;

type Context = {
  readonly id: number;
  readonly uniqueId: string;
  readonly origin: string;
  readonly auxData?: { readonly frameId?: string; readonly isDefault?: boolean };
};

/**
 * Carries messages between the page and the core over the DevTools pipe. Calls are taken only from the main world of
 * the main frame at our origin; any other world that finds the binding is answered with `wrong-sender`.
 */
export async function attachPipeCarrier(
  session: CDPSession,
  mainFrameId: string,
  link: CoreLink,
  log: (line: string) => void,
): Promise<void> {
  const contexts = new Map<number, Context>();
  const windows = new Map<number, { readonly conversation: LinkConversation; readonly outbound: Outbound }>();
  let coreOver = false;

  function forget(id: number): void {
    contexts.delete(id);
    windows.get(id)?.conversation.end();
    windows.delete(id);
  }

  function isOwnWindow(context: Context): boolean {
    const { frameId, isDefault } = context.auxData ?? {};
    return isDefault === true && frameId === mainFrameId && context.origin === origin;
  }

  function take(contextId: number, payload: string): void {
    const context = contexts.get(contextId);
    if (context === undefined) return;
    const message = parse(payload);
    if (!isOwnWindow(context)) {
      const answer = strangerAnswer(message);
      if (answer !== undefined) outboundTo(session, context, log).post(JSON.stringify(answer));
      return;
    }
    let window = windows.get(contextId);
    if (window === undefined) {
      const outbound = outboundTo(session, context, log);
      window = { outbound, conversation: link.startConversation(outbound.post) };
      windows.set(contextId, window);
      if (coreOver) outbound.close();
    }
    window.conversation.receive(message, 'own-window');
  }

  session.on('Runtime.executionContextCreated', ({ context }: { readonly context: Context }) => {
    contexts.set(context.id, context);
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextUniqueId }) => {
    for (const context of [...contexts.values()]) if (context.uniqueId === executionContextUniqueId) forget(context.id);
  });
  session.on('Runtime.executionContextsCleared', () => {
    for (const id of [...contexts.keys()]) forget(id);
  });
  session.on('Runtime.bindingCalled', (event) => {
    if (event.name === binding) take(event.executionContextId, event.payload);
  });
  void link.closed.then(() => {
    coreOver = true;
    for (const window of windows.values()) window.outbound.close();
  });

  await session.send('Page.enable');
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: binding });
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: windowScript });
}

type Outbound = { readonly post: (text: string) => void; readonly close: () => void };

/**
 * Messages towards one world, in order. While one hand-over is under way the next messages gather and go together:
 * a burst of events costs a few hand-overs and not hundreds.
 */
function outboundTo(session: CDPSession, context: Context, log: (line: string) => void): Outbound {
  let waiting: string[] = [];
  let closing = false;
  let busy = false;
  let gone = false;

  async function pump(): Promise<void> {
    busy = true;
    try {
      while (!gone && waiting.length > 0) {
        const batch = waiting;
        waiting = [];
        await handOver(quoted(`[${batch.join(',')}]`));
      }
      if (!gone && closing) await handOver('null');
    } catch (error) {
      // The page was closed or loaded anew; its successor starts a conversation of its own.
      gone = true;
      waiting = [];
      if (!session.detached) log(`the window did not take a message: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      busy = false;
    }
  }

  async function handOver(argument: string): Promise<void> {
    const done = await session.send('Runtime.evaluate', {
      // A world that is not our window may have no receiver; then there is nobody to tell.
      expression: `globalThis.${receiver}?.(${argument}),undefined`,
      uniqueContextId: context.uniqueId,
      silent: true,
    });
    if (done.exceptionDetails !== undefined) log(`the window failed on a message: ${done.exceptionDetails.text}`);
  }

  function start(): void {
    // Everything posted in this turn of the event loop goes in one batch.
    if (!busy) queueMicrotask(() => void (busy ? undefined : pump()));
  }

  return {
    post(text) {
      if (gone) return;
      waiting.push(text);
      start();
    },
    close() {
      closing = true;
      start();
    },
  };
}

/**
 * A JavaScript string literal for JSON text. Single quotes, because JSON is full of double ones and the protocol
 * would escape each a second time.
 */
function quoted(json: string): string {
  return `'${json.replaceAll(/[\\'\u2028\u2029]/g, (c) => (c === '\u2028' ? '\\u2028' : c === '\u2029' ? '\\u2029' : `\\${c}`))}'`;
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
