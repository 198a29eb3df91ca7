import { createReadStream, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { BatchDetail, HandoverRemark, ReceiptDetail } from '#contract';
import type { Json } from '../../foundation/canonical-json.ts';
import type { Core } from '../compose.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { ask, refused, wholeFile, withCore } from './profile.ts';
import { done, wordsFor } from './sentences.ts';
import { languageOf } from './token.ts';

const text = (context: CommandContext, name: string): string => (typeof context.options[name] === 'string' ? context.options[name] : '');
const mebibytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);

/** Options that say what both sides write of a hand-over. */
const frameOptions = { title: true, turn: true, agreement: true, giver: true, 'giver-position': true, taker: true, 'taker-position': true, media: true, note: true } as const;

function frameOf(context: CommandContext) {
  const turn = Number(text(context, 'turn') === '' ? '1' : text(context, 'turn'));
  if (!Number.isInteger(turn) || turn < 1 || turn > 99) throw new UsageError('--turn 1–99');
  return {
    title: required(context, 'title'),
    turn,
    agreement: text(context, 'agreement'),
    giver: { name: text(context, 'giver'), position: text(context, 'giver-position') },
    taker: { name: text(context, 'taker'), position: text(context, 'taker-position') },
    media: text(context, 'media'),
    note: text(context, 'note'),
  };
}

function batchResult(context: CommandContext, batch: BatchDetail, more: { readonly remarks?: readonly HandoverRemark[] } = {}): CommandResult {
  const { id, totals } = batch;
  const state = wordsFor(`handover.state.${batch.state}`, {}, languageOf(context));
  const lines = [done(context, 'handoverBatch', { id, ...totals, state, size: mebibytes(totals.bytes) })];
  const { remarks } = more;
  if (remarks !== undefined) {
    lines.push(done(context, 'handoverRemarks', { count: remarks.length, stops: remarks.filter(({ stops }) => stops).length }));
    for (const { code, params, stops } of remarks) lines.push(`  ${stops ? '!' : '-'} ${remarkWords(context, code, params)}`);
  }
  return { ok: true, value: { batch, ...more } as unknown as Json, text: lines.join('\n'), ...(remarks?.some(({ stops }) => stops) === true ? { exit: 1 as const } : {}) };
}

/** A remark of the dossier's own check is told in that check's words. */
function remarkWords(context: CommandContext, code: string, params: HandoverRemark['params']): string {
  const language = languageOf(context);
  const of = code === 'dossier' ? wordsFor(`dossiers.remark.${String(params['of'])}`, params, language) : '';
  return wordsFor(`handover.remark.${code}`, { ...params, of }, language);
}

function receiptResult(context: CommandContext, receipt: ReceiptDetail): CommandResult {
  const { id, packages, passed, failed, duplicates, totals } = receipt;
  const state = wordsFor(`handover.state.${receipt.state}`, {}, languageOf(context));
  const words = done(context, 'handoverReceipt', { id, state, packages, passed, failed, duplicates, accepted: totals.accepted, refused: totals.refused });
  return { ok: true, value: { receipt } as unknown as Json, text: words };
}

/** Runs long work that Ctrl+C stops and the next call goes on with. */
async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const giveUp = new AbortController();
  const stop = (): void => {
    giveUp.abort();
  };
  process.once('SIGINT', stop);
  try {
    return await work(giveUp.signal);
  } finally {
    process.off('SIGINT', stop);
  }
}

export const handoverMake: Command = {
  about: 'Lập đợt nộp lưu từ các hồ sơ đã kết thúc; không nêu hồ sơ nào thì lấy mọi hồ sơ chưa nộp. | Begin a batch of closed dossiers; without --dossier, of all that wait.',
  usage: 'handover make --profile DIR --title TEXT --archive-name TEXT --archive-code CODE [--turn N] [--agreement CODE] [--year YYYY] [--retention permanent|years] [--dossier ID]… [--giver NAME] [--taker NAME] [--media TEXT]',
  options: { ...frameOptions, 'archive-name': true, 'archive-code': true, year: true, retention: true },
  many: ['dossier'],
  run: (context) =>
    withCore(context, async (core) => {
      const retention = text(context, 'retention');
      if (!['', 'permanent', 'years'].includes(retention)) throw new UsageError('--retention permanent|years');
      const named = context.lists['dossier'];
      const catalog = text(context, 'year') === '' ? null : Number(text(context, 'year'));
      const waiting = named === undefined ? await ask(core, 'handover', 'candidates', { retention: retention === '' ? null : (retention as 'permanent' | 'years'), catalog, after: null, limit: 10_000 }) : undefined;
      if (waiting?.ok === false) return refused(waiting);
      const dossiers = named === undefined ? (waiting?.value ?? []).map(({ id }) => id) : [...named];
      const fields = { ...frameOf(context), archive: { name: required(context, 'archive-name'), code: required(context, 'archive-code') } };
      const made = await ask(core, 'handover', 'make', { fields, dossiers });
      return made.ok ? batchResult(context, made.value) : refused(made);
    }),
};

export const handoverCheck: Command = {
  about: 'Kiểm tra đợt nộp lưu: hồ sơ, thành phần, chữ ký, tính toàn vẹn. Mã thoát 1 khi có điều chặn đóng gói. | Check a batch; exit 1 when something stops packaging.',
  usage: 'handover check --profile DIR --batch ID',
  options: { batch: true },
  run: (context) =>
    withCore(context, async (core) => {
      const id = required(context, 'batch');
      const batch = await ask(core, 'handover', 'batch', { id });
      if (!batch.ok) return refused(batch);
      const checked = await ask(core, 'handover', 'check', { id, version: batch.value.version });
      return checked.ok ? batchResult(context, checked.value.batch, { remarks: checked.value.remarks }) : refused(checked);
    }),
};

export const handoverPackage: Command = {
  about: 'Đóng gói SIP_hoso cho từng hồ sơ vào thư mục; gọi lại thì làm tiếp. --hand YYYY-MM-DD ghi ngày giao. | Make one package for each dossier; called again it goes on.',
  usage: 'handover package --profile DIR --batch ID --to DIR [--output zip|folder] [--seen] [--hand YYYY-MM-DD]',
  options: { batch: true, to: true, output: true, seen: false, hand: true },
  run: (context) =>
    withCore(context, async (core) => {
      const id = required(context, 'batch');
      const output = text(context, 'output') === '' ? 'zip' : text(context, 'output');
      if (output !== 'zip' && output !== 'folder') throw new UsageError('--output zip|folder');
      const batch = await ask(core, 'handover', 'batch', { id });
      if (!batch.ok) return refused(batch);
      let now = batch.value;
      if (now.state !== 'packaged') {
        // With --seen whoever calls has read what `handover check` said.
        const remarks = await ask(core, 'handover', 'remarks', { id });
        if (!remarks.ok) return refused(remarks);
        const seen = context.options['seen'] === true ? remarks.value.map(({ key }) => key) : [];
        const packaged = await stoppable((signal) => core.handover.packageTo({ id, version: now.version, seen, folder: resolve(required(context, 'to')), output }, signal));
        if (!packaged.ok) return refused(packaged);
        now = packaged.value;
      }
      const day = text(context, 'hand');
      if (day === '') return batchResult(context, now);
      const handed = await ask(core, 'handover', 'hand', { id, version: now.version, day });
      return handed.ok ? batchResult(context, handed.value) : refused(handed);
    }),
};

export const handoverReceive: Command = {
  about: 'Tiếp nhận gói tin từ thư mục: kiểm tra từng gói; --decide quyết định theo kết quả, --conclude nhận vào kho và lập gói lưu trữ AIP (--sip-only: không lập). | Take packages in: check, decide, hold and archive.',
  usage: 'handover receive [PATH]… --profile DIR [--receipt ID | --title TEXT --sender-name TEXT --sender-code CODE [--turn N] [--registered N]] [--decide] [--conclude] [--sip-only] [--number TEXT]',
  options: { ...frameOptions, receipt: true, 'sender-name': true, 'sender-code': true, registered: true, decide: false, conclude: false, 'sip-only': false, number: true },
  run: (context) =>
    withCore(context, async (core) => {
      const begun = await receiptOf(context, core);
      if (!begun.ok) return refused(begun);
      let now = begun.value;
      if (context.positionals.length > 0) {
        const taken = await stoppable((signal) => core.handover.takeFrom(now.id, context.positionals.map((path) => resolve(path)), signal));
        if (!taken.ok) return refused(taken);
        now = taken.value;
      }
      if (context.options['decide'] === true) {
        const decided = await ask(core, 'handover', 'decide', { id: now.id, version: now.version, packages: null, decision: null, reason: '' });
        if (!decided.ok) return refused(decided);
        now = decided.value;
      }
      // A call that was killed at its very end has done what it was told; said again it says so.
      const isDone = now.state === 'concluded' && text(context, 'number') === now.minutesNumber;
      if (context.options['conclude'] !== true || isDone) return receiptResult(context, now);
      const concluded = await ask(core, 'handover', 'conclude', { id: now.id, version: now.version, number: text(context, 'number'), archive: context.options['sip-only'] !== true });
      return concluded.ok ? receiptResult(context, concluded.value) : refused(concluded);
    }),
};

function receiptOf(context: CommandContext, core: Core) {
  if (text(context, 'receipt') !== '') return ask(core, 'handover', 'receipt', { id: text(context, 'receipt') });
  const registered = text(context, 'registered') === '' ? null : Number(text(context, 'registered'));
  const sender = { name: required(context, 'sender-name'), code: required(context, 'sender-code') };
  return ask(core, 'handover', 'startReceipt', { fields: { ...frameOf(context), sender, registered } });
}

export const handoverMinutes: Command = {
  about: 'Xuất biên bản, mục lục ra tệp, hoặc nhập biên bản của bên nhận. | Write minutes or lists to a file, or take in the minutes of the receiving side.',
  usage: 'handover minutes --profile DIR (--batch ID [--list permanent|years] | --receipt ID) --to FILE [--format pdf|json|xlsx|csv] | handover minutes FILE --profile DIR',
  options: { batch: true, receipt: true, list: true, to: true, format: true },
  run: (context) =>
    withCore(context, async (core) => {
      const [file] = context.positionals;
      if (file !== undefined) return takenOver(context, core, resolve(file));
      const format = text(context, 'format') === '' ? 'pdf' : text(context, 'format');
      const printed = await printedFor(context, core, format);
      if (!printed.ok) return refused(printed);
      const to = resolve(required(context, 'to'));
      writeFileSync(to, await wholeFile(core, printed.value.id), { flag: 'wx' });
      return { ok: true, value: { file: to, printed: printed.value } as unknown as Json, text: done(context, 'handoverSaved', { file: to, hash: printed.value.sha256 }) };
    }),
};

function printedFor(context: CommandContext, core: Core, format: string) {
  const list = text(context, 'list');
  if (list !== '') {
    if ((list !== 'permanent' && list !== 'years') || (format !== 'pdf' && format !== 'xlsx' && format !== 'csv')) throw new UsageError('--list permanent|years --format pdf|xlsx|csv');
    return ask(core, 'handover', 'makeList', { id: required(context, 'batch'), retention: list, format });
  }
  if (format !== 'pdf' && format !== 'json') throw new UsageError('--format pdf|json');
  if (text(context, 'receipt') !== '') return ask(core, 'handover', 'makeReceiptMinutes', { id: text(context, 'receipt'), format });
  return ask(core, 'handover', 'makeMinutes', { id: required(context, 'batch'), format });
}

async function takenOver(context: CommandContext, core: Core, path: string): Promise<CommandResult> {
  const stored = await core.storeFile(createReadStream(path));
  const answered = await ask(core, 'handover', 'importMinutes', { file: { name: basename(path), mediaType: 'application/json', ...stored } });
  return answered.ok ? batchResult(context, answered.value) : refused(answered);
}
