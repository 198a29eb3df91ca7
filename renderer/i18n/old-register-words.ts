import type { ImportedFrom } from '#contract';
import { momentOf } from './dates.ts';
import type { Formatter } from './formatter.ts';

/** From which row of which old register a document was taken over, when and by whom. */
export function oldRegisterWords(t: Formatter, { name, sheet, line, at, by }: ImportedFrom): string {
  return t('legacy.from', { name, sheet: sheet === '' ? 'none' : sheet, line, at: momentOf(at), by });
}
