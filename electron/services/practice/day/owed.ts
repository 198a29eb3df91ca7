import type { DutyItem } from '#contract';
import { shownTime } from '../../records/index.ts';
import { must, type Day } from './day.ts';

const kindWords: Readonly<Record<DutyItem['kind'], string>> = {
  'receipt-notice': 'báo đã nhận',
  registration: 'vào sổ',
  handling: 'xử lý văn bản',
  sending: 'gửi đi',
  'recall-answer': 'trả lời thu hồi',
};

/** Says what the office owes now, by kind, each with its nearest end; answers the whole list. */
export async function sayDuties(day: Day): Promise<readonly DutyItem[]> {
  const { items } = must(await day.client.duties.list({}));
  const open = items.filter(({ doneAt }) => doneAt === null);
  day.say(open.length === 0 ? '  Không còn việc nào phải làm.' : '  Việc phải làm và hạn gần nhất:');
  for (const [kind, duties] of Map.groupBy(open, (duty) => duty.kind)) {
    const nearest = duties.toSorted((a, b) => a.due.localeCompare(b.due))[0];
    if (nearest === undefined) continue;
    day.say(`    ${kindWords[kind]}: ${String(duties.length)} việc, gần nhất ${nearest.about} trước ${shownTime(nearest.due)} (${nearest.basis})`);
  }
  return items;
}
