import { fail, ok, type Contract, type FileRef, type FileSuggestions, type Handlers } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { afterCommit } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { fileOf } from '../incoming.store.ts';
import type { PdfTextReader } from '../ports.ts';
import { firstDamaged } from '../record-outgoing.ts';
import type { RegisterDeps } from '../register-incoming.ts';
import { kinds } from '../suggest/kinds.ts';
import { storedBytes } from '../text/file-text.ts';
import { textLimits } from '../text/pdf-text.ts';
import { addIncoming } from './add-incoming.ts';
import { findDuplicates, type AgencyCodes } from './duplicates.store.ts';
import { discardWaiting, putWaiting, questionOf, waitingFile, waitingFiles, wasDestroyed } from './intake.store.ts';
import { createUploads } from './uploads.ts';

export type IntakeDeps = RegisterDeps & {
  readonly reader: PdfTextReader;
  readonly codesOf: AgencyCodes;
  /** told after a document came */
  readonly changed: (ids: readonly string[]) => void;
  /** told after a file was put away: its bytes are to be destroyed */
  readonly discarded: () => void;
};

export type Intake = { readonly handlers: Handlers<Contract>['intake']; readonly stop: () => Promise<void> };

/** The `intake` methods of the contract. */
export function createIntake(deps: IntakeDeps): Intake {
  const { store, clock } = deps;
  const uploads = createUploads(store.blobs, () => clock.now().getTime());
  const handlers: Intake['handlers'] = {
    kinds: () => ok([...kinds]),
    files: () => {
      // Who looks at them will want one read.
      deps.reader.warm();
      return ok(waitingFiles(store.read));
    },
    beginFile: uploads.beginFile,
    addPiece: uploads.addPiece,
    abandonFile: uploads.abandonFile,
    finishFile: async ({ upload }) => {
      const actor = actorOf(store.read).name;
      const file = await uploads.finish(upload);
      if (file === undefined) return fail('not-found');
      if (file === 'incomplete') return fail('file-incomplete', { file: '' });
      const added = store.write((db) => {
        const at = instantOf(clock);
        const row = putWaiting(db, file, at);
        note(db, 'file.added', row, at, actor);
        return row;
      });
      // Bytes that were to be destroyed may have been, between the end of the upload and the row that keeps them.
      if (!wasDestroyed(store.read, file.sha256) || (await firstDamaged(store.blobs, [file])) === undefined) return ok(added);
      store.write((db) => {
        discardWaiting(db, added.id, instantOf(clock));
      });
      return fail('file-incomplete', { file: file.name });
    },
    discardFile: ({ id }) =>
      store.write((db) => {
        const file = waitingFile(db, id);
        if (file === undefined) return fail('not-found');
        const at = instantOf(clock);
        discardWaiting(db, id, at);
        note(db, 'file.put-away', file, at, actorOf(db).name);
        afterCommit(db, deps.discarded);
        return ok({});
      }),
    suggest: async ({ file: id }) => {
      const file = waitingFile(store.read, id) ?? fileOf(store.read, id);
      return file === undefined ? fail('not-found') : ok(await suggestionsFor(deps, file));
    },
    findDuplicates: ({ files, ...about }) => {
      const sha256 = files.flatMap((id) => waitingFile(store.read, id)?.sha256 ?? []);
      return ok(findDuplicates(store.read, { ...about, documentId: '', sha256, except: null }, deps.codesOf));
    },
    duplicatesOf: ({ id }) => {
      const question = questionOf(store.read, id);
      return question === undefined ? fail('not-found') : ok(findDuplicates(store.read, question, deps.codesOf));
    },
    addIncoming: (input) => {
      const outcome = addIncoming(deps, input);
      if (outcome.ok) deps.changed([outcome.value.id]);
      return outcome;
    },
  };
  return { handlers, stop: uploads.stop };
}

/** What the text of a stored file says; read anew each time, as it is asked for one document at a time. */
async function suggestionsFor(deps: IntakeDeps, file: FileRef): Promise<FileSuggestions> {
  const nothing = { pages: 0, fields: [], secret: null };
  if (file.mediaType !== 'application/pdf' && !/\.pdf$/i.test(file.name)) return { state: 'no-pdf', ...nothing };
  if (file.size > textLimits.bytes) return { state: 'too-large', ...nothing };
  const bytes = await storedBytes(deps.store.blobs, file.sha256);
  if (bytes === undefined) return { state: 'lost', ...nothing };
  const { fields, ...read } = await deps.reader.suggestions(bytes);
  return { ...read, fields: [...fields] };
}

function note(db: Parameters<typeof appendAudit>[0], action: string, file: FileRef, at: string, actor: string): void {
  appendAudit(db, {
    at,
    actor,
    action,
    subjectKind: 'intake-file',
    subjectId: file.id,
    detail: { name: file.name, size: file.size, sha256: file.sha256 },
  });
}
