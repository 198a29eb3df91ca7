import type { AnyFailure } from '../../../bridge/failure.ts';
import type { Command } from '../../../bridge/methods.ts';

/** A command as the dossiers' screens give it. */
export type ActRun<In, Shown> = {
  /** Answers what it changed once that is shown; undefined when it was not done. */
  readonly run: (input: In) => Promise<Shown | undefined>;
  readonly pending: boolean;
  readonly failure: AnyFailure | undefined;
  readonly reset: () => void;
  /** whether the person at the window may give it at all */
  readonly may: boolean;
};

/** A command that is not given twice at once, and is through when what it changed is shown. */
export function actRun<In, Shown>(command: Command<In, unknown>, show: (changed: Shown | undefined) => Promise<void>): ActRun<In, Shown> {
  return {
    async run(input) {
      if (command.pending) return undefined;
      const outcome = await command.run(input);
      const changed = outcome.ok ? (outcome.value as Shown) : undefined;
      await show(changed);
      return changed;
    },
    pending: command.pending,
    failure: command.failure,
    reset: command.reset,
    may: command.barred === undefined,
  };
}
