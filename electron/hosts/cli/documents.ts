import { open, rename, rm } from 'node:fs/promises';
import type { IncomingSummary } from '#contract';
import { numberOf, yearOf } from './numbers.ts';
import { required, UsageError, type Command } from './command.ts';
import { ask, FileRefused, filePieces, refused, withCore } from './profile.ts';
import { done } from './sentences.ts';

function lineOf(document: IncomingSummary): string {
  const number = document.arrivalNumber === null ? '—' : `${String(document.arrivalNumber)}${document.arrivalSuffix}`;
  return `${number.padStart(6)}  ${document.issuedDate ?? '          '}  ${document.codeNumber}/${document.codeNotation}  ${document.issuerName}  ${document.subject}  [${document.id}]`;
}

export const incomingList: Command = {
  about: 'Liệt kê văn bản đến, mới nhất trước. | List incoming documents.',
  usage: 'incoming list --profile DIR [--state arrived|registered|presented|assigned|in-progress|done|refused|recalled|replaced] [--due overdue|soon] [--limit N] [--before ID]',
  options: { state: true, due: true, limit: true, before: true },
  run: (context) =>
    withCore(context, async (core) => {
      const { state, due, before, limit } = context.options;
      const outcome = await ask(core, 'records', 'incomingList', {
        // Anything else is refused by the contract with the field's name.
        state: (state ?? null) as 'arrived' | null,
        due: (due ?? null) as 'overdue' | null,
        before: typeof before === 'string' ? before : null,
        limit: limit === undefined ? 100 : Number(limit),
      });
      if (!outcome.ok) return refused(outcome);
      const { items, total } = outcome.value;
      return { ok: true, value: { items, total }, text: [...items.map(lineOf), done(context, 'total', { total })].join('\n') };
    }),
};

export const incomingShow: Command = {
  about: 'Xem một văn bản đến. | Show an incoming document.',
  usage: 'incoming show --profile DIR --id ID',
  options: { id: true },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'records', 'incomingGet', { id: required(context, 'id') });
      if (!outcome.ok) return refused(outcome);
      return { ok: true, value: outcome.value, text: JSON.stringify(outcome.value, null, 2) };
    }),
};

export const incomingRegister: Command = {
  about: 'Vào sổ văn bản đến. | Register an incoming document.',
  usage: 'incoming register --profile DIR --id ID [--held 12a] [--book BOOK]',
  options: { id: true, held: true, book: true },
  run: (context) =>
    withCore(context, async (core) => {
      const { book } = context.options;
      const scope = typeof book === 'string' ? `book:${book}` : '';
      const outcome = await ask(core, 'records', 'registerIncoming', {
        id: required(context, 'id'),
        ...(typeof book === 'string' ? { book } : {}),
        ...(context.options['held'] === undefined
          ? {}
          : { held: { register: 'incoming', scope, year: yearOf(context), ...numberOf(context, 'held') } }),
      });
      if (!outcome.ok) return refused(outcome);
      const { arrivalNumber, arrivalSuffix, arrivalYear } = outcome.value;
      return { ok: true, value: outcome.value, text: done(context, 'registered', { number: `${String(arrivalNumber)}${arrivalSuffix}`, year: String(arrivalYear) }) };
    }),
};

export const incomingRefuse: Command = {
  about: 'Trả lại văn bản cho nơi gửi. | Refuse an arrived document.',
  usage: 'incoming refuse --profile DIR --id ID --reason R',
  options: { id: true, reason: true },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'records', 'refuseIncoming', { id: required(context, 'id'), reason: required(context, 'reason') });
      if (!outcome.ok) return refused(outcome);
      return { ok: true, value: outcome.value, text: done(context, 'refused') };
    }),
};

export const incomingDecide: Command = {
  about: 'Quyết định đề nghị thu hồi hoặc cập nhật của nơi gửi. | Decide a request of the sender.',
  usage: 'incoming decide --profile DIR --request ID --agree yes|no [--reason R]',
  options: { request: true, agree: true, reason: true },
  run: (context) =>
    withCore(context, async (core) => {
      const agree = required(context, 'agree');
      if (agree !== 'yes' && agree !== 'no') throw new UsageError('--agree yes|no');
      const { reason } = context.options;
      const outcome = await ask(core, 'records', 'decideChange', {
        request: required(context, 'request'),
        agree: agree === 'yes',
        reason: typeof reason === 'string' ? reason : '',
      });
      if (!outcome.ok) return refused(outcome);
      return { ok: true, value: outcome.value, text: done(context, agree === 'yes' ? 'agreed' : 'declined') };
    }),
};

export const fileSave: Command = {
  about: 'Lưu một tệp của văn bản ra ngoài. | Save a document file.',
  usage: 'file save --profile DIR --id FILE_ID --out FILE',
  options: { id: true, out: true },
  run: (context) =>
    withCore(context, async (core) => {
      const id = required(context, 'id');
      const out = required(context, 'out');
      const partial = `${out}.part`;
      try {
        const file = await open(partial, 'w', 0o600);
        try {
          for await (const piece of filePieces(core, id)) await file.writeFile(piece);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(partial, out);
      } catch (error) {
        await rm(partial, { force: true });
        if (error instanceof FileRefused) return { ok: false, code: error.code };
        throw error;
      }
      return { ok: true, value: { out }, text: done(context, 'saved', { file: out }) };
    }),
};
