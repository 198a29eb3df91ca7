import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FileVerdict, MessageFile } from '#contract';
import type { Core } from '../core.ts';
import { required, UsageError, type Command, type CommandContext, type CommandResult } from './command.ts';
import { ask, refused, withCore } from './profile.ts';
import { wordsFor } from './sentences.ts';

export const incomingMessage: Command = {
  about: 'Xem tệp văn bản điện tử (.edxml); với --take thì nhận bằng tệp. | Show an edXML file; with --take, take it in as a file.',
  usage: 'incoming message --profile DIR --file FILE.edxml [--take]',
  options: { file: true, take: false },
  run: (context) => withCore(context, (core) => show(core, context)),
};

async function show(core: Core, context: CommandContext): Promise<CommandResult> {
  const path = required(context, 'file');
  if (!(await stat(path).catch(() => undefined))?.isFile()) throw new UsageError(`--file ${path}`);
  const stored = await core.storeFile(createReadStream(path));
  const taken = await ask(core, 'messageFiles', 'take', { file: { name: basename(path), mediaType: 'application/x-edxml', ...stored } });
  if (!taken.ok) return refused(taken);
  const { id } = taken.value;
  const [read, verdicts] = [await ask(core, 'messageFiles', 'read', { id }), await ask(core, 'messageFiles', 'verdicts', { id })];
  if (!read.ok) return refused(read);
  if (!verdicts.ok) return refused(verdicts);
  const told = { message: read.value, verdicts: verdicts.value };
  const lines = linesOf(told.message, told.verdicts);
  if (context.options['take'] !== true) {
    // Looked at only: nothing of it stays.
    await ask(core, 'intake', 'discardFile', { id });
    return { ok: true, value: told, text: lines.join('\n') };
  }
  const entered = await ask(core, 'messageFiles', 'enter', { id });
  if (entered.ok) return { ok: true, value: { ...told, document: entered.value.document }, text: [...lines, `Đã nhận bằng tệp, chờ vào sổ [${entered.value.document}]`].join('\n') };
  await ask(core, 'intake', 'discardFile', { id });
  return refused(entered);
}

function linesOf(message: MessageFile, verdicts: readonly FileVerdict[]): string[] {
  const code = [message.codeNumber, message.codeNotation].filter((part) => part !== '').join('/');
  const words = ({ result, state }: FileVerdict): string => {
    const word = result === null ? (state === 'other' ? 'other' : 'waiting') : result.verdict.state === 'none' ? 'none' : result.verdict.indication;
    return wordsFor(`verdict.word.${word}`, {}, 'vi');
  };
  return [
    `${wordsFor(`messageFile.kind.${message.kind}`, {}, 'vi')}: ${code} ${message.issuedDate ?? ''}`.trim(),
    `${message.issuer.name} (${message.issuer.organId}) → ${message.recipients.map(({ name, organId }) => name || organId).join('; ')}`,
    message.subject === '' ? message.reason : message.subject,
    ...verdicts.map((one) => `  ${one.file.name}: ${words(one)}`),
    ...message.missing.map((name) => `  ${name}: không kèm theo`),
    ...message.duplicates.map(({ id, reasons }) => `  có thể đã có: ${id} (${reasons.join(', ')})`),
    ...message.ours.map(({ id }) => `  do cơ quan mình ban hành: ${id}`),
  ];
}
