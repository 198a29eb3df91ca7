import type { PackageOrder } from '#contract';
import { dayFromTyped, isDay } from '../../../i18n/dates.ts';

/** A request as it is typed. */
export type RequestDraft = {
  readonly requestId: string;
  readonly requestDay: string;
  readonly purpose: PackageOrder['request']['purpose'];
  readonly purposeContent: string;
  readonly payer: PackageOrder['request']['payer'];
  readonly topic: string;
};

/** A request with nothing typed yet. */
export const noRequest: RequestDraft = { requestId: '', requestDay: '', purpose: '02', purposeContent: '', payer: '', topic: '' };

/** The request that a draft stands for; `day` null: none, or no day. */
export function requestOf(draft: RequestDraft): PackageOrder['request'] {
  return { id: draft.requestId.trim(), day: isDay(draft.requestDay) ? dayFromTyped(draft.requestDay) : null, purpose: draft.purpose, content: draft.purposeContent.trim(), payer: draft.payer, topic: draft.topic.trim(), description: '' };
}
