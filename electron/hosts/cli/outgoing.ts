import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Contract, Delivery, InputOf, OutputOf } from '#contract';
import { required, UsageError, type Command, type CommandContext } from './command.ts';
import { ask, refused, wholeFile, withCore } from './profile.ts';
import { done } from './sentences.ts';

type Parties = { organId: string; name: string }[];

function text(context: CommandContext, name: string): string {
  const value = context.options[name];
  return typeof value === 'string' ? value : '';
}

/** `CODE=Name`, several with a semicolon between them. */
function parties(context: CommandContext): Parties {
  return required(context, 'to')
    .split(';')
    .map((part) => {
      const [organId = '', ...name] = part.split('=');
      if (organId.trim() === '' || name.length === 0) throw new UsageError('--to "CODE=Name;CODE=Name"');
      return { organId: organId.trim(), name: name.join('=').trim() };
    });
}

function deliveryLines(context: CommandContext, deliveries: readonly Delivery[]): string {
  const [waiting, cancelled] = [done(context, 'not-sent-yet'), done(context, 'cancelled')];
  return deliveries
    .map((one) => {
      const sent = one.cancelledAt === null ? (one.sentAt ?? waiting) : cancelled;
      return `${one.organId.padEnd(18)}  ${sent}  ${one.statusCode === '' ? '—' : one.statusCode}  ${one.takeBack ?? ''}  ${one.alarm ?? ''}  ${one.name}`;
    })
    .join('\n');
}

export const outgoingRecord: Command = {
  about: 'Ghi một văn bản đi đã ký, đã cấp số. | Record a signed and numbered document.',
  usage:
    'outgoing record --profile DIR --file FILE.pdf --number N --notation S --date yyyy-MM-dd --type T --subject S --signer NAME [--position P] [--competence C] [--place P] [--urgency 0-4] [--reply-to INCOMING_ID]',
  options: { file: true, number: true, notation: true, date: true, type: true, subject: true, signer: true, position: true, competence: true, place: true, urgency: true, 'reply-to': true },
  run: (context) =>
    withCore(context, async (core) => {
      const path = required(context, 'file');
      if (!(await stat(path).catch(() => undefined))?.isFile()) throw new UsageError(`--file ${path}`);
      const stored = await core.storeFile(createReadStream(path));
      const input: InputOf<Contract['records']['recordOutgoing']> = {
        codeNumber: required(context, 'number'),
        codeNotation: required(context, 'notation'),
        issuedDate: required(context, 'date'),
        place: text(context, 'place'),
        typeName: required(context, 'type'),
        subject: required(context, 'subject'),
        urgency: Number(text(context, 'urgency') || '0'),
        dueDate: null,
        signerName: required(context, 'signer'),
        signerPosition: text(context, 'position'),
        signerCompetence: text(context, 'competence'),
        toPlaces: [],
        pageAmount: null,
        paper: false,
        repliesTo: text(context, 'reply-to') || null,
        files: [{ name: basename(path), mediaType: path.toLowerCase().endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream', ...stored }],
      };
      const outcome = await ask(core, 'records', 'recordOutgoing', input);
      if (!outcome.ok) return refused(outcome);
      return { ok: true, value: outcome.value, text: done(context, 'recorded', { code: `${outcome.value.codeNumber}/${outcome.value.codeNotation}`, id: outcome.value.id }) };
    }),
};

export const outgoingList: Command = {
  about: 'Liệt kê văn bản đi, mới nhất trước. | List outgoing documents.',
  usage: 'outgoing list --profile DIR [--state numbered|sealed|issued|recalled|replaced|voided] [--limit N]',
  options: { state: true, limit: true },
  run: (context) =>
    withCore(context, async (core) => {
      const { state, limit } = context.options;
      const outcome = await ask(core, 'records', 'outgoingList', {
        // Anything else is refused by the contract with the field's name.
        state: (state ?? null) as 'issued' | null,
        before: null,
        limit: limit === undefined ? 100 : Number(limit),
      });
      if (!outcome.ok) return refused(outcome);
      const lines = outcome.value.items.map((one) => `${one.state.padEnd(8)}  ${one.issuedDate}  ${one.codeNumber}/${one.codeNotation}  ${one.subject}  [${one.id}]`);
      return { ok: true, value: outcome.value, text: [...lines, done(context, 'total', { total: outcome.value.total })].join('\n') };
    }),
};

/** A command that answers with the matrix of a document. */
function onDeliveries<M extends 'sendDocument' | 'recallDocument' | 'updateDocument' | 'replaceDocument' | 'deliveries'>(
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
        const deliveries = outcome.value as OutputOf<Contract['exchange']['deliveries']>;
        return { ok: true, value: deliveries, text: deliveryLines(context, deliveries) };
      }),
  };
}

export const outgoingSend = onDeliveries(
  'sendDocument',
  {
    about: 'Đưa văn bản đi vào Hộp gửi. | Queue a document for recipients.',
    usage: 'outgoing send --profile DIR --id ID --to "CODE=Name;CODE=Name"',
    options: { id: true, to: true },
  },
  (context) => ({ document: required(context, 'id'), recipients: parties(context) }),
);

export const outgoingRecall = onDeliveries(
  'recallDocument',
  {
    about: 'Thu hồi văn bản đi. | Recall a document, from all or some recipients.',
    usage: 'outgoing recall --profile DIR --id ID --reason R [--form message|status] [--from "CODE;CODE"]',
    options: { id: true, reason: true, form: true, from: true },
  },
  (context) => ({
    document: required(context, 'id'),
    form: (text(context, 'form') || 'message') as 'message',
    recipients: text(context, 'from') === '' ? null : text(context, 'from').split(';').map((code) => code.trim()),
    reason: required(context, 'reason'),
  }),
);

export const outgoingUpdate = onDeliveries(
  'updateDocument',
  {
    about: 'Cập nhật thông tin văn bản đã gửi. | Change a sent document and tell its recipients.',
    usage: 'outgoing update --profile DIR --id ID --reason R [--subject S] [--urgency 0-4] [--due yyyy-MM-dd]',
    options: { id: true, reason: true, subject: true, urgency: true, due: true },
  },
  (context) => ({
    document: required(context, 'id'),
    changes: {
      ...(text(context, 'subject') === '' ? {} : { subject: text(context, 'subject') }),
      ...(text(context, 'urgency') === '' ? {} : { urgency: Number(text(context, 'urgency')) }),
      ...(text(context, 'due') === '' ? {} : { dueDate: text(context, 'due') }),
    },
    files: null,
    reason: required(context, 'reason'),
  }),
);

export const outgoingReplace = onDeliveries(
  'replaceDocument',
  {
    about: 'Gửi một văn bản thay thế văn bản đã gửi. | Send a document in place of an earlier one.',
    usage: 'outgoing replace --profile DIR --id NEW_ID --replaces OLD_ID --reason R',
    options: { id: true, replaces: true, reason: true },
  },
  (context) => ({ document: required(context, 'id'), replaces: required(context, 'replaces'), reason: required(context, 'reason') }),
);

export const outgoingDeliveries = onDeliveries(
  'deliveries',
  {
    about: 'Xem tình trạng theo từng nơi nhận. | Show the status of each recipient.',
    usage: 'outgoing deliveries --profile DIR --id ID',
    options: { id: true },
  },
  (context) => ({ document: required(context, 'id') }),
);

export const outgoingEvidence: Command = {
  about: 'Lập chứng cứ gửi (JSON và PDF). | Make the delivery evidence.',
  usage: 'outgoing evidence --profile DIR --id ID --out FOLDER',
  options: { id: true, out: true },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'exchange', 'makeEvidence', { document: required(context, 'id') });
      if (!outcome.ok) return refused(outcome);
      const paths: string[] = [];
      for (const file of [outcome.value.json, outcome.value.pdf]) {
        const path = join(required(context, 'out'), file.name);
        await writeFile(path, await wholeFile(core, file.id), { flag: 'wx' });
        paths.push(path);
      }
      return { ok: true, value: paths, text: paths.join('\n') };
    }),
};
