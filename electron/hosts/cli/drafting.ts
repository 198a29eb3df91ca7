import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Contract, DraftDetail, DraftFields, InputOf, LifeTab, SignerAuthority, StoredFile } from '#contract';
import { vietnamDay } from '../../foundation/clock.ts';
import type { Core } from '../compose.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { ask, refused, withCore } from './profile.ts';

function text(context: CommandContext, name: string): string {
  const value = context.options[name];
  return typeof value === 'string' ? value : '';
}

/** Lines or names with a semicolon between them. */
function several(context: CommandContext, name: string): string[] {
  return text(context, name)
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

async function storedFile(core: Core, path: string): Promise<StoredFile> {
  if (!(await stat(path).catch(() => undefined))?.isFile()) throw new UsageError(path);
  const mediaType = path.toLowerCase().endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream';
  return { name: basename(path), mediaType, ...(await core.storeFile(createReadStream(path))) };
}

function told(draft: DraftDetail, words: string): CommandResult {
  return { ok: true, value: draft, text: `${words} ${draft.state} [${draft.id}]` };
}

const draftOptions = { file: true, attachments: true, type: true, subject: true, place: true, urgency: true, due: true, authority: true, lines: true, position: true, signer: true, printed: true, to: true, paper: true, unit: true, body: true, 'reply-to': true, corrects: true, replaces: true };

export const outgoingDraft: Command = {
  about: 'Soạn một văn bản đi từ tệp PDF. | Begin a draft from a PDF.',
  usage:
    'outgoing draft --profile DIR --file FILE.pdf --subject S [--type T] [--attachments "A;B"] [--place P] [--urgency 0-4] [--due yyyy-MM-dd] [--authority TM.|Q.|KT.|TL.|TUQ.] [--lines "L;L"] [--position P] [--signer NAME] [--to "CODE=Name;…"] [--paper "Name;…"] [--printed "L;L"] [--unit NAME] [--body NAME] [--reply-to ID | --corrects ID | --replaces ID]',
  options: draftOptions,
  run: (context) =>
    withCore(context, async (core) => {
      const begun = await ask(core, 'drafting', 'prefill', beginningOf(context));
      if (!begun.ok) return refused(begun);
      const main = await storedFile(core, required(context, 'file'));
      const attachments: StoredFile[] = [];
      for (const path of several(context, 'attachments')) attachments.push(await storedFile(core, path));
      const outcome = await ask(core, 'drafting', 'create', {
        fields: { ...begun.value.fields, ...typedFields(context) },
        files: [{ ...main, role: 'main' }, ...attachments.map((file) => ({ ...file, role: 'attachment' as const }))],
      });
      return outcome.ok ? told(outcome.value, 'Đã tạo dự thảo:') : refused(outcome);
    }),
};

function beginningOf(context: CommandContext): InputOf<Contract['drafting']['prefill']> {
  const [reply, corrects, replaces] = [text(context, 'reply-to'), text(context, 'corrects'), text(context, 'replaces')];
  if (reply !== '') return { as: 'reply', incoming: reply };
  if (corrects !== '') return { as: 'correction', document: corrects };
  return replaces === '' ? { as: 'new' } : { as: 'replacement', document: replaces };
}

/** What was given in the call; the rest stays as the draft begins. */
function typedFields(context: CommandContext): Partial<DraftFields> {
  const given = <T>(name: string, value: T): T | undefined => (text(context, name) === '' ? undefined : value);
  const typed = {
    subject: given('subject', text(context, 'subject')),
    typeName: given('type', text(context, 'type')),
    place: given('place', text(context, 'place')),
    urgency: given('urgency', Number(text(context, 'urgency'))),
    dueDate: given('due', text(context, 'due')),
    // Anything else is refused by the contract with the field's name.
    signerAuthority: given('authority', text(context, 'authority') as SignerAuthority),
    authorityLines: given('lines', several(context, 'lines')),
    signerPosition: given('position', text(context, 'position')),
    signerName: given('signer', text(context, 'signer')),
    toPlaces: given('printed', several(context, 'printed')),
    recipients: given('to', several(context, 'to').map(partyOf)),
    paperRecipients: given('paper', several(context, 'paper').map((name) => ({ name, copies: 1 }))),
    unitName: given('unit', text(context, 'unit')),
    body: given('body', text(context, 'body')),
  };
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined));
}

function partyOf(part: string): { organId: string; name: string } {
  const [organId = '', ...name] = part.split('=');
  if (name.length === 0) throw new UsageError('--to "CODE=Name;CODE=Name"');
  return { organId: organId.trim(), name: name.join('=').trim() };
}

export const outgoingDrafts: Command = {
  about: 'Liệt kê văn bản đi theo bước. | List drafts and documents at a step.',
  usage: 'outgoing drafts --profile DIR [--tab draft|checking|signing|numbering|issuing|issued|ended] [--limit N]',
  options: { tab: true, limit: true },
  run: (context) =>
    withCore(context, async (core) => {
      const tab = (text(context, 'tab') || 'draft') as LifeTab;
      const outcome = await ask(core, 'drafting', 'list', { tab, before: null, limit: Number(text(context, 'limit') || '100') });
      if (!outcome.ok) return refused(outcome);
      const lines = outcome.value.items.map((one) => `${one.state.padEnd(15)}  ${one.code || one.typeName}  ${one.subject}  [${one.id}]`);
      return { ok: true, value: outcome.value, text: [...lines, `Tổng số: ${String(outcome.value.counts[tab])}`].join('\n') };
    }),
};

/** A command on one draft that answers with the draft. */
function onDraft(
  words: Pick<Command, 'about' | 'usage' | 'options'>,
  done: string,
  act: (core: Core, context: CommandContext, draft: DraftDetail) => Promise<Awaited<ReturnType<typeof ask<'drafting', 'get'>>>>,
): Command {
  return {
    ...words,
    run: (context) =>
      withCore(context, async (core) => {
        const draft = await ask(core, 'drafting', 'get', { id: required(context, 'id') });
        if (!draft.ok) return refused(draft);
        const outcome = await act(core, context, draft.value);
        return outcome.ok ? told(outcome.value, done) : refused(outcome);
      }),
  };
}

type Answer = Promise<Awaited<ReturnType<typeof ask<'drafting', 'get'>>>>;

export const outgoingSubmit = onDraft(
  { about: 'Trình kiểm tra một dự thảo. | Hand a draft over to be checked.', usage: 'outgoing submit --profile DIR --id ID [--comment C]', options: { id: true, comment: true } },
  'Đã trình:',
  (core, context, { id }) => ask(core, 'drafting', 'submit', { id, comment: text(context, 'comment') }) as Answer,
);

export const outgoingCheck = onDraft(
  {
    about: 'Xác nhận nội dung hoặc thể thức. | Confirm content or form of a draft.',
    usage: 'outgoing check --profile DIR --id ID --what content|form [--person NAME] [--comment C]',
    options: { id: true, what: true, person: true, comment: true },
  },
  'Đã xác nhận:',
  (core, context, { id, version }) => {
    const input = { id, version, person: text(context, 'person'), comment: text(context, 'comment') };
    const what = required(context, 'what');
    if (what !== 'content' && what !== 'form') throw new UsageError('--what content|form');
    return (what === 'content' ? ask(core, 'drafting', 'checkContent', input) : ask(core, 'drafting', 'checkForm', { ...input, hints: [] })) as Answer;
  },
);

export const outgoingReturn = onDraft(
  { about: 'Trả dự thảo lại người soạn. | Return a draft.', usage: 'outgoing return --profile DIR --id ID --reason R', options: { id: true, reason: true } },
  'Đã trả lại:',
  (core, context, { id }) => ask(core, 'drafting', 'returnDraft', { id, reason: required(context, 'reason') }) as Answer,
);

export const outgoingSign = onDraft(
  {
    about: 'Ghi nhận chữ ký của người có thẩm quyền (ký ở nơi khác). | Note the signature made elsewhere.',
    usage: 'outgoing sign --profile DIR --id ID [--file SIGNED.pdf] [--paper]',
    options: { id: true, file: true, paper: false },
  },
  'Đã ghi nhận, chưa kiểm tra chữ ký:',
  async (core, context, { id, version }) => {
    const path = text(context, 'file');
    const file = path === '' ? null : await storedFile(core, path);
    return (await ask(core, 'drafting', 'sign', { id, version, form: context.options['paper'] === true ? 'paper' : 'file', file })) as Awaited<Answer>;
  },
);

export const outgoingNumber: Command = {
  about: 'Cấp số và ngày cho các văn bản đã ký. | Number and date signed drafts.',
  usage: 'outgoing number --profile DIR --id "ID;ID" [--day yyyy-MM-dd]',
  options: { id: true, day: true },
  run: (context) =>
    withCore(context, async (core) => {
      required(context, 'id');
      const day = text(context, 'day') || vietnamDay(new Date());
      const outcome = await ask(core, 'drafting', 'number', { drafts: several(context, 'id'), day });
      if (!outcome.ok) return refused(outcome);
      const [first] = outcome.value;
      if (outcome.value.length === 1 && first?.failure != null) return { ok: false, code: first.failure.code, params: first.failure.params };
      const lines = outcome.value.map((one) =>
        one.document === null ? `–  ${one.failure?.code ?? ''}  [${one.draft}]` : `${one.document.codeNumber}/${one.document.codeNotation}  [${one.document.id}]`,
      );
      return { ok: true, value: outcome.value, text: lines.join('\n') };
    }),
};

export const outgoingSeal: Command = {
  about: 'Ghi nhận dấu, ký số của cơ quan (làm ở nơi khác). | Note the seal or agency signature made elsewhere.',
  usage: 'outgoing seal --profile DIR --id DOCUMENT_ID [--file SEALED.pdf] [--paper]',
  options: { id: true, file: true, paper: false },
  run: (context) =>
    withCore(context, async (core) => {
      const path = text(context, 'file');
      const file = path === '' ? null : await storedFile(core, path);
      const form = context.options['paper'] === true ? 'paper' : 'file';
      const outcome = await ask(core, 'drafting', 'seal', { document: required(context, 'id'), form, file });
      return outcome.ok ? { ok: true, value: outcome.value, text: 'Đã ghi nhận dấu, chưa kiểm tra chữ ký.' } : refused(outcome);
    }),
};

export const outgoingIssue: Command = {
  about: 'Phát hành; thêm --send để gửi ngay. | Issue a document, with --send to its recipients.',
  usage: 'outgoing issue --profile DIR --id DOCUMENT_ID [--send]',
  options: { id: true, send: false },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'drafting', 'issue', { document: required(context, 'id'), send: context.options['send'] === true });
      if (!outcome.ok) return refused(outcome);
      return { ok: true, value: outcome.value, text: `Đã phát hành; đưa vào Hộp gửi cho ${String(outcome.value.queued)} nơi.` };
    }),
};

export const outgoingVoid: Command = {
  about: 'Hủy một số chưa phát hành. | Void a number that has not gone out.',
  usage: 'outgoing void --profile DIR --id DOCUMENT_ID --reason R',
  options: { id: true, reason: true },
  run: (context) =>
    withCore(context, async (core) => {
      const outcome = await ask(core, 'drafting', 'voidNumber', { document: required(context, 'id'), reason: required(context, 'reason') });
      return outcome.ok ? told(outcome.value, 'Đã hủy số, soạn lại từ dự thảo:') : refused(outcome);
    }),
};
