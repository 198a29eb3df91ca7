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

export type QueueTab = 'open' | 'attention' | 'delivered' | 'all';

/** Whether a row is listed in a tab. */
export function belongs(item: OutboxItem, tab: QueueTab): boolean {
  switch (tab) {
    case 'open':
      return item.state === 'waiting' || item.state === 'sending' || item.state === 'attention';
    case 'attention':
      return item.state === 'attention';
    case 'delivered':
      return item.state === 'delivered';
    case 'all':
      return true;
  }
}

/** Meaning of an edXML status code. */
export function statusCodeWords(t: Formatter, code: string): string {
  const key = `statusCode.${code}`;
  return isMessageKey(key) ? t(key) : t('statusCode.other', { code });
}

/** What the message does: sends, recalls, updates or replaces a document, or reports a status. */
export function whatWords(t: Formatter, item: OutboxItem): string {
  if (item.dispatch !== null) return t(`dispatch.${item.dispatch}`);
  return t('queue.status', { code: item.statusCode, what: statusCodeWords(t, item.statusCode) });
}

/** To whom: the first by name, and how many more. */
export function recipientsShort(t: Formatter, item: OutboxItem): string {
  const [first, ...more] = item.recipients;
  return t('queue.to', { name: first?.name ?? '', more: more.length });
}

/** To whom, by name and code. */
export function recipientCodes(item: OutboxItem): string {
  return item.recipients.map((one) => `${one.name} (${one.organId})`).join('; ');
}

/** The statuses that wait until an earlier one about the same received document is sent or cancelled. */
export function waitingBehind(items: readonly OutboxItem[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  for (const { id, incoming, state } of items) {
    if (incoming === null || (state !== 'waiting' && state !== 'sending' && state !== 'attention')) continue;
    const known = first.get(incoming);
    if (known === undefined || id < known) first.set(incoming, id);
  }
  const waits = ({ id, incoming, state }: OutboxItem): boolean => state === 'waiting' && incoming !== null && first.get(incoming) !== id;
  return new Set(items.filter(waits).map(({ id }) => id));
}

/**
 * Why the row is where it is, in a few words for the table. The sentence with the remedy stands below it.
 * @param behind it waits behind another about the same document
 */
export function reasonWords(t: Formatter, item: OutboxItem, behind: boolean): string {
  if (item.state === 'delivered') {
    return item.deliveredAt === null ? t('outbox.reason.delivered') : t('outbox.reason.deliveredAt', { time: shortMomentOf(item.deliveredAt) });
  }
  if (item.state === 'cancelled') return t('outbox.reason.cancelled');
  if (item.state === 'sending') return t('outbox.reason.sending');
  if (item.inDoubt) return t('doubt.short');
  if (behind) return t('outbox.reason.behind');
  if (item.lastFailure !== null) return t(`outboxShort.${item.lastFailure}`);
  return t('outbox.reason.turn');
}
