import type { Conversation } from '#contract';
import type { Core, CoreOptions } from '../compose.ts';
import type { StartHelper } from '../processes/helper-process.ts';
import type { FromCoreProcess, ToCoreProcess } from './core-protocol.ts';

/** The core process's end of the line. */
export type CorePort = {
  readonly post: (message: FromCoreProcess) => void;
  readonly onMessage: (listener: (message: ToCoreProcess) => void) => void;
  /** Called when the shell went away without a word. */
  readonly onShellGone: (listener: () => void) => void;
  /** How the shell starts processes for us, where we may not ourselves. */
  readonly startHelper?: StartHelper;
};

/**
 * Serves the shell until it says close or goes away, then closes the store. Resolves when everything is closed; the
 * caller ends the process.
 */
export async function serveCore(port: CorePort, start: (options: CoreOptions) => Promise<Core>): Promise<void> {
  const over = Promise.withResolvers<undefined>();
  const conversations = new Map<number, Conversation>();
  const log = (line: string): void => {
    port.post({ kind: 'log', line });
  };
  const folders = new Map<number, (folder: string | null) => void>();
  let lastFolder = 0;
  let core: Core | undefined;
  let opening: Promise<void> | undefined;
  // What arrives while the store is being opened waits here, in order.
  const early: ToCoreProcess[] = [];

  async function open(message: ToCoreProcess & { readonly kind: 'open' }): Promise<void> {
    const running = await start({
      profileDir: message.profileDir,
      key: message.key.ok ? { ok: true, value: asBuffer(message.key.value) } : message.key,
      practice: message.practice,
      version: message.version,
      ...(message.exportPlace === undefined ? {} : { exportPlace: message.exportPlace }),
      ...(message.mayChangeProfile !== true
        ? {}
        : {
            changeProfile: () => {
              port.post({ kind: 'change-profile' });
            },
          }),
      ...(message.showsFolders !== true
        ? {}
        : {
            chooseFolder: (start: string | null) =>
              new Promise<string | null>((resolve) => {
                const request = ++lastFolder;
                folders.set(request, resolve);
                port.post({ kind: 'choose-folder', request, start });
              }),
          }),
      ...(message.showsFiles !== true
        ? {}
        : {
            showFile: (path: string) => {
              port.post({ kind: 'show-file', path });
            },
          }),
      ...(port.startHelper === undefined ? {} : { startHelper: port.startHelper }),
      log,
      // The answer to whoever asked for it goes first.
      onReplaced: () => {
        setTimeout(() => {
          opening = again(message).catch(over.reject);
        }, 300);
      },
    });
    core = running;
    for (const waiting of early.splice(0)) handle(running, waiting);
    port.post({ kind: 'ready' });
  }

  /** A restored profile takes the place of the present one: all is closed and opened again, and the window asks anew. */
  async function again(message: ToCoreProcess & { readonly kind: 'open' }): Promise<void> {
    const former = core;
    core = undefined;
    for (const conversation of conversations.values()) conversation.end();
    conversations.clear();
    await former?.close();
    await open(message);
  }

  function handle(running: Core, message: ToCoreProcess): void {
    if (message.kind === 'message') {
      const id = message.conversation;
      let conversation = conversations.get(id);
      if (conversation === undefined) {
        conversation = running.dispatcher.converse((answer) => {
          // A window that has gone is not answered.
          if (conversations.has(id)) port.post({ kind: 'message', conversation: id, text: JSON.stringify(answer) });
        });
        conversations.set(id, conversation);
      }
      conversation.receive(message.message, message.sender);
    } else if (message.kind === 'end') {
      conversations.get(message.conversation)?.end();
      conversations.delete(message.conversation);
    } else if (message.kind === 'open-file') {
      running.openFile(message.path);
    } else if (message.kind === 'read-file') {
      const request = message.request;
      void running.readFile(message.fileId, message.start, message.length).then(
        (outcome) => {
          port.post({ kind: 'file', request, outcome });
        },
        (error: unknown) => {
          log(`read-file failed: ${String(error)}`);
          port.post({ kind: 'file', request, outcome: { ok: false, failure: { code: 'internal' } } });
        },
      );
    }
  }

  port.onMessage((message) => {
    if (message.kind === 'close') over.resolve(undefined);
    else if (message.kind === 'folder') {
      folders.get(message.request)?.(message.folder);
      folders.delete(message.request);
    } else if (message.kind === 'open') opening ??= open(message).catch(over.reject);
    else if (core === undefined) early.push(message);
    else handle(core, message);
  });
  port.onShellGone(() => {
    over.resolve(undefined);
  });

  await over.promise;
  // A store that is being opened is closed after it is open: half-way there is nothing to close.
  await opening;
  for (const conversation of conversations.values()) conversation.end();
  conversations.clear();
  await core?.close();
}

/** Structured clone turns a Buffer into a plain view; the bytes are shared, not copied. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
