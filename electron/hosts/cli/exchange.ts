import type { Contract, InputOf, WithheldItem } from '#contract';
import { required, UsageError, type Command, type CommandContext } from './command.ts';
import { ask, refused, withCore } from './profile.ts';
import { done, wordsFor } from './sentences.ts';

function withheldLine({ transportId, failure, detail, tries, nextTryAt }: WithheldItem): string {
  return `${transportId}  ${failure}  ${detail}  × ${String(tries)}  → ${nextTryAt}`;
}

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
      const late = withheld.value.items.map((item) => done(context, 'not-fetched', { message: withheldLine(item) }));
      const more = withheld.value.total - withheld.value.items.length;
      if (more > 0) late.push(`+ ${String(more)} (tvt withheld list)`);
      return {
        ok: true,
        value: outcome.value,
        text: [done(context, 'receive', { received, duplicates, quarantined, sent }), ...late].join('\n'),
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
        (item) => `${item.state.padEnd(9)}  ${item.dispatch ?? item.statusCode}  ${item.about}  → ${item.recipients.map((one) => one.name).join('; ')}  ${item.lastFailure ?? ''}  [${item.id}]`,
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
      return { ok: true, value: outcome.value, text: done(context, 'sent') };
    }),
};

/** An act on one row of the outbox. */
function onRow<M extends 'cancelSend' | 'moveUp' | 'settleDoubt'>(
  method: M,
  words: Pick<Command, 'about' | 'usage' | 'options'>,
  input: (context: CommandContext) => InputOf<Contract['exchange'][M]>,
): Command {
  return {
    ...words,
    run: (context) =>
      withCore(context, async (core) => {
        const outcome = await ask(core, 'exchange', method, input(context));
        if (!outcome.ok) return refused(outcome);
        return { ok: true, value: outcome.value, text: wordsFor(`outbox.state.${outcome.value.state}`, {}, context.options['lang'] === 'en' ? 'en' : 'vi') };
      }),
  };
}

export const outboxCancel = onRow(
  'cancelSend',
  { about: 'Hủy một dòng chưa gửi. | Cancel a row that has not left.', usage: 'outbox cancel --profile DIR --id ID --reason R', options: { id: true, reason: true } },
  (context) => ({ id: required(context, 'id'), reason: required(context, 'reason') }),
);

export const outboxUp = onRow(
  'moveUp',
  { about: 'Đưa một dòng lên gửi trước. | Move a row up.', usage: 'outbox up --profile DIR --id ID', options: { id: true } },
  (context) => ({ id: required(context, 'id') }),
);

export const outboxSettle = onRow(
  'settleDoubt',
  {
    about: 'Xác nhận thư chưa rõ là đã đến hay chưa. | Say whether a message in doubt got through.',
    usage: 'outbox settle --profile DIR --id ID --sent yes|no --note HOW_IT_WAS_FOUND_OUT',
    options: { id: true, sent: true, note: true },
  },
  (context) => {
    const sent = required(context, 'sent');
    if (sent !== 'yes' && sent !== 'no') throw new UsageError('--sent yes|no');
    return { id: required(context, 'id'), sent: sent === 'yes', note: required(context, 'note') };
  },
);

export const quarantineList: Command = {
  about: 'Liệt kê thư để riêng. | List the messages kept apart.',
  usage: 'quarantine list --profile DIR [--limit N] [--before ID]',
  options: { limit: true, before: true },
  run: (context) =>
    withCore(context, async (core) => {
      const { limit, before } = context.options;
      const outcome = await ask(core, 'exchange', 'quarantine', {
        before: typeof before === 'string' ? before : null,
        limit: limit === undefined ? 100 : Number(limit),
      });
      if (!outcome.ok) return refused(outcome);
      const { items, total } = outcome.value;
      const lines = items.map((item) => `${item.receivedAt}  ${item.reason}  ${item.incident}  ${item.from}  ${String(item.size)} byte  [${item.id}]`);
      return { ok: true, value: outcome.value, text: [...lines, done(context, 'total', { total })].join('\n') };
    }),
};

export const withheldList: Command = {
  about: 'Liệt kê thư trục chưa giao, chờ lâu nhất trước. | List the messages that the axis has not handed over.',
  usage: 'withheld list --profile DIR [--limit N] [--after-time INSTANT --after-id AXIS_ID]',
  options: { limit: true, 'after-time': true, 'after-id': true },
  run: (context) =>
    withCore(context, async (core) => {
      const { limit, 'after-time': firstFailedAt, 'after-id': transportId } = context.options;
      const outcome = await ask(core, 'exchange', 'withheld', {
        after: typeof firstFailedAt === 'string' && typeof transportId === 'string' ? { firstFailedAt, transportId } : null,
        limit: limit === undefined ? 100 : Number(limit),
      });
      if (!outcome.ok) return refused(outcome);
      const { items, total } = outcome.value;
      const lines = items.map((item) => `${item.firstFailedAt}  ${withheldLine(item)}`);
      return { ok: true, value: outcome.value, text: [...lines, done(context, 'total', { total })].join('\n') };
    }),
};

export const quarantineReplay: Command = {
  about: 'Đọc lại một thư để riêng. | Read a kept message again.',
  usage: 'quarantine replay --profile DIR --id ID',
  options: { id: true },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'exchange', 'replay', { id: required(context, 'id') });
      if (!outcome.ok) return refused(outcome);
      const { filed, reason } = outcome.value;
      return { ok: true, value: outcome.value, text: filed ? done(context, 'filed') : done(context, 'still-apart', { reason: reason ?? '' }) };
    }),
};
