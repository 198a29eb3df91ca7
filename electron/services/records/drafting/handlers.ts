import { fail, ok, type CodeOf, type Contract, type Handlers, type Outcome, type StoredFile } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { appendAudit } from '../../audit/index.ts';
import { saveSetting } from '../../settings/index.ts';
import { placeOf } from '../numbers/take.ts';
import { documentsOfDraft } from '../numbered.store.ts';
import { getOutgoing } from '../outgoing.store.ts';
import { firstDamaged } from '../record-outgoing.ts';
import { actorOf } from './actor.ts';
import { checkContent, checkForm, draftingSettings, returnDraft, signDraft, submitDraft } from './check-draft.ts';
import type { DraftingDeps } from './deps.ts';
import { draftDetail } from './draft-detail.ts';
import { contentOf, draftRow, versionsOf } from './draft.store.ts';
import { issueDocument, paperSent, recallPaper, sealDocument, sendDocument } from './issue-document.ts';
import { countLife, listLife } from './life-list.store.ts';
import { numberDrafts, requestOf, voidNumber } from './number-draft.ts';
import { prefill } from './prefill.ts';
import { commentDraft, createDraft, discardDraft, saveDraft } from './save-draft.ts';

/** The `drafting` methods of the contract. */
export function draftingHandlers(deps: DraftingDeps): Handlers<Contract>['drafting'] {
  const { store } = deps;
  return {
    list: (page) => ok({ items: listLife(store.read, page), counts: countLife(store.read) }),
    locate: ({ id }) => {
      const row = draftRow(store.read, id);
      const document = row?.state === 'numbered' ? documentsOfDraft(store.read, id).at(-1)?.id : undefined;
      if (row !== undefined) return ok(document === undefined ? { kind: 'draft', id } : { kind: 'document', id: document });
      return getOutgoing(store.read, id) === undefined ? fail('not-found') : ok({ kind: 'document', id });
    },
    get: ({ id }) => {
      const draft = draftDetail(store.read, id);
      return draft === undefined ? fail('not-found') : ok(draft);
    },
    versions: ({ id }) =>
      draftRow(store.read, id) === undefined
        ? fail('not-found')
        : ok(versionsOf(store.read, id).map(({ files, ...version }) => ({ ...version, files: [...files] }))),
    prefill: (input) => prefill(store.read, input),
    create: (input) => createDraft(deps, input),
    save: (input) => saveDraft(deps, input),
    discard: (input) => discardDraft(deps, input),
    submit: (input) => submitDraft(deps, input),
    comment: (input) => commentDraft(deps, input),
    checkContent: (input) => checkContent(deps, input),
    checkForm: (input) => checkForm(deps, input),
    sign: (input) => signDraft(deps, input),
    returnDraft: (input) => returnDraft(deps, input),
    numberPreview: ({ drafts, day }) =>
      ok(
        drafts.flatMap((draft) => {
          const row = draftRow(store.read, draft);
          if (row === undefined) return [];
          const place = placeOf(store.read, requestOf(contentOf(store.read, draft, row.version).fields, day, instantOf(deps.clock)));
          if (!place.ok) return [];
          const { codeNotation: notation, scope, year } = place.value;
          return [{ draft, notation, series: { register: scope.register, scope: scope.scope, year } }];
        }),
      ),
    number: (input) => numberDrafts(deps, input),
    voidNumber: (input) => voidNumber(deps, input),
    seal: (input) => sealDocument(deps, input),
    issue: (input) => issueDocument(deps, input),
    send: (input) => sendDocument(deps, input),
    paperSent: (input) => paperSent(deps, input),
    recallPaper: (input) => recallPaper(deps, input),
    converter: async () => ok({ available: await deps.converter.available() }),
    convert: (input) => convert(deps, input),
    settings: () => ok(draftingSettings(store.read)),
    saveSettings: (value) => {
      store.write((db) => {
        const at = instantOf(deps.clock);
        saveSetting(db, 'drafting', value, at);
        appendAudit(db, { at, actor: actorOf(db), action: 'settings.drafting-saved', subjectKind: 'settings', subjectId: 'drafting', detail: value });
      });
      return ok(draftingSettings(store.read));
    },
  };
}

/** What an office program can read of what offices write. */
const texts = ['docx', 'doc', 'odt', 'rtf'];

async function convert(deps: DraftingDeps, { file }: { readonly file: StoredFile }): Promise<Outcome<StoredFile, CodeOf<Contract['drafting']['convert']>>> {
  const extension = /\.([a-z]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? '';
  if (!texts.includes(extension)) return fail('not-a-text', { file: file.name });
  const { blobs } = deps.store;
  if ((await firstDamaged(blobs, [file])) !== undefined) return fail('file-damaged', { file: file.name });
  const made = await deps.converter.toPdf(blobs.pieces(file.sha256), extension);
  if (!made.ok) return made;
  const stored = await blobs.put(made.value);
  return ok({ name: `${file.name.slice(0, -extension.length - 1)}.pdf`, mediaType: 'application/pdf', ...stored });
}
