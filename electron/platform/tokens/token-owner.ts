import { lookLimits, tokenLimits, type StartTokenProcess, type TokenLimits } from './token-limits.ts';
import { tokenProcess, type TokenProcess } from './token-process.ts';

/** Who owns the token processes of a station: whoever signs or looks asks here, so that no module runs twice. */
export type TokenOwner = {
  /** The one process of a module, by its path. Nothing is started before its first work. */
  readonly process: (modulePath: string) => TokenProcess;
  /** Logs out of every token and overwrites kept PINs, after what is running. */
  readonly forget: () => Promise<void>;
  /** Ends the process of one module, for a module that is not used any more. */
  readonly end: (modulePath: string) => void;
  /** Ends all processes at once and starts no more. */
  readonly stop: () => void;
};

/** `limits`: for signing; `looking`: for what only looks, which is given up sooner. */
export function tokenOwner(start: StartTokenProcess, limits: TokenLimits = tokenLimits, looking: TokenLimits = lookLimits): TokenOwner {
  const processes = new Map<string, TokenProcess>();
  let stopped = false;

  return {
    process: (modulePath) => {
      const known = processes.get(modulePath);
      if (known !== undefined) return known;
      const made = tokenProcess(modulePath, start, limits, looking);
      if (stopped) made.stop();
      processes.set(modulePath, made);
      return made;
    },
    forget: async () => {
      await Promise.all([...processes.values()].map((one) => one.forget()));
    },
    end: (modulePath) => {
      processes.get(modulePath)?.stop();
      processes.delete(modulePath);
    },
    stop: () => {
      stopped = true;
      for (const one of processes.values()) one.stop();
    },
  };
}
