import type { Delivery, OutgoingDetail } from '#contract';
import type { MessageKey } from '../../../i18n/catalogue.ts';
import { shortMomentOf } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';

/** The steps of a recipient that are statuses of its own, in the order of the matrix. */
export const statusSteps = [
  { code: '01', name: 'sent.step.arrived' },
  { code: '03', name: 'sent.step.registered' },
  { code: '04', name: 'sent.step.assigned' },
  { code: '05', name: 'sent.step.working' },
  { code: '06', name: 'sent.step.done' },
  { code: '02', name: 'sent.step.refused' },
] as const satisfies readonly { readonly code: string; readonly name: MessageKey }[];

/** When a recipient said a status for the last time; null when never. */
export function saidAt(delivery: Delivery, code: string): string | null {
  const said = delivery.statuses.findLast((status) => status.code === code);
  return said === undefined ? null : (said.saidAt ?? said.heardAt);
}

/** How long ago, in the largest whole unit. */
export function ageWords(t: Formatter, minutes: number): string {
  if (minutes < 60) return t('sent.age.minutes', { count: minutes });
  if (minutes < 48 * 60) return t('sent.age.hours', { count: Math.floor(minutes / 60) });
  return t('sent.age.days', { count: Math.floor(minutes / 60 / 24) });
}

/** How taking back stands with a recipient; '' when it was never asked. */
export function takeBackWords(t: Formatter, delivery: Delivery): string {
  if (delivery.takeBack === null) return '';
  const words = t(`sent.takeBack.${delivery.takeBack}`);
  return delivery.takeBackAt === null ? words : `${words} ${shortMomentOf(delivery.takeBackAt)}`;
}

/** Whether a recipient still has the document, or is about to get it. */
export function isHolder(delivery: Delivery): boolean {
  return delivery.cancelledAt === null && delivery.takeBack !== 'agreed';
}

/** The number of a document, as printed. */
export function codeOf(document: Pick<OutgoingDetail, 'codeNumber' | 'codeNotation'>): string {
  return `${document.codeNumber}/${document.codeNotation}`;
}
