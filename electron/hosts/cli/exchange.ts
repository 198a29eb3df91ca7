import { required, type Command } from './command.ts';
import { ask, refused, withCore } from './profile.ts';

export const receive: Command = {
  about: 'Nhận văn bản và gửi trạng thái một lần. | Poll the axis once and send what waits.',
  usage: 'receive --profile DIR',
  options: {},
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'exchange', 'receiveNow', {});
      if (!outcome.ok) return refused(outcome);
      const { received, duplicates, quarantined, sent } = outcome.value;
      const withheld = await ask(core, 'exchange', 'withheld', {});
      if (!withheld.ok) return refused(withheld);
      const late = withheld.value.map(
        ({ transportId, failure, tries, nextTryAt }) =>
          `\nChưa lấy được | Not fetched: ${transportId}  ${failure}  × ${String(tries)}  → ${nextTryAt}`,
      );
      return {
        ok: true,
        value: outcome.value,
        text: `Nhận mới ${String(received)}, đã có ${String(duplicates)}, để riêng ${String(quarantined)}, gửi đi ${String(sent)}.${late.join('')}`,
      };
    }),
};

export const outboxList: Command = {
  about: 'Xem Hộp gửi. | List the outbox.',
  usage: 'outbox list --profile DIR',
  options: {},
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'exchange', 'outbox', {});
      if (!outcome.ok) return refused(outcome);
      const lines = outcome.value.map(
        (item) => `${item.state.padEnd(9)}  ${item.statusCode}  ${item.about}  → ${item.recipientName}  ${item.lastFailure ?? ''}  [${item.id}]`,
      );
      return { ok: true, value: outcome.value, text: lines.join('\n') };
    }),
};

export const outboxSend: Command = {
  about: 'Gửi ngay một dòng của Hộp gửi. | Send one outbox row now.',
  usage: 'outbox send --profile DIR --id ID',
  options: { id: true },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'exchange', 'sendNow', { id: required(context, 'id') });
      if (!outcome.ok) return refused(outcome);
      return { ok: true, value: outcome.value, text: 'Đã gửi.' };
    }),
};
