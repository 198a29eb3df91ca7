import type { HelperOrder, HelperProcess, HelperProgram } from '../processes/helper-process.ts';

/**
 * How the core has its shell start processes. Under Electron only the main process may start one, and it hands on what
 * the two say to each other. Core to shell:
 */
export type ToHelperKeeper =
  | {
      readonly kind: 'helper-start';
      readonly helper: number;
      readonly program: HelperProgram;
      readonly args: readonly string[];
      readonly cwd: string | null;
      /** somebody hears what it writes to stderr */
      readonly heard: boolean;
    }
  | { readonly kind: 'helper-post'; readonly helper: number; readonly message: unknown }
  | { readonly kind: 'helper-kill'; readonly helper: number };

/** Shell to core. */
export type FromHelperKeeper =
  | { readonly kind: 'helper-said'; readonly helper: number; readonly message: unknown }
  | { readonly kind: 'helper-wrote'; readonly helper: number; readonly line: string }
  | { readonly kind: 'helper-gone'; readonly helper: number; readonly how: string };

type Ears = { readonly said: ((message: unknown) => void)[]; readonly gone: ((how: string) => void)[]; readonly wrote: ((line: string) => void) | undefined };

/** The core's end: `start` is its `StartHelper`, `heard` takes what the shell says and answers whether it was about a helper. */
export function helpersOfShell(post: (message: ToHelperKeeper) => void): {
  readonly start: (order: HelperOrder) => HelperProcess;
  readonly heard: (message: unknown) => boolean;
} {
  const running = new Map<number, Ears>();
  let last = 0;
  return {
    start({ program, args = [], cwd = null, wrote }) {
      last += 1;
      const helper = last;
      const ears: Ears = { said: [], gone: [], wrote };
      running.set(helper, ears);
      post({ kind: 'helper-start', helper, program, args, cwd, heard: wrote !== undefined });
      return {
        post: (message) => {
          post({ kind: 'helper-post', helper, message });
        },
        onMessage: (listener) => {
          ears.said.push(listener);
        },
        onExit: (listener) => {
          ears.gone.push(listener);
        },
        kill: () => {
          post({ kind: 'helper-kill', helper });
        },
      };
    },
    heard(message) {
      const about = message as FromHelperKeeper;
      if (!about.kind.startsWith('helper-')) return false;
      const ears = running.get(about.helper);
      if (about.kind === 'helper-said') for (const listener of ears?.said ?? []) listener(about.message);
      if (about.kind === 'helper-wrote') ears?.wrote?.(about.line);
      if (about.kind === 'helper-gone') {
        running.delete(about.helper);
        for (const listener of ears?.gone ?? []) listener(about.how);
      }
      return true;
    },
  };
}
