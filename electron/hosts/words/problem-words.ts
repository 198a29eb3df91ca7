import type { LegacyProblem } from '#contract';
import words from '../../../resources/locales/vi.json' with { type: 'json' };

/**
 * The sentence for a row of an old register that cannot be taken over, as it stands in the table that goes back to the clerk. These
 * sentences have plain placeholders only.
 */
export function problemWords({ code, column, params }: LegacyProblem): string {
  const sentence = words[`legacy.problem.${code}`].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
  return column === '' ? sentence : `Cột ${column}: ${sentence}`;
}
