import type { HandoverReason } from '#contract';
import type { Formatter } from '../../../i18n/formatter.ts';
import { ruleWords } from '../../packages/index.ts';

/** Why a package or file is not đạt, or is to be looked at; of a broken rule its own sentence with the remedy. */
export function reasonWords(t: Formatter, { code, params }: HandoverReason): string {
  const rule = String(params['rule'] ?? '');
  return rule === '' ? t(`handover.reason.${code}`, params) : ruleWords(t, rule, params);
}
