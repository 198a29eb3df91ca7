import type { Json } from '../../foundation/canonical-json.ts';

/** What a command answers: a value for `--json` and lines for people, or a failure code of the catalogue. */
export type CommandResult =
  | {
      readonly ok: true;
      readonly value: Json;
      readonly text: string;
      /** exit code, when the answer itself is a "no" (a broken chain); default 0 */
      readonly exit?: 1;
    }
  | {
      readonly ok: false;
      readonly code: string;
      readonly params?: Readonly<Record<string, string | number>>;
      readonly incident?: string | undefined;
    };

export type CommandOptions = Readonly<Record<string, string | boolean | undefined>>;

export type CommandContext = {
  readonly options: CommandOptions;
  /** values of the options that may be given more than once, in their order */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly positionals: readonly string[];
  readonly version: string;
  /** progress for people; silent with `--json` */
  readonly say: (line: string) => void;
  /** an answer in between, of a command that goes on running: JSON on one line with `--json`, else `text` */
  readonly tell: (value: Json, text: string) => void;
  /** technical log, to stderr with `--verbose` */
  readonly log: (line: string) => void;
};

export type Command = {
  /** one line, Vietnamese then English */
  readonly about: string;
  readonly usage: string;
  /** options beside the common ones; `true` takes a value */
  readonly options: Readonly<Record<string, boolean>>;
  /** names of further options, with a value, that may be given more than once */
  readonly many?: readonly string[];
  readonly run: (context: CommandContext) => Promise<CommandResult>;
};

/** The value of an option that must be there. */
export function required(context: CommandContext, name: string): string {
  const value = context.options[name];
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name}`);
  return value;
}

/** Thrown when the words of the call are off; told with the command's usage, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
