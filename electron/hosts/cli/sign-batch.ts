import { basename, join, resolve } from 'node:path';
import { systemClock } from '../../foundation/clock.ts';
import { httpClient } from '../../platform/http/client.ts';
import type { TokenProcess } from '../../platform/tokens/token-process.ts';
import { endJournal, leftToSign, oneOfMany, signBatch, type BatchFile, type BatchSigner, type BatchStep, type FileEnd, type FileOutcome, type LeftBatch, type Signed, type SigningRefusal } from '../../services/signing/index.ts';
import { usualHosts } from '../../services/trust/index.ts';
import type { SignRequest, TokenFailure } from '../../../native/pkcs11/index.ts';
import { signingThreads } from '../threads/signing-threads.ts';
import { UsageError, type CommandContext, type CommandResult } from './command.ts';
import { sentenceFor, wordsFor } from './sentences.ts';
import { languageOf } from './token.ts';

/** Many files into one folder, with one PIN. */
export type ManyOrder = {
  readonly sources: readonly string[];
  readonly folder: string;
  readonly signer: BatchSigner;
  readonly step: BatchStep;
  readonly tsa: string | null;
  readonly device: TokenProcess;
  readonly request: Omit<SignRequest, 'items' | 'isFed'>;
};

/** How a command says of one file that it is signed, or why it is not. */
export type FileWords = {
  readonly told: (signed: Signed) => CommandResult;
  readonly refused: (failure: SigningRefusal | { readonly code: 'not-signed'; readonly cause: TokenFailure | null }) => CommandResult;
};

/**
 * Signs many files; one line for each as it ends. Ctrl+C ends it between two documents. What a run before was killed over is
 * cleared up first, and what that had finished is told and not signed again.
 */
export async function signMany(context: CommandContext, order: ManyOrder, words: FileWords): Promise<CommandResult> {
  const work = signingThreads(context.log);
  try {
    const left = await work.clearLeft(order.folder, oneOfMany);
    const before = left.ok ? left.value : [];
    for (const batch of before) tellLeft(context, batch);
    const files = filesIn(order);
    const isDone = ({ source, target }: BatchFile): boolean =>
      before.some(({ files: all }) => all.some((one) => one.target === target && one.source === source && one.state === 'signed' && one.isOfSource && one.certificate === nameOf(order.signer)));
    const told = tellerOf(context, words, files.length);
    const done = files.filter(isDone);
    for (const file of done) told(file, { kind: 'before' });
    // Told now: from here on they stand there as any other file.
    for (const { journal } of before) await endJournal(journal);
    const byId = new Map(files.map((file) => [file.id, file]));
    const batch = signBatch<TokenFailure>(
      {
        http: httpClient,
        clock: systemClock,
        hosts: usualHosts,
        work,
        openToken: (onSigned) => order.device.signFed(order.request, onSigned),
        onProgress: (progress) => {
          const file = byId.get(progress.id);
          if (progress.kind === 'ended' && file !== undefined) told(file, progress.outcome);
        },
      },
      { signer: order.signer, files: files.filter((file) => !done.includes(file)), tsa: order.tsa, journals: order.folder },
    );
    process.once('SIGINT', batch.cancel);
    const end = await batch.end;
    process.off('SIGINT', batch.cancel);
    if (end.token !== null) return words.refused({ code: 'not-signed', cause: end.token });
    return summary(context, order.folder, end.files, done.length);
  } finally {
    await work.close();
  }
}

/** Two files of one name have no place beside each other. */
function filesIn({ sources, folder, step }: ManyOrder): readonly BatchFile[] {
  const names = sources.map((source) => basename(source));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`--out-dir ${twice}`);
  return sources.map((source) => ({ id: source, source: resolve(source), target: resolve(join(folder, basename(source))), steps: [step] }));
}

function nameOf({ certificate }: BatchSigner): string {
  return Buffer.from(certificate.der).toString('base64');
}

type Told = FileOutcome<TokenFailure> | { readonly kind: 'before' };

/** Tells each file once, numbered as they end. */
function tellerOf(context: CommandContext, words: FileWords, total: number): (file: BatchFile, outcome: Told) => void {
  let count = 0;
  return ({ id, target }, outcome) => {
    count += 1;
    const { value, text } = lineOf(context, words, target, outcome);
    context.tell({ file: id, outcome: outcome.kind, ...value }, `[${String(count)}/${String(total)}] ${id}: ${text}`);
  };
}

function lineOf(context: CommandContext, words: FileWords, target: string, outcome: Told): { readonly value: object; readonly text: string } {
  const language = languageOf(context);
  switch (outcome.kind) {
    case 'signed': {
      const said = words.told(outcome.file);
      return { value: outcome.file, text: said.ok ? said.text : said.code };
    }
    case 'before':
      return { value: { path: target }, text: wordsFor('cli.batch.before', { path: target }, language) };
    case 'refused':
      return failureLine(context, words.refused(outcome.refusal));
    case 'crashed':
      return failureLine(context, { ok: false, code: 'sign-crashed', params: { detail: outcome.detail } });
    case 'no-signature':
      // The sentence for the token comes once, at the end.
      return { value: { code: outcome.cause.code }, text: wordsFor('cli.batch.untouched', {}, language) };
    case 'cancelled':
      return { value: {}, text: wordsFor('cli.batch.untouched', {}, language) };
  }
}

function failureLine(context: CommandContext, result: CommandResult): { readonly value: object; readonly text: string } {
  if (result.ok) return { value: {}, text: result.text };
  const sentence = sentenceFor(result.code, result.params ?? {}, languageOf(context));
  return { value: { code: result.code, params: result.params ?? {}, sentence }, text: sentence };
}

function tellLeft(context: CommandContext, { started, files }: LeftBatch): void {
  const signed = files.filter(({ state }) => state === 'signed').length;
  const counts = { started, signed, unsigned: files.length - signed };
  context.tell({ left: { started, files: files.map(({ source, target, state }) => ({ source, target, state })) } }, wordsFor('cli.batch.left', counts, languageOf(context)));
}

function summary(context: CommandContext, folder: string, ends: readonly FileEnd<TokenFailure>[], before: number): CommandResult {
  const unsigned = leftToSign(ends).length;
  const lacking = ends.filter(({ outcome }) => outcome.kind === 'signed' && outcome.file.missing !== null).length;
  const counts = { signed: ends.length - unsigned, before, lacking, unsigned };
  const text = wordsFor('cli.batch.end', { ...counts, folder }, languageOf(context));
  return { ok: true, value: counts, text, ...(unsigned + lacking > 0 ? { exit: 1 as const } : {}) };
}
