import type { Delivery, DeliveryAlarm } from '#contract';

/**
 * After how many hours a recipient's row asks for attention. `noReceipt`: the receipt notice is due on the same day
 * (NĐ 30/2020 art. 21.2); `notSent`: the document itself on the next working morning at the latest (QĐ 28/2018 art. 6.2).
 * How long an answer to a recall may take is in no act (axis.md §0.5): two days are our own.
 */
export const alarmHours = { notSent: 24, noReceipt: 24, noAnswer: 48 } as const;

type Judged = Pick<Delivery, 'cancelledAt' | 'takeBack' | 'takeBackAt' | 'sentAt' | 'statusCode' | 'statuses'>;

/**
 * Why a recipient's row asks for attention at `now`; null when all is well, nothing is owed yet, or a person has dealt
 * with it (`settledAt`) and nothing has come since.
 */
export function alarmOf(
  delivery: Judged,
  row: { readonly addedAt: string; readonly settledAt: string | null },
  now: Date,
): DeliveryAlarm | null {
  const found = unsettledAlarm(delivery, row.addedAt, now);
  return found === null || (row.settledAt !== null && row.settledAt > found.since) ? null : found.alarm;
}

function unsettledAlarm(
  delivery: Judged,
  addedAt: string,
  now: Date,
): { readonly alarm: DeliveryAlarm; readonly since: string } | null {
  const hoursSince = (at: string): number => (now.getTime() - Date.parse(at)) / 3_600_000;
  const late = (alarm: DeliveryAlarm, since: string, hours: number): ReturnType<typeof unsettledAlarm> =>
    hoursSince(since) > hours ? { alarm, since } : null;
  if (delivery.cancelledAt !== null || delivery.takeBack === 'agreed') return null;
  const takenBackAt = delivery.takeBackAt ?? addedAt;
  if (delivery.takeBack === 'refused') return { alarm: 'take-back-refused', since: takenBackAt };
  if (delivery.statusCode === '02') {
    const heard = delivery.statuses.findLast((status) => status.code === '02')?.heardAt ?? addedAt;
    return { alarm: 'refused', since: heard };
  }
  if (delivery.takeBack === 'asked') return late('no-answer', takenBackAt, alarmHours.noAnswer);
  // Who says how far it is has it, also where the end of the try was not heard here.
  if (delivery.statusCode !== '') return null;
  return delivery.sentAt === null ? late('not-sent', addedAt, alarmHours.notSent) : late('no-receipt', delivery.sentAt, alarmHours.noReceipt);
}
