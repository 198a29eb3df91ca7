import type { HandoverRemark } from '#contract';
import { isMessageKey, type MessageKey } from '../../../i18n/catalogue.ts';
import type { Formatter } from '../../../i18n/formatter.ts';

type Params = Readonly<Record<string, string | number>>;

/** The sentence of a broken rule; what is not there is told in words. The rule's own name where there is none. */
export function ruleWords(t: Formatter, rule: string, params: Params): string {
  const key = `package.rule.${rule}`;
  const shown = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shownParam(t, name, value)]));
  return isMessageKey(key) ? said(t, key, shown) : rule;
}

function shownParam(t: Formatter, name: string, value: string | number): string | number {
  if (name === 'found' && value === '') return t('package.nothing');
  if (name === 'signer' && value === '') return t('package.unknown');
  if (name !== 'why' || typeof value !== 'string') return value;
  const key = `verification.subIndication.${value}`;
  return value === '' ? t('package.unknown') : isMessageKey(key) ? t(key) : value;
}

/** The sentence of a remark on what is to be packed, with its remedy. */
export function remarkWords(t: Formatter, { code, params }: HandoverRemark): string {
  if (code === 'dossier') {
    const key = `dossiers.remark.${String(params['of'])}`;
    return isMessageKey(key) ? said(t, key, params) : String(params['of']);
  }
  const key = code === 'content' ? `handover.content.${String(params['problem'])}` : `handover.remark.${code}`;
  return said(t, isMessageKey(key) ? key : `handover.remark.${code}`, params);
}

function said(t: Formatter, key: MessageKey, params: Params): string {
  try {
    return t(key, params);
  } catch {
    // A value that the sentence needs did not come: what is known is still told.
    return Object.values(params).join(' · ');
  }
}
