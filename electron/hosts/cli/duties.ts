import type { DutyItem } from '#contract';
import { vietnamTime } from '../../foundation/clock.ts';
import type { Command } from './command.ts';
import { ask, refused, withCore } from './profile.ts';

const stateWords: Readonly<Record<DutyItem['state'], string>> = {
  overdue: 'QUÁ HẠN',
  soon: 'sắp đến hạn',
  ok: 'trong hạn',
  'done-late': 'đã làm muộn',
};

const kindWords: Readonly<Record<DutyItem['kind'], string>> = {
  'receipt-notice': 'báo đã nhận',
  registration: 'vào sổ',
  handling: 'xử lý văn bản',
  sending: 'gửi đi',
  'recall-answer': 'trả lời thu hồi',
};

function lineOf(duty: DutyItem): string {
  const certain = duty.certain ? '' : '  (lịch nghỉ chưa chắc chắn)';
  return `${stateWords[duty.state].padEnd(11)}  ${vietnamMoment(duty.due)}  ${kindWords[duty.kind].padEnd(15)}  ${duty.about}  ${duty.party}  ${duty.basis}${certain}  [${duty.subjectId}]`;
}

/** `dd/MM/yyyy HH:mm` in Vietnam. */
function vietnamMoment(instant: string): string {
  const local = vietnamTime(new Date(instant));
  return `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)} ${local.slice(11, 16)}`;
}

export const dutiesList: Command = {
  about: 'Xem việc phải làm và hạn theo quy định. | List what is owed and by when.',
  usage: 'duties --profile DIR',
  options: {},
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'duties', 'list', {});
      if (!outcome.ok) return refused(outcome);
      const { counts, items } = outcome.value;
      const foot = `Quá hạn ${String(counts.overdue)}, sắp đến hạn ${String(counts.soon)}, trong hạn ${String(counts.ok)}, đã làm muộn trong 30 ngày ${String(counts.doneLate)}.`;
      return { ok: true, value: outcome.value, text: [...items.map(lineOf), foot].join('\n') };
    }),
};
