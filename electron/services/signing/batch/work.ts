import { rmSync } from 'node:fs';
import type { Result } from '../../../foundation/outcome.ts';
import type { LetteringFonts } from '../appearance/lettering.ts';
import { readPicture, type Picture, type PictureRefusal, type PictureUse } from '../appearance/picture.ts';
import { pngOf } from '../appearance/preview.ts';
import { wishFor } from '../appearance/showing.ts';
import { copyPages, type CopiedFile, type CopyOrder } from '../copying/copy-pages.ts';
import type { CopyRefusal } from '../copying/refusal.ts';
import { attributesOf, finish, type SignedFile } from '../finish.ts';
import { issueWish } from '../issue/issue-plan.ts';
import { attachmentShowing, planRole, type RolePlan, type RoleWish } from '../issue/role-plan.ts';
import type { Trust } from '../long-term/assess.ts';
import { levelOf, type SignatureLevel } from '../long-term/level.ts';
import { prepare, type PreparedFile } from '../prepare.ts';
import { onDisk, refusals, type SigningRefusal } from '../refusals.ts';
import { reserveFields } from '../reserve/reserve.ts';
import type { Asker, FinishOrder, LeftBatch, PrepareOrder, Waiting } from './job.ts';
import { formNames, noteNaming } from './journal.ts';
import { clearLeft, isFinished } from './leftovers.ts';

/** One order to a thread of `FileWork` or `SigningAside`; all are synchronous. */
export type WorkOrder =
  | { readonly kind: 'prepare'; readonly order: PrepareOrder }
  | { readonly kind: 'finish'; readonly order: FinishOrder }
  | { readonly kind: 'isFinished'; readonly prepared: PreparedFile }
  | { readonly kind: 'clearLeft'; readonly folder: string; readonly asker: Asker }
  | { readonly kind: 'plan'; readonly path: string; readonly wish: RoleWish }
  | { readonly kind: 'picture'; readonly bytes: Uint8Array; readonly use: PictureUse; readonly widthMm?: number }
  | { readonly kind: 'levels'; readonly path: string; readonly trust: Trust }
  | { readonly kind: 'copy'; readonly order: CopyOrder };

/** A picture to draw with, and to show. */
export type ReadPicture = { readonly picture: Picture; readonly png: Uint8Array };

/** What a thread answers to each kind of order. */
export type WorkAnswers = {
  readonly prepare: Result<Waiting, SigningRefusal>;
  readonly finish: Result<SignedFile, SigningRefusal>;
  readonly isFinished: boolean;
  readonly clearLeft: readonly LeftBatch[];
  readonly plan: Result<RolePlan, SigningRefusal>;
  readonly picture: Result<ReadPicture, PictureRefusal>;
  readonly levels: Result<readonly SignatureLevel[], SigningRefusal>;
  readonly copy: Result<CopiedFile, CopyRefusal>;
};

/** Does one order; this is all that a thread is for. `fonts` are read when something is drawn. */
export function doWork(order: WorkOrder, fonts: () => LetteringFonts): WorkAnswers[WorkOrder['kind']] {
  switch (order.kind) {
    case 'prepare':
      return prepareFile(order.order, fonts);
    case 'finish':
      return finishFile(order.order);
    case 'isFinished':
      return isFinished(order.prepared);
    case 'clearLeft':
      return clearLeft(order.folder, order.asker);
    case 'plan':
      return planRole(order.path, order.wish, fonts());
    case 'picture':
      return pictureFile(order.bytes, order.use, order.widthMm);
    case 'levels':
      return levelOf(order.path, order.trust);
    case 'copy':
      return copyPages(order.order, fonts());
  }
}

function pictureFile(bytes: Uint8Array, use: PictureUse, widthMm: number | undefined): WorkAnswers['picture'] {
  const read = readPicture(bytes, use, widthMm);
  return read.ok ? { ok: true, value: { picture: read.value, png: new Uint8Array(pngOf(read.value)) } } : read;
}

function prepareFile({ files, signer, step, at }: PrepareOrder, fonts: () => LetteringFonts): WorkAnswers['prepare'] {
  if (step.shows === undefined) {
    const { shows: _, ...wish } = step;
    return waiting(prepare(files, { ...signer, ...wish, at }));
  }
  const { shows, ...more } = step;
  const [form, copy] = formNames(files.copy);
  try {
    let { source } = files;
    if (shows.kind === 'plan' && shows.reserve !== undefined) {
      const made = reserveFields({ source, target: form, copy }, shows.reserve, fonts());
      if (!made.ok) return made;
      source = form;
    }
    const seen = shows.kind === 'plan' ? issueWish(shows.plan, shows.index, source, fonts()) : attachmentWish(source, shows.code, at, fonts());
    if (!seen.ok) return seen;
    const prepared = prepare({ ...files, source }, { ...signer, ...more, ...seen.value, at });
    return waiting(prepared.ok ? { ok: true, value: { ...prepared.value, source: files.source } } : prepared);
  } finally {
    rmSync(form, { force: true });
  }
}

function attachmentWish(path: string, code: string, at: Date, fonts: LetteringFonts): ReturnType<typeof issueWish> {
  const showing = attachmentShowing(path, code, at, fonts);
  return showing.ok ? { ok: true, value: wishFor(showing.value, fonts) } : showing;
}

function waiting(prepared: Result<PreparedFile, SigningRefusal>): WorkAnswers['prepare'] {
  return prepared.ok ? { ok: true, value: { prepared: prepared.value, attributes: attributesOf(prepared.value) } } : prepared;
}

function finishFile({ prepared, signature, timestamp, journal }: FinishOrder): WorkAnswers['finish'] {
  const noted = refusals(() => {
    // First the note, then the name: a target without its note would be unknown after a crash.
    if (journal !== null) onDisk('target-unwritable', () => noteNaming(journal, prepared));
  });
  return noted.ok ? finish(prepared, signature, timestamp) : noted;
}
