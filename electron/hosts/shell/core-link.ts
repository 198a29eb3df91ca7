import type { Sender } from '#contract';
import type { FileOutcome, FromCoreProcess, OpenCore, ToCoreProcess } from './core-protocol.ts';

/** How a host reaches its core process: Electron's utility process, a forked Node, or the same process in tests. */
export type CoreTransport = {
  readonly post: (message: ToCoreProcess) => void;
  readonly onMessage: (listener: (message: FromCoreProcess) => void) => void;
  /** Called once, however the process ended. */
  readonly onExit: (listener: (code: number | null) => void) => void;
  readonly kill: () => void;
};

export type CoreEnd = {
  /** True when the shell asked for it. */
  readonly expected: boolean;
  readonly exitCode: number | null;
};

export type LinkConversation = {
  readonly receive: (message: unknown, sender: Sender) => void;
  readonly end: () => void;
};

/** Shows the system's dialog for folders, opened in `start`; null where the person closed it. */
export type ChooseFolder = (start: string | null) => Promise<string | null>;

/** The shell's side of the line to the core process. */
export type CoreLink = {
  /** Opens the profile; settles when the core answers calls, or when it ended before it could. */
  readonly open: (options: OpenCore) => Promise<void>;
  /** `post` takes messages to the window, each a ToWindow as JSON text. */
  readonly startConversation: (post: (text: string) => void) => LinkConversation;
  readonly readFile: (fileId: string, start: number, length: number) => Promise<FileOutcome>;
  /** Hands a file over that the system asks to open; it waits until somebody who may is at the window. */
  readonly openFile: (path: string) => void;
  /** Settles when somebody at the window asks for the other profile. */
  readonly otherProfileAsked: Promise<undefined>;
  /** Says how a person chooses a folder, before the profile is opened with `showsFolders`. */
  readonly foldersChosenBy: (choose: ChooseFolder) => void;
  /** Says how a file is shown where it lies, before the profile is opened with `showsFiles`. */
  readonly filesShownBy: (show: (path: string) => void) => void;
  /** Has the core close its store, then waits for its end. */
  readonly close: () => Promise<void>;
  readonly closed: Promise<CoreEnd>;
};

/** A store that is folding its log into the file may take a while; longer than this it is not going to end. */
const closeLimitMs = 15_000;
const coreGone: FileOutcome = { ok: false, failure: { code: 'core-gone' } };

/** Builds the link over a transport. */
export function coreLink(transport: CoreTransport, log: (line: string) => void): CoreLink {
  let lastConversation = 0;
  let lastRequest = 0;
  let over = false;
  let closing = false;
  let chooseFolder: ChooseFolder = () => Promise.resolve(null);
  let showFile: (path: string) => void = () => undefined;
  const posts = new Map<number, (text: string) => void>();
  const reads = new Map<number, (outcome: FileOutcome) => void>();
  const ready = Promise.withResolvers<undefined>();
  const closed = Promise.withResolvers<CoreEnd>();
  const otherProfile = Promise.withResolvers<undefined>();

  transport.onMessage((message) => {
    switch (message.kind) {
      case 'ready':
        ready.resolve(undefined);
        return;
      case 'message':
        posts.get(message.conversation)?.(message.text);
        return;
      case 'file':
        reads.get(message.request)?.(message.outcome);
        reads.delete(message.request);
        return;
      case 'change-profile':
        otherProfile.resolve(undefined);
        return;
      case 'choose-folder': {
        const { request, start } = message;
        chooseFolder(start).then(
          (folder) => {
            post({ kind: 'folder', request, folder });
          },
          (error: unknown) => {
            log(`the dialog for folders failed: ${String(error)}`);
            post({ kind: 'folder', request, folder: null });
          },
        );
        return;
      }
      case 'show-file':
        showFile(message.path);
        return;
      case 'log':
        log(message.line);
    }
  });
  transport.onExit((exitCode) => {
    over = true;
    for (const answer of reads.values()) answer(coreGone);
    reads.clear();
    posts.clear();
    ready.resolve(undefined);
    closed.resolve({ expected: closing, exitCode });
  });

  function post(message: ToCoreProcess): void {
    if (!over) transport.post(message);
  }

  return {
    async open(options) {
      post({ kind: 'open', ...options });
      // The copy that went to the core is the only one that is needed from here on.
      if (options.key.ok) options.key.value.fill(0);
      await ready.promise;
    },
    startConversation(postToWindow) {
      const conversation = ++lastConversation;
      posts.set(conversation, postToWindow);
      return {
        receive(message, sender) {
          if (posts.has(conversation)) post({ kind: 'message', conversation, sender, message });
        },
        end() {
          if (posts.delete(conversation)) post({ kind: 'end', conversation });
        },
      };
    },
    readFile(fileId, start, length) {
      if (over) return Promise.resolve(coreGone);
      const request = ++lastRequest;
      return new Promise((resolve) => {
        reads.set(request, resolve);
        post({ kind: 'read-file', request, fileId, start, length });
      });
    },
    openFile(path) {
      post({ kind: 'open-file', path });
    },
    async close() {
      if (!closing && !over) {
        closing = true;
        post({ kind: 'close' });
        const limit = setTimeout(() => {
          log('the core did not close in time and was ended');
          transport.kill();
        }, closeLimitMs);
        await closed.promise;
        clearTimeout(limit);
      }
      await closed.promise;
    },
    otherProfileAsked: otherProfile.promise,
    foldersChosenBy(choose) {
      chooseFolder = choose;
    },
    filesShownBy(show) {
      showFile = show;
    },
    closed: closed.promise,
  };
}
