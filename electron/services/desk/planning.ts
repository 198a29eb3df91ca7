import { buffer } from 'node:stream/consumers';
import type { FileRef, SigningCause, SigningItem, SigningPlace, SigningPreview, SigningRole } from '#contract';
import type { Result } from '../../foundation/outcome.ts';
import { previewOf, type BatchStep, type IssuePlan, type Picture, type RolePlan, type RoleWish, type SigningRefusal, type WorkFault } from '../signing/index.ts';
import { shownPaper, subjectOf, type Subject } from './paper.ts';
import type { DeskPicture, Pictures } from './pictures.ts';
import type { DeskDeps, DeskPaper } from './ports.ts';
import { isPdfFile, type WorkFolder } from './work-folder.ts';

/** A file and the signatures that it gets; what they wish for but the level. */
export type PlannedFile = { readonly file: FileRef; readonly steps: readonly [BatchShows, ...BatchShows[]] };
type BatchShows = NonNullable<BatchStep['shows']>;

/** How one document is signed: files of their own first, so that the document itself is signed when they are. */
export type Planned = { readonly files: readonly PlannedFile[]; readonly previews: readonly SigningPreview[]; readonly mayPoint: boolean; /** undefined: words alone are shown */ readonly picture: DeskPicture | undefined };

type Refusal = { readonly cause: SigningCause; readonly mayPoint: boolean };

export type Planning = {
  /** What stands under an id for a role; undefined when nothing does. */
  readonly subject: (role: SigningRole, id: string) => Subject | undefined;
  /** Plans a document, or answers the plan that was made of the very same files before. */
  readonly plan: (role: SigningRole, subject: Subject, place: SigningPlace | null) => Promise<Result<Planned, Refusal>>;
  /** The same as the window shows it, with the pictures that it takes. */
  readonly item: (role: SigningRole, subject: Subject, place: SigningPlace | null) => Promise<{ readonly item: SigningItem; readonly picture: DeskPicture | undefined }>;
};

/** Plans are small without their picture; a long list is planned page by page, and signed afterwards. */
const mostKept = 1000;
/** Texts of larger files are not read for their places; somebody points, or they are refused. */
const mostTextBytes = 200 * 1024 * 1024;

/** Plans what would be signed, without writing to any file of the store. */
export function deskPlanning(deps: Pick<DeskDeps, 'store' | 'clock' | 'work' | 'readPlaces' | 'papers'>, folder: WorkFolder, pictures: Pictures): Planning {
  const { store, work, clock } = deps;
  const kept = new Map<string, Planned>();

  /** A paper of the archive: the words of a copy take no picture, a seal goes where the paper has its room. */
  async function paper(file: FileRef, shows: DeskPaper['shows'], picture: DeskPicture | undefined): Promise<Result<Planned, Refusal>> {
    const seal = picture?.picture;
    const wish: RoleWish = shows.kind === 'seal' && seal !== undefined ? { role: 'paper', shows: { kind: 'seal', seal, place: { kind: 'point', ...shows.place } } } : { role: 'paper', shows: { kind: 'copy-words' } };
    const done = await folder.withFile(file.sha256, (path) => work.plan(path, wish));
    if (done === undefined) return refused({ code: 'file-damaged', params: { file: file.name } });
    if (!done.ok) return refused(causeOf(done.failure));
    const own = seal === undefined ? done.value.plan : sharing(done.value.plan, seal);
    return { ok: true, value: { files: [{ file, steps: [{ kind: 'plan', plan: own, index: 0 }] }], previews: own.steps.flatMap((step) => shownOf(file, step, picture)), mayPoint: false, picture } };
  }

  async function main(role: SigningRole, subject: Subject, file: FileRef, place: SigningPlace | null, picture: DeskPicture): Promise<Result<RolePlan, SigningRefusal | WorkFault> | undefined> {
    return folder.withFile(file.sha256, async (path) => {
      const text = file.size > mostTextBytes ? undefined : await deps.readPlaces(await buffer(store.blobs.stream(file.sha256)));
      const at = place === null ? {} : { place: { kind: 'point', ...place } as const };
      const known = { signer: subject.signerName, ...at, ...(text && { text }) };
      const wish: RoleWish =
        role === 'person' ? { role: 'leader', picture: picture.picture, ...known } : { role: 'agency', code: subject.code, date: subject.issuedDate ?? '', seal: picture.picture, ...known };
      return work.plan(path, wish);
    });
  }

  async function planned(role: SigningRole, subject: Subject, file: FileRef, place: SigningPlace | null, picture: DeskPicture): Promise<Result<Planned, Refusal>> {
    const done = await main(role, subject, file, place, picture);
    if (done === undefined) return refused({ code: 'file-damaged', params: { file: file.name } });
    if (!done.ok) return refused(causeOf(done.failure), done.failure.code === 'place-unknown' && (done.failure.what === 'signer' || done.failure.what === 'person'));
    const { plan, reserve, mayPoint } = done.value;
    const own = sharing(plan, picture.picture);
    const files: PlannedFile[] = [];
    const previews: SigningPreview[] = own.steps.flatMap((step) => shownOf(file, step, picture));
    for (const attachment of eachOnce(signable(role, subject))) {
      const line = await folder.withFile(attachment.sha256, (path) => work.plan(path, { role: 'attachment', code: subject.code, at: clock.now() }));
      if (line === undefined) return refused({ code: 'file-damaged', params: { file: attachment.name } });
      if (!line.ok) return refused(causeOf(line.failure));
      files.push({ file: attachment, steps: [{ kind: 'attachment', code: subject.code }] });
      previews.push(...line.value.plan.steps.flatMap((step) => shownOf(attachment, step, picture)));
    }
    const [first, ...later] = own.steps.map((_, index): BatchShows => ({ kind: 'plan', plan: own, index, ...(index === 0 && reserve !== undefined ? { reserve } : {}) }));
    if (first === undefined) throw new Error('a plan without steps');
    return { ok: true, value: { files: [...files, { file, steps: [first, ...later] }], previews, mayPoint, picture } };
  }

  const plan: Planning['plan'] = async (role, subject, place) => {
    if (!subject.mayBeSigned) return refused({ code: 'wrong-step', params: { state: subject.state } });
    const { main: file, attachments, code, issuedDate, signerName } = subject;
    // The words of a copy alone take none.
    const picture = subject.paper?.shows.kind !== 'copy-words' ? await pictures.of(role, signerName) : undefined;
    if (picture?.ok === false) return refused(picture.failure);
    const key = JSON.stringify([role, subject.id, file?.sha256, attachments.map(({ sha256 }) => sha256), code, issuedDate, signerName, place, picture?.value.id, picture?.value.picture.millimetres]);
    const known = kept.get(key);
    if (known !== undefined) return { ok: true, value: known };
    if (file === undefined) return refused({ code: 'sign-main-missing', params: {} });
    const made = await (subject.paper !== null || picture === undefined ? paper(file, subject.paper?.shows ?? { kind: 'copy-words' }, picture?.value) : planned(role, subject, file, place, picture.value));
    if (made.ok) {
      kept.set(key, made.value);
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    }
    return made;
  };

  return {
    subject: (role, id) => subjectOf(deps, role, id),
    plan,
    item: async (role, subject, place) => {
      const made = await plan(role, subject, place);
      const { id, version, code, issuedDate, typeName, subject: about, urgency, signerName, signerPosition, main: file } = subject;
      const attachments = signable(role, subject);
      const unsigned = role === 'person' ? [] : subject.attachments.filter((one) => !attachments.includes(one));
      const base = { id, paper: shownPaper(subject), version, code, issuedDate, typeName, subject: about, urgency, signerName, signerPosition, file: file ?? null, attachments: [...attachments], unsigned };
      if (!made.ok) return { item: { ...base, refusal: made.failure.cause, mayPoint: made.failure.mayPoint, signatures: 0, previews: [] }, picture: undefined };
      const { previews, mayPoint, files, picture } = made.value;
      const signatures = files.at(-1)?.steps.length ?? 0;
      return { item: { ...base, refusal: null, mayPoint, signatures, previews: [...previews] }, picture };
    },
  };
}

/** What is told of a refusal, or of a thread that ended over the file. */
export function causeOf(failure: SigningRefusal | WorkFault): SigningCause {
  const { code, ...params } = failure;
  return code === 'work-crashed' ? { code: 'sign-crashed', params } : { code: `sign-${code}`, params };
}

function refused(cause: SigningCause, mayPoint = false): { readonly ok: false; readonly failure: Refusal } {
  return { ok: false, failure: { cause, mayPoint } };
}

/** Files of their own that the agency signs: PDFs. Others can carry no signature that is seen. */
function signable(role: SigningRole, { attachments }: Subject): readonly FileRef[] {
  return role === 'person' ? [] : attachments.filter(isPdfFile);
}

/** Of files with the same content one: its signed copy takes the place of all. */
function eachOnce(files: readonly FileRef[]): readonly FileRef[] {
  return [...new Map(files.map((file) => [file.sha256, file])).values()];
}

/** The plan with the one copy of the picture that the desk holds, in place of the one that came back from the thread. */
function sharing(plan: IssuePlan, picture: Picture): IssuePlan {
  const steps = plan.steps.map((step) => {
    const marks = step.drawing.marks.map((mark) => (mark.kind === 'picture' ? { ...mark, picture } : mark));
    return { ...step, drawing: { ...step.drawing, marks } };
  });
  return { ...plan, steps };
}

function shownOf(file: FileRef, step: Parameters<typeof previewOf>[0], picture: DeskPicture | undefined): SigningPreview[] {
  return previewOf(step).map(({ page, shown, confidence, marks }) => ({
    file: file.id,
    page,
    shown,
    confidence,
    marks: marks.map((mark) => (mark.kind === 'picture' ? { kind: 'picture', picture: picture?.id ?? '', box: mark.box } : mark)),
  }));
}
