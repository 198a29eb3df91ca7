import type { DossierMaker, DossierRemark, DossierState, DossierSuggestion, Retention } from '#contract';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import type { Tone } from '../../../ui/StateMark.tsx';

export const stateTone: Readonly<Record<DossierState, Tone>> = { open: 'brand', closed: 'good', locked: 'neutral', discarded: 'neutral' };

/** How long something is kept: "vĩnh viễn" or so many years. */
export function retentionWords(t: Formatter, retention: Pick<Retention, 'kind' | 'years'>): string {
  return retention.kind === 'permanent' ? t('dossiers.permanent') : t('dossiers.years', { count: retention.years ?? 0 });
}

/** Unit and person that make a dossier, as far as they are named. */
export function makerWords({ unitName, personName }: DossierMaker): string {
  return [personName, unitName].filter((part) => part !== '').join(', ');
}

export function remarkWords(t: Formatter, remark: DossierRemark): string {
  const key = `dossiers.remark.${remark.code}`;
  return isMessageKey(key) ? safe(t, key, remark.params) : remark.code;
}

/** Why a dossier is suggested: the `most` strongest reasons, as the line is to stay quiet. Who chose it before is one of those that are counted. */
export function whyWords(t: Formatter, { reasons }: DossierSuggestion, most = 2): string {
  const chosen = reasons.some(({ code }) => code === 'chosen-before');
  return reasons
    .filter(({ code }) => !chosen || (code !== 'issuer-kind' && code !== 'issuer'))
    .slice(0, most)
    .flatMap(({ code, params }) => {
      const key = `dossiers.why.${code}`;
      return isMessageKey(key) ? [safe(t, key, params)] : [];
    })
    .join('; ');
}

function safe(t: Formatter, key: Parameters<Formatter>[0], params: Readonly<Record<string, string | number>>): string {
  try {
    return t(key, params);
  } catch {
    // A value that the sentence needs did not come: its name alone is still a remark.
    return String(Object.values(params).join(' · '));
  }
}
