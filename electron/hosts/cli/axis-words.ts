import { z } from 'zod';
import { Chaos, Fault } from '../../services/practice/index.ts';
import { UsageError, type CommandContext } from './command.ts';

/** A system as it is named on the command line or in a file: without its secret. */
export const SystemWords = z.strictObject({
  systemId: z.string().min(1),
  /** environment variable with its secret; without it one is made */
  secretEnv: z.string().min(1).exactOptional(),
  agencies: z.array(z.strictObject({ code: z.string().min(1), name: z.string().min(1), oldCode: z.string().exactOptional() })),
});
export type SystemWords = z.output<typeof SystemWords>;

/**
 * A misfortune as one word: `kind[:verb[:number[:times]]]`. The number is what the kind needs: milliseconds, minutes
 * with `wrong-clock`, an HTTP status with `error-500`. Throws UsageError.
 */
export function faultOf(word: string): Fault {
  const [kind = '', verb = '*', number = '', times = '1'] = word.split(':');
  const amount = number === '' ? {} : { [amountName(kind)]: Number(number) };
  return valid(Fault, { kind, verb: verb === '' ? '*' : verb, times: Number(times), ...amount }, `--fault ${word}`);
}

function amountName(kind: string): 'minutes' | 'httpStatus' | 'delayMs' {
  if (kind === 'wrong-clock') return 'minutes';
  return kind === 'error-500' ? 'httpStatus' : 'delayMs';
}

/** Random misfortunes as `--chaos RATE --seed N --chaos-kinds a,b` say it; undefined without them. */
export function chaosOf(context: CommandContext): Chaos | undefined {
  const { chaos, 'chaos-kinds': kinds } = context.options;
  if (typeof chaos !== 'string') return undefined;
  const named = typeof kinds === 'string' ? { kinds: kinds.split(',') } : {};
  return valid(Chaos, { rate: Number(chaos), seed: numberOf(context, 'seed', 1), ...named }, '--chaos');
}

/** `CODE=NAME` words as agencies. */
export function agenciesOf(words: readonly string[]): SystemWords['agencies'] {
  return words.map((word) => {
    const at = word.indexOf('=');
    if (at < 1 || at === word.length - 1) throw new UsageError(`--agency ${word}`);
    return { code: word.slice(0, at), name: word.slice(at + 1) };
  });
}

/** A number option; `otherwise` when it was not given. */
export function numberOf<T>(context: CommandContext, name: string, otherwise: T): number | T {
  const text = context.options[name];
  if (typeof text !== 'string') return otherwise;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UsageError(`--${name} ${text}`);
  return value;
}

/** What the words mean, or UsageError that names the place. Values are not quoted: there may be secrets among them. */
export function valid<T extends z.ZodType>(shape: T, value: unknown, where: string): z.output<T> {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const place = issue.path.join('.');
    return issue.code === 'invalid_value' ? `${place} (${issue.values.map(String).join('|')})` : place;
  });
  throw new UsageError(`${where} ${problems.join(', ')}`.trim());
}
