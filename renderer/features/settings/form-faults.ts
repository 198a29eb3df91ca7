import type { z } from 'zod';
import type { AnyFailure } from '../../bridge/failure.ts';
import { isMessageKey } from '../../i18n/catalogue.ts';
import type { Formatter } from '../../i18n/formatter.ts';

/** Sentence at each field that the contract's schema, or the core, did not accept. */
export type Faults = Readonly<Record<string, string>>;

/** The contract's own input schema judges the form, so that window and core cannot disagree. */
export function faultsOf(schema: z.ZodType, input: unknown, t: Formatter, form: string): Faults {
  const parsed = schema.safeParse(input);
  if (parsed.success) return {};
  const faults: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? '');
    faults[field] ??= faultWords(t, form, field, issue.code);
  }
  return faults;
}

/** The field that a failure of the core points at, if it is one of this form's. */
export function fieldFault(failure: AnyFailure | undefined, fields: readonly string[], t: Formatter, form: string): Faults {
  const field = String(failure?.params?.['field'] ?? '').split('.')[0] ?? '';
  if (failure?.code !== 'bad-input' || !fields.includes(field)) return {};
  return { [field]: faultWords(t, form, field, String(failure.params?.['rule'] ?? '')) };
}

function faultWords(t: Formatter, form: string, field: string, rule: string): string {
  for (const key of [`fault.${form}.${field}.${rule}`, `fault.${form}.${field}`]) {
    if (isMessageKey(key)) return t(key);
  }
  return t('fault.general');
}
