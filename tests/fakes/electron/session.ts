import { EventEmitter } from 'node:events';
import { app, told } from './app.ts';
import { inward } from './addresses.ts';

type Details = { readonly url: string; readonly method: string; readonly resourceType: string };
type RequestListener = (details: Details, answer: (result: { cancel?: boolean }) => void) => void;
type PermissionRequest = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void;
type PermissionCheck = (contents: unknown, permission: string, origin: string) => boolean;

export class Session extends EventEmitter {
  #onRequest: RequestListener | undefined;
  #onPermission: PermissionRequest | undefined;
  #onCheck: PermissionCheck | undefined;
  readonly webRequest = {
    onBeforeRequest: (listener: RequestListener): void => {
      this.#onRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.#onPermission = handler;
  }
  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.#onCheck = handler;
  }
  setDevicePermissionHandler(_handler: () => boolean): void {
    // Devices are not doubled.
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    told.spellChecker = enabled;
  }

  /** As in Electron: what nobody refuses is allowed. */
  async mayRequest(url: string, method: string, resourceType: string): Promise<boolean> {
    const listener = this.#onRequest;
    if (listener === undefined) return true;
    const result = await new Promise<{ cancel?: boolean }>((resolve) => {
      listener({ url: inward(url), method, resourceType }, resolve);
    });
    return result.cancel !== true;
  }
  mayCheck(contents: unknown, permission: string, origin: string): boolean {
    return this.#onCheck === undefined || this.#onCheck(contents, permission, origin);
  }
  async mayAsk(contents: unknown, permission: string): Promise<boolean> {
    const ask = this.#onPermission;
    return ask === undefined || new Promise((resolve) => { ask(contents, permission, resolve); });
  }
}

export const defaultSession = new Session();

type Handler = (request: Request) => Promise<Response> | Response;
const handlers = new Map<string, Handler>();

export const protocol = {
  registerSchemesAsPrivileged(schemes: unknown[]): void {
    app.onlyBeforeReady('registerSchemesAsPrivileged');
    told.schemes.push(...schemes);
  },
  handle(scheme: string, handler: Handler): void {
    if (!app.isReady()) throw new Error('protocol.handle must be called after the app is ready');
    handlers.set(scheme, handler);
  },
};

/** The product's handler for an address of its own; undefined for foreign ones. */
export function handlerFor(url: string): Handler | undefined {
  const scheme = /^([a-z]+):/.exec(inward(url))?.[1] ?? '';
  return handlers.get(scheme);
}
