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

export type IntakeDeps = RegisterDeps & {
  readonly reader: PdfTextReader;
  readonly codesOf: AgencyCodes;
  /** told after a document came */
  readonly changed: (ids: readonly string[]) => void;
  /** told after a file was put away: its bytes are to be destroyed */
  readonly discarded: () => void;
};

/** The `intake` methods of the contract. */
export function intakeHandlers(deps: IntakeDeps): Handlers<Contract>['intake'] {
  const { store, clock } = deps;
  // What a file was found to say of secrecy; by content, as it is asked for when shown and again when entered.
  const secrets = new Map<string, boolean>();
  async function suggest(file: FileRef): Promise<FileSuggestions> {
    const told = await suggestionsFor(deps, file);
    if (secrets.size > 1000) secrets.clear();
    secrets.set(file.sha256, told.secret !== null);
    return told;
  }
  return {
    kinds: () => ok([...kinds]),
    files: () => {
      // Who looks at them will want one read.
      deps.reader.warm();
      return ok(waitingFiles(store.read));
    },
    takeFile: async ({ file }) => {
      const actor = actorOf(store.read).name;
      if ((await firstDamaged(store.blobs, [file])) !== undefined) return fail('file-damaged', { file: file.name });
      const added = store.write((db) => {
        const at = instantOf(clock);
        const row = putWaiting(db, file, at);
        note(db, 'file.added', row, at, actor);
        return row;
      });
      // Bytes that were to be destroyed may have been, between the look at them and the row that keeps them.
      if (!wasDestroyed(store.read, file.sha256) || (await firstDamaged(store.blobs, [file])) === undefined) return ok(added);
      store.write((db) => {
        discardWaiting(db, added.id, instantOf(clock));
      });
      return fail('file-damaged', { file: file.name });
    },
    discardFile: ({ id }) =>
      store.write((db) => {
        const file = waitingFiles(db).find((one) => one.id === id);
        if (file === undefined) return fail('not-found');
        const at = instantOf(clock);
        discardWaiting(db, id, at);
        note(db, 'file.put-away', file, at, actorOf(db).name);
        afterCommit(db, deps.discarded);
        return ok({});
      }),
    suggest: async ({ file: id }) => {
      const file = waitingFile(store.read, id) ?? fileOf(store.read, id);
      return file === undefined ? fail('not-found') : ok(await suggest(file));
    },
    findDuplicates: ({ files, ...about }) => {
      const sha256 = files.flatMap((id) => waitingFile(store.read, id)?.sha256 ?? []);
      return ok(findDuplicates(store.read, { ...about, documentId: '', sha256, except: null }, deps.codesOf));
    },
    duplicatesOf: ({ id }) => {
      const question = questionOf(store.read, id);
      return question === undefined ? fail('not-found') : ok(findDuplicates(store.read, question, deps.codesOf));
    },
    addIncoming: async (input) => {
      for (const id of input.files) {
        const file = waitingFile(store.read, id);
        if (file === undefined) continue;
        if (secrets.get(file.sha256) ?? (await suggest(file)).secret !== null) return fail('secret-refused', { field: 'files' });
      }
      const outcome = addIncoming(deps, input);
      if (outcome.ok) deps.changed([outcome.value.id]);
      return outcome;
    },
  };
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
