import { asked, objectOf, type FieldRule, type PdfFault, type PdfFile, type Reading } from '../../../foundation/pdf/index.ts';
import type { Result } from '../../../foundation/outcome.ts';
import { shownBy } from './content/appearance.ts';
import { coveredBy, type InkAnswer } from './content/cover.ts';
import type { Area } from './content/geometry.ts';
import { describe, type Described } from './describe.ts';
import { graphOf, type Graph } from './graph.ts';
import { groundOf, quiet } from './ground.ts';
import { hybridDiffers } from './hybrid.ts';
import { classOf, worstOf, type ChangeClass, type ChangeCode, type Level } from './policy.ts';
import { newStep, pagesIn, type AddedSignature, type Finding } from './step.ts';
import { asDictionary, read } from './values.ts';

/** What is known of a signature of the file. */
export type LaterSignature<Agency> = {
  /** object number of its dictionary */
  readonly dictionary: number;
  /** the revision that it covers whole (`signatureCoverage`); null when its ranges are wrong */
  readonly revision: number | null;
  /** digest, signature and ranges are right */
  readonly isSound: boolean;
  /** its whole verdict but for what came after it */
  readonly passes: boolean;
  /** it does not pass, and all that stands against it is that its chain or status is not known yet */
  readonly isUndecided: boolean;
  readonly agency: Agency;
};

/** What signatures demand of what comes after the revision that they sign. */
export type SigningRule = { readonly since: number; readonly level?: 1 | 2 | 3; readonly lock?: FieldRule };

export type DifferencesContext<Agency> = {
  /** of all signatures of the file; those whose revision is not before a change do not bear on it */
  readonly rules: readonly SigningRule[];
  /** who signed the revision that is asked about */
  readonly agency: Agency;
  readonly later: readonly LaterSignature<Agency>[];
  /** of one agency, or named for this document by it */
  readonly sameAgency: (signed: Agency, added: Agency) => boolean;
  /** the very same signer; none where nothing is said */
  readonly sameSigner?: (signed: Agency, added: Agency) => boolean;
  /** a look at the page as it was rendered; `page` counts from 0, `area` is in points. Unknown where nobody looks. */
  readonly inkIn?: (page: number, area: Area, revision: number) => InkAnswer;
};

/**
 * One change. `revision` is the one that made it: where it is seen, the pictures before and after are those of `page`
 * and `box` rendered from revisions `revision - 1` and `revision`.
 */
export type Change = {
  readonly class: ChangeClass;
  readonly code: ChangeCode;
  /** row of the policy; the same as the code, which is named for it */
  readonly rule: ChangeCode;
  readonly revision: number;
  readonly object?: number;
  /** 0 is the first */
  readonly page?: number;
  /** left, bottom, right, top in points of the page's own space */
  readonly box?: [number, number, number, number];
  readonly field?: string;
};

export type Differences = {
  readonly overall: ChangeClass;
  readonly changes: readonly Change[];
  /** number of pages of the signed revision and of each later one */
  readonly pages: readonly { readonly revision: number; readonly count: number }[];
};

type Analysis = { readonly graph: Graph; readonly steps: Map<number, Described> };
const known = new WeakMap<PdfFile, Map<Reading, Analysis>>();

/**
 * What later revisions did to the file as it was signed, each change with its class (signing.md §3, README). Compares
 * revision by revision, under both readings of a hybrid file. Fails when something that matters cannot be read, and when
 * the file's time or work is used up: then nothing is known, and nothing may be called unchanged. Answers of one file are
 * kept, so that asking for each of many signatures costs no more than for one.
 */
export function differencesSince<Agency>(file: PdfFile, signedRevision: number, context: DifferencesContext<Agency>): Result<Differences, PdfFault> {
  return asked(file, () => {
    const changes: Change[] = [];
    const pages: { revision: number; count: number }[] = [];
    const isLast = signedRevision >= file.revisions.length - 1;
    for (const reading of file.isHybrid ? (['full', 'table'] as const) : (['full'] as const)) {
      if (isLast && !file.isHybrid) break;
      const { graph, steps } = analysisOf(file, reading);
      for (let index = signedRevision + 1; index < file.revisions.length; index += 1) {
        const described = steps.get(index) ?? describe(file, graph, reading, index);
        steps.set(index, described);
        rememberQuiet(file, reading, index, described);
        changes.push(...judgeStep(file, graph, reading, { signed: signedRevision, index }, described, context));
      }
      if (reading === 'full') for (let index = signedRevision; index < file.revisions.length; index += 1) pages.push({ revision: index, count: pagesIn(file, graph, reading, index).order.length });
    }
    if (file.isHybrid && hybridDiffers(file, analysisOf(file, 'full').graph)) changes.push(changeOf({ code: 'hybrid-readings-differ', revision: file.revisions.length - 1 }, 'none'));
    const different = file.isHybrid ? unique(changes) : changes;
    return { overall: worstOf(different.map((one) => one.class)), changes: different, pages };
  });
}

function analysisOf(file: PdfFile, reading: Reading): Analysis {
  const both = known.get(file) ?? new Map<Reading, Analysis>();
  known.set(file, both);
  const before = both.get(reading);
  if (before !== undefined) return before;
  const analysis = { graph: graphOf(file, reading), steps: new Map<number, Described>() };
  both.set(reading, analysis);
  return analysis;
}

/** Pages paint what they painted when nothing was done that no certification allows. */
function rememberQuiet(file: PdfFile, reading: Reading, index: number, { findings }: Described): void {
  const still = quiet.get(file) ?? new Set<string>();
  quiet.set(file, still);
  if (findings.every(({ code }) => classOf(code, 'none') === 'permitted')) still.add(`${reading} ${String(index)}`);
}

function unique(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((one) => [JSON.stringify(one), one])).values()];
}

function changeOf(finding: Finding, level: Level): Change {
  const { code, revision, object, page, box, field } = finding;
  return {
    class: classOf(code, level),
    code,
    rule: code,
    revision,
    ...(object === undefined ? {} : { object }),
    ...(page === undefined ? {} : { page }),
    ...(box === undefined ? {} : { box: [...box] satisfies Area }),
    ...(field === undefined || field === '' ? {} : { field }),
  };
}

const lockable: readonly ChangeCode[] = ['field-filled', 'fill-over-text', 'fill-unreadable', 'fill-left-to-reader', 'read-only-filled', 'field-made-read-only'];

function judgeStep<Agency>(file: PdfFile, graph: Graph, reading: Reading, { signed, index }: { readonly signed: number; readonly index: number }, { findings, signatures }: Described, context: DifferencesContext<Agency>): readonly Change[] {
  const inForce = context.rules.filter(({ since }) => since < index);
  const level = levelOf(inForce);
  const isLocked = (name: string): boolean => inForce.some(({ lock }) => lock !== undefined && locks(lock, name));
  const isStampOnly = signatures.length > 0 && signatures.every(({ isTimestamp, shown }) => isTimestamp && shown.length === 0);
  const changes = findings.map((one) => {
    // Glyphs and meanings of letters that the signature does not cover could draw one number and say another.
    const finding = one.code === 'field-filled' && (one.fontsFrom ?? 0) > signed ? { ...one, code: 'fill-unreadable' as const } : one;
    // Read-only is what a lock is written as; a document time-stamp needs a field even where nothing else may change.
    if (finding.code === 'form-extended' && isStampOnly) return changeOf({ ...finding, code: 'timestamp-added' }, level);
    const isKept = finding.field === undefined || finding.code === 'field-made-read-only' || !isLocked(finding.field);
    return changeOf(isKept || !lockable.includes(finding.code) ? finding : { ...finding, code: 'locked-field-changed' }, level);
  });
  for (const signature of signatures) {
    const [first] = signature.shown;
    const place = { revision: index, object: signature.object, field: signature.field, ...(first === undefined ? {} : { page: first.page, box: first.box }) };
    const code = isLocked(signature.field) && !(signature.isTimestamp && first === undefined) ? 'locked-field-changed' : judgeSignature(file, graph, reading, signature, level, context);
    changes.push(changeOf({ ...place, code }, level));
  }
  return changes;
}

function levelOf(rules: readonly SigningRule[]): Level {
  const levels = rules.flatMap(({ level }) => (level === undefined ? [] : [level]));
  return levels.length === 0 ? 'none' : (Math.min(...levels) as 1 | 2 | 3);
}

/** Whether a rule is about a field; a name stands for the fields below it. What a rule says wrongly locks. */
function locks({ action, fields }: FieldRule, name: string): boolean {
  const isNamed = fields.some((field) => name === field || name.startsWith(`${field}.`));
  if (action === 'Include') return isNamed;
  return action === 'Exclude' ? !isNamed : true;
}

/**
 * The everyday practice of numbering, dating and sealing a certified letter (README): whoever adds what is seen must be
 * believed, of the agency, answerable for the whole revision, and must leave everything that was signed to be seen.
 */
function judgeSignature<Agency>(file: PdfFile, graph: Graph, reading: Reading, signature: AddedSignature, level: Level, context: DifferencesContext<Agency>): ChangeCode {
  const fact = context.later.find(({ dictionary }) => dictionary === signature.dictionary);
  if (fact?.isSound !== true) return 'signature-unsound';
  if (fact.revision !== signature.revision) return 'signature-not-whole';
  if (!signature.isNewField && !signature.isOnText) return 'signature-in-existing-field';
  if (signature.shown.length === 0) return signature.isTimestamp ? 'timestamp-added' : 'signature-not-seen';
  if (level !== 'none' && !fact.passes && !fact.isUndecided) return 'signature-fails';
  if (level !== 'none' && !context.sameAgency(context.agency, fact.agency)) return 'signature-other-agency';
  const code = pictureCode(file, graph, reading, signature, context.sameSigner?.(context.agency, fact.agency) === true, context.inkIn);
  if (level !== 'none' && !fact.passes && classOf(code, level) === 'permitted') return 'signature-undecided';
  return signature.isNewField ? code : (inOldField[code] ?? code);
}

/** A field that was there may be signed; what its picture does to the text under it is named as for other fields. */
const inOldField: Partial<Record<ChangeCode, ChangeCode>> = { 'signature-beside-content': 'signature-in-existing-field', 'picture-covers-content': 'fill-over-text' };

type LookAt = DifferencesContext<never>['inkIn'];
type Judged = { readonly inkIn: LookAt; readonly code: ChangeCode };
const judged = new WeakMap<PdfFile, Map<string, Judged>>();

/** What the picture of a new signature covers: the same for all signatures before it, so it is looked at once. */
function pictureCode(file: PdfFile, graph: Graph, reading: Reading, { revision, dictionary, shown }: AddedSignature, isOwn: boolean, inkIn: LookAt): ChangeCode {
  const memo = judged.get(file) ?? new Map<string, Judged>();
  judged.set(file, memo);
  const key = `${reading} ${String(revision)} ${String(dictionary)} ${String(isOwn)}`;
  const before = memo.get(key);
  if (before !== undefined && before.inkIn === inkIn) return before.code;
  const step = newStep(file, reading, graph, revision);
  const found = shown.map(({ page, box, widget }): ChangeCode => {
    const annotation = asDictionary(read(objectOf(step.after, widget)));
    const own = annotation && shownBy(step.after, annotation, true);
    // Without a picture some readers draw a frame or a ground of their own.
    const picture = own?.picture ?? { items: [{ kind: 'path' as const, area: box, isPlain: false }], isKnown: false };
    return codes[coveredBy(step.after, box, picture, groundOf(step, page, shown.map((one) => one.widget)), { isOwn, inkIn: (area) => inkIn?.(page, area, revision - 1) ?? 'unknown' })];
  });
  const code = gravest.find((one) => found.includes(one)) ?? 'signature-beside-content';
  memo.set(key, { inkIn, code });
  return code;
}

const codes = {
  content: 'picture-covers-content',
  signature: 'picture-hides-signature',
  unknown: 'picture-unsure',
  hangs: 'seal-hangs',
  touches: 'seal-touches-text',
  nothing: 'signature-beside-content',
} as const;
const gravest: readonly ChangeCode[] = ['picture-covers-content', 'picture-hides-signature', 'picture-unsure', 'seal-hangs', 'seal-touches-text'];
