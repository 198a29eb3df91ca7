import type { DossierRemark, FileFinding } from '#contract';
import type { ReadDb } from '../../../store/index.ts';
import type { Asker } from '../access/readers.store.ts';
import { getDossier } from '../dossier.store.ts';
import { findingsOn } from '../members/findings.store.ts';
import { filesOf, hiddenMembers, listMembers, type MemberFile } from '../members/members.store.ts';
import { checkedMembers, missingOfThreads, type CheckedMember } from './check.store.ts';

/** States in which a document of ours has not left yet, and those in which one counts no longer. */
const unissued = new Set(['numbered', 'sealed']);
const ended = new Set(['refused', 'recalled', 'replaced', 'voided']);

/** What the subject of a document says when something comes with it. */
const annexNamed = /kèm theo|đính kèm|kèm phụ lục|phụ lục kèm|tài liệu kèm|hồ sơ kèm/iu;

type Remark = Omit<DossierRemark, 'key' | 'member' | 'ordinal'> & { readonly about?: string };

/**
 * What may be missing or wrong in a dossier: asked answers, documents of the same matter, annexes, signatures, verdicts,
 * numbers. Warnings for a person, who may know better; nothing is hindered by them but to be overlooked. `endDate`: the day
 * that the dossier is to end on, else the one it has. The same dossier has the same remarks with the same keys.
 */
export function remarksOn(db: ReadDb, dossier: string, endDate: string | null = null): DossierRemark[] {
  const detail = getDossier(db, dossier);
  if (detail === undefined) return [];
  const members = checkedMembers(db, dossier);
  const refs = members.map(({ kind, document }) => ({ incoming: kind === 'incoming' ? document : null, outgoing: kind === 'outgoing' ? document : null }));
  const files = filesOf(db, refs);
  const own = ownFiles(db, dossier, members);
  const filesOfMember = ({ id, document }: CheckedMember): readonly MemberFile[] => files.get(document ?? '') ?? own.get(id) ?? [];
  const findings = findingsOn(db, members.flatMap((member) => filesOfMember(member).map(({ sha256 }) => sha256)));
  const remarks: DossierRemark[] = [];
  const say = (member: CheckedMember | null, { about = '', ...remark }: Remark): void => {
    const key = [remark.code, member?.id ?? '', about].filter((part) => part !== '').join(':');
    remarks.push({ key, member: member?.id ?? null, ordinal: member?.ordinal ?? null, ...remark });
  };

  if (members.length === 0) say(null, { code: 'empty', params: {} });
  if (detail.maker.personName === '' && detail.maker.unitName === '') say(null, { code: 'maker-missing', params: {} });
  if (detail.retention.basis === '' && detail.retention.scheduleRow === null) say(null, { code: 'basis-missing', params: {} });

  const end = endDate ?? detail.endDate;
  const missing = missingOfThreads(db, dossier);
  const seen = new Map<string, number>();
  for (const member of members) {
    for (const remark of ofDocument(member, end)) say(member, remark);
    for (const { other, code } of missing.filter((one) => one.member === member.id)) say(member, { code: 'thread-missing', params: { code: codeOf(member), other: code }, about: other });
    const its = filesOfMember(member);
    for (const remark of ofFiles(member, its, findings)) say(member, remark);
    for (const file of its) {
      const before = seen.get(file.sha256);
      if (before === undefined) seen.set(file.sha256, member.ordinal);
      else if (before !== member.ordinal) say(member, { code: 'same-content', params: { code: codeOf(member), name: file.name, other: before }, about: file.id });
    }
  }
  return remarks;
}

/** The same for somebody who may not read all members: of those that he may not, a remark tells the place and nothing else. */
export function remarksFor(db: ReadDb, dossier: string, endDate: string | null, asker: Asker): DossierRemark[] {
  const remarks = remarksOn(db, dossier, endDate);
  const hidden = hiddenMembers(db, dossier, asker);
  return remarks.map((remark) => (remark.member === null || !hidden.has(remark.member) ? remark : { ...remark, params: Object.fromEntries(Object.keys(remark.params).map((name) => [name, name === 'other' ? 0 : '…'])) }));
}

/** Number and symbol, else the subject, as sentences name a document. */
function codeOf({ codeNumber, codeNotation, subject }: CheckedMember): string {
  const code = [codeNumber, codeNotation].filter((part) => part !== '').join('/');
  return code === '' ? subject : code;
}

function* ofDocument(member: CheckedMember, end: string | null): Generator<Remark> {
  const code = codeOf(member);
  if (member.issuedDate === null) yield { code: 'date-missing', params: { code } };
  else if (end !== null && member.issuedDate > end) yield { code: 'document-after-end', params: { code } };
  if (member.kind === 'file') return;
  if (member.codeNumber === '' && member.codeNotation === '') yield { code: 'number-missing', params: { subject: member.subject } };
  if (ended.has(member.standing)) {
    yield { code: 'document-ended', params: { code } };
    return;
  }
  if (unissued.has(member.standing)) yield { code: 'not-issued', params: { code } };
  // What was taken over from an old register tells nothing of how the work on it went.
  if (member.imported === 1) return;
  if (member.kind === 'incoming' && member.standing !== 'done') yield { code: 'work-open', params: { code } };
  if (member.wantsAnswer === 1 && member.answered === 0 && member.result !== 'no-answer') yield { code: 'answer-missing', params: { code } };
}

const isPdf = ({ name, mediaType }: MemberFile): boolean => mediaType === 'application/pdf' || /\.pdf$/i.test(name);

function* ofFiles(member: CheckedMember, files: readonly MemberFile[], findings: ReadonlyMap<string, FileFinding>): Generator<Remark> {
  const code = codeOf(member);
  const standing = files.filter(({ destroyed }) => !destroyed);
  if (files.length === 0) yield { code: 'file-missing', params: { code } };
  else if (standing.length === 0) yield { code: 'file-destroyed', params: { code } };
  if (standing.length === 1 && annexNamed.test(member.subject)) yield { code: 'annex-missing', params: { code } };
  for (const [index, file] of standing.entries()) {
    const finding = findings.get(file.sha256);
    if (!isPdf(file) || finding === undefined) continue;
    const named = { params: { code, name: file.name }, about: file.id };
    if (finding.state === 'waiting') yield { code: 'verdict-waiting', ...named };
    // An annex in the same folder need not be signed by itself (NĐ 30/2020 annex I II.8), nor a paper that is no văn bản; the document must.
    else if (finding.state === 'none' && index === 0 && member.kind !== 'file') yield { code: 'unsigned', ...named };
    else if (finding.state === 'none') continue;
    else if (finding.indication === 'failed') yield { code: 'verdict-failed', ...named };
    else if (finding.indication !== 'passed') yield { code: 'verdict-unsure', ...named };
  }
}

const everybody = { person: null, unit: null, roles: [] } as const;

function ownFiles(db: ReadDb, dossier: string, members: readonly CheckedMember[]): ReadonlyMap<string, readonly MemberFile[]> {
  if (!members.some(({ kind }) => kind === 'file')) return new Map();
  const listed = listMembers(db, dossier, { after: 0, limit: members.length }, everybody);
  return new Map(listed.filter(({ kind }) => kind === 'file').map(({ id, files, filesDestroyed }) => [id, files.map((file) => ({ ...file, destroyed: filesDestroyed }))]));
}
