import type { ReactNode } from 'react';
import {
  ArrowSync16Regular,
  CheckmarkCircle16Regular,
  Dismiss16Regular,
  MailInbox16Regular,
  Warning16Regular,
} from '@fluentui/react-icons';
import type { OutboxItem, OutboxState } from '#contract';
import { isMessageKey } from '../../../i18n/catalogue.ts';
import { shortMomentOf } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import type { Tone } from '../../../ui/StateMark.tsx';

/** Colour and sign of each state; the word comes from the catalogue. */
export const stateMarks: Readonly<Record<OutboxState, { readonly tone: Tone; readonly icon: ReactNode }>> = {
  waiting: { tone: 'neutral', icon: <MailInbox16Regular aria-hidden="true" /> },
  sending: { tone: 'brand', icon: <ArrowSync16Regular aria-hidden="true" /> },
  delivered: { tone: 'good', icon: <CheckmarkCircle16Regular aria-hidden="true" /> },
  attention: { tone: 'attention', icon: <Warning16Regular aria-hidden="true" /> },
  cancelled: { tone: 'neutral', icon: <Dismiss16Regular aria-hidden="true" /> },
};

/** What the row tells the other side. */
export function statusWords(t: Formatter, item: OutboxItem): string {
  if (item.dispatch !== null) return t(`dispatch.${item.dispatch}`);
  const key = `statusCode.${item.statusCode}`;
  return isMessageKey(key) ? t(key) : t('statusCode.other', { code: item.statusCode });
}

/** To whom, by name. */
export function recipientNames(item: OutboxItem): string {
  return item.recipients.map((one) => one.name).join('; ');
}

/** To whom, by name and code. */
export function recipientCodes(item: OutboxItem): string {
  return item.recipients.map((one) => `${one.name} (${one.organId})`).join('; ');
}

/** Why the row is where it is, in a few words for the table. The sentence with the remedy stands below it. */
export function reasonWords(t: Formatter, item: OutboxItem): string {
  if (item.state === 'delivered') {
    return item.deliveredAt === null ? t('outbox.reason.delivered') : t('outbox.reason.deliveredAt', { time: shortMomentOf(item.deliveredAt) });
  }
  if (item.state === 'cancelled') return t('outbox.reason.cancelled');
  if (item.state === 'sending') return t('outbox.reason.sending');
  if (item.lastFailure !== null) return t(`outboxShort.${item.lastFailure}`);
  return t('outbox.reason.turn');
}
