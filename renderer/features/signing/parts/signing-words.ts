import type { SigningCause, SigningItem, SigningMissing, SigningPaper, SigningRole, SigningWarning } from '#contract';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import type { Formatter } from '../../../i18n/formatter.ts';

/** As what a round is spoken of: papers of the archive are signed by the agency, and yet no documents that it seals. */
export function roundOf(role: SigningRole, items: readonly { readonly paper: SigningPaper | null }[]): SigningRole | 'paper' {
  return items.length > 0 && items.every(({ paper }) => paper !== null) ? 'paper' : role;
}

/** What a document is called in a list: its number, or its kind. */
export function titleOf(t: Formatter, { code, typeName }: Pick<SigningItem, 'code' | 'typeName'>): string {
  if (code !== '') return code;
  return typeName === '' ? t('life.untitled') : typeName;
}

/** Number and day, or kind and signer: what stands under a title. */
export function sourceOf(t: Formatter, { code, issuedDate, typeName, signerName, signerPosition, paper }: SigningItem): string {
  if (paper !== null) return t(`signing.paper.${paper.kind}`, { recipient: paper.recipient });
  const signer = [signerPosition, signerName].filter((part) => part !== '').join(' ');
  if (code === '' || issuedDate === null) return signer;
  return t('document.source', { type: typeName, day: calendarDay(issuedDate), signer: signerName });
}

/** Why something is not signed, and what to do. */
export function causeWords(t: Formatter, { code, params }: SigningCause): string {
  const remarks = String(params['remarks'] ?? '').split(' ').map((remark) => `token.pinRemark.${remark}`).filter(isMessageKey);
  return [failureWords(t, { code, params }, 'signing'), ...remarks.map((remark) => t(remark))].join(' ');
}

/** A warning in words; '' for a doubt about the certificate, which stands among the findings of its check. */
export function warningWords(t: Formatter, { code, params }: SigningWarning): string {
  return code === 'signer-doubt' ? '' : t(`signing.warning.${code}`, params);
}

/** Why a signature lacks its time or what checking it later takes, as a sentence. */
export function missingWords(t: Formatter, missing: SigningMissing): string {
  const isUnset = missing.why === 'unreachable' && missing.detail === 'no-address';
  return isUnset ? t('signing.missing.no-address') : t(`signing.missing.${missing.why}`, missing);
}
