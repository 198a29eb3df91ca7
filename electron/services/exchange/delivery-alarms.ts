import type { Delivery, DeliveryAlarm } from '#contract';

/**
 * After how many hours a recipient's row asks for attention. `noReceipt`: the receipt notice is due on the same day
 * (NĐ 30/2020 art. 21.2); `notSent`: the document itself on the next working morning at the latest (QĐ 28/2018 art. 6.2).
 * How long an answer to a recall may take is in no act (axis.md §0.5): two days are our own.
 */
const alarmHours = { notSent: 24, noReceipt: 24, noAnswer: 48 } as const;

/** Why a recipient's row asks for attention at `now`; null when all is well or nothing is owed yet. */
export function alarmOf(delivery: Omit<Delivery, 'alarm'>, addedAt: string, now: Date): DeliveryAlarm | null {
  const hoursSince = (at: string | null): number => (at === null ? 0 : (now.getTime() - Date.parse(at)) / 3_600_000);
  if (delivery.cancelledAt !== null || delivery.takeBack === 'agreed') return null;
  if (delivery.takeBack === 'refused') return 'take-back-refused';
  if (delivery.statusCode === '02') return 'refused';
  if (delivery.takeBack === 'asked') return hoursSince(delivery.takeBackAt) > alarmHours.noAnswer ? 'no-answer' : null;
  if (delivery.sentAt === null) return hoursSince(addedAt) > alarmHours.notSent ? 'not-sent' : null;
  if (delivery.statusCode === '') return hoursSince(delivery.sentAt) > alarmHours.noReceipt ? 'no-receipt' : null;
  return null;
}
