import { fail, ok, type CodeOf, type Contract, type DossierMember, type FileRef, type InputOf, type NotCopiedFile, type Outcome, type OutputOf } from '#contract';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import { afterCommit, type ReadDb } from '../../../store/index.ts';
import { currentAsker, everyMember, getDossier, mayRead, noteAct } from '../../dossiers/index.ts';
import { actorOf } from '../../people/index.ts';
import { readSettings } from '../../settings/index.ts';
import type { HandoverDeps } from '../ports.ts';
import { isGone } from '../holdings/of-package.ts';
import { getCopy, insertCopy, type NewCopiedFile } from './copies.store.ts';
import { termsOf } from './copy-law.ts';

type Method = Contract['copies']['make'];
type Input = InputOf<Method>;
type Answer = Outcome<OutputOf<Method>, CodeOf<Method>>;

/** Larger files are copied elsewhere: a page's parts are in memory while it is written. */
const mostBytes = 512 * 1024 * 1024;

/** Whether whoever is at the desk may read a dossier of which something is left. */
export function readableDossier(db: ReadDb, id: string): Outcome<NonNullable<ReturnType<typeof getDossier>>, 'not-found' | 'no-access'> {
  const found = getDossier(db, id);
  if (found === undefined) return fail('not-found');
  return mayRead(db, currentAsker(db), id) ? ok(found) : fail('no-access');
}

/**
 * Copies the PDFs of some documents of a closed dossier for somebody (TT 05/2025/TT-BNV art. 38–41), and writes down for whom, what for and
 * until when. The originals are only read. What cannot be copied is told file by file; the rest is made.
 */
export async function makeCopies(deps: HandoverDeps, input: Input): Promise<Answer> {
  const { store, clock } = deps;
  const allowed = mayBeCopied(deps, input);
  if (!allowed.ok) return allowed;
  const agency = readSettings(store.read).agency.name;
  const wanted = new Set(input.members);
  const members = [...everyMember(store.read, input.dossier, currentAsker(store.read))].filter(({ id }) => wanted.has(id));
  if (members.length < wanted.size) return fail('not-found');
  if (members.some(({ hidden }) => hidden)) return fail('no-access');
  const made: NewCopiedFile[] = [];
  const refused: NotCopiedFile[] = [];
  const at = clock.now();
  const certified = input.kind === 'certified';
  for (const member of members) {
    const { id, codeNumber, codeNotation, typeName, subject, files, filesDestroyed } = member;
    if (files.length === 0) refused.push({ subject, name: '', code: filesDestroyed ? 'copies-file-destroyed' : 'copies-no-file', params: {} });
    for (const file of files) {
      const refusal = refusalBefore(member, file);
      const done = refusal === undefined ? await deps.copyFile(file.sha256, { title: `Bản sao ${nameOf(member, file)}`, at, agency, words: !certified }) : undefined;
      if (done?.ok !== true) {
        refused.push({ subject, name: file.name, ...(refusal ?? causeOf(done?.failure)) });
        continue;
      }
      const { pages, leftOut, size, sha256 } = done.value;
      const name = `Bản sao ${nameOf(member, file)}.pdf`;
      made.push({ state: certified ? 'waiting' : 'ready', member: id, codeNumber, codeNotation, typeName, subject, source: { name: file.name, sha256: file.sha256 }, pages, leftOut, file: { name, size, sha256 } });
    }
  }
  if (made.length === 0) return ok({ copy: null, refused });
  const { dossier, kind, recipient, request, approvedOn, approver } = input;
  const id = store.write((db) => {
    const by = actorOf(db).name;
    const moment = { madeAt: instantOf(clock), madeBy: by };
    const written = insertCopy(db, { dossier, kind, ...moment, recipient, request, approvedOn, approver, ...termsOf(approvedOn) }, made);
    noteAct(db, { dossier }, 'document-copy', { at: moment.madeAt, by, reason: `${recipient.name}. ${request.content}` }, {
      copy: written,
      kind,
      recipient: recipient.name,
      recipientId: recipient.id,
      request: request.id,
      purpose: request.purpose,
      approvedOn,
      approver,
      files: made.map(({ codeNumber, codeNotation, source, pages, file }) => ({ document: [codeNumber, codeNotation].filter((part) => part !== '').join('/'), original: source.sha256, sha256: file.sha256, pages })),
      refused: refused.map(({ name, code }) => ({ name, code })),
    });
    afterCommit(db, () => {
      deps.dossiersChanged([dossier]);
    });
    return written;
  });
  const copy = getCopy(store.read, id, vietnamDay(at));
  if (copy === undefined) throw new Error('what was written down is there');
  return ok({ copy, refused });
}

function mayBeCopied({ store, clock }: HandoverDeps, { dossier, request, approvedOn, approver }: Input): Outcome<null, CodeOf<Method>> {
  const found = readableDossier(store.read, dossier);
  if (!found.ok) return found;
  const { state, fields } = found.value;
  if (isGone(store.read, dossier)) return fail('copies-dossier-gone');
  if (state !== 'closed' && state !== 'locked') return fail('copies-dossier-open');
  if (request.content === '') return fail('copies-why-missing');
  if (fields.useMode === 'conditional' && approver === '') return fail('copies-approver-missing');
  if (approvedOn > vietnamDay(clock.now())) return fail('copies-day-wrong');
  if (readSettings(store.read).agency.name === '') return fail('copies-agency-missing');
  return ok(null);
}

type Cause = Pick<NotCopiedFile, 'code' | 'params'>;

/** What is known before the file is read: only the pages of a PDF can be copied as the articles want it. */
function refusalBefore({ filesDestroyed }: DossierMember, { name, mediaType, size }: FileRef): Cause | undefined {
  if (filesDestroyed) return { code: 'copies-file-destroyed', params: {} };
  if (mediaType !== 'application/pdf' && !/\.pdf$/i.test(name)) return { code: /^(audio|video)\//.test(mediaType) ? 'copies-file-media' : 'copies-file-format', params: { name } };
  return size > mostBytes ? { code: 'copies-file-large', params: { name, most: mostBytes / 1024 / 1024 } } : undefined;
}

type CopyFailure = Extract<Awaited<ReturnType<HandoverDeps['copyFile']>>, { readonly ok: false }>['failure'];

function causeOf(failure: CopyFailure | undefined): Cause {
  if (failure === undefined) throw new Error('a file that was not copied has a reason');
  const { code, ...params } = failure;
  return { code: `copies-${code}`, params };
}

/** Number and symbol, or what it is about; without what file systems do not take. */
function nameOf({ codeNumber, codeNotation, subject }: DossierMember, file: FileRef): string {
  const code = [codeNumber, codeNotation].filter((part) => part !== '').join('-');
  const words = [code === '' ? subject : code, file.name.replace(/\.pdf$/i, '')].filter((part) => part !== '').join(' ');
  return words.replaceAll(/[\p{Cc}\\/:*?"<>|]+/gu, '-').slice(0, 150).trim();
}
