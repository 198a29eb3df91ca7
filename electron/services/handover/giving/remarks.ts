import type { HandoverRemark } from '#contract';
import { remarksOn, type PackagedDossier } from '../../dossiers/index.ts';
import { contentProblems, fieldTables, type PackageContent, type PackageFile, type SchemaFile } from '../../packages/index.ts';
import type { HandoverDeps } from '../ports.ts';

/** Told of files by these remarks themselves. */
const told = new Set(['empty', 'file-missing', 'file-destroyed', 'verdict-failed', 'verdict-unsure', 'verdict-waiting']);

export type Say = (code: HandoverRemark['code'], stops: boolean, ordinal: number, params: HandoverRemark['params'], about?: string) => void;

/** What fields are called in the circular, by element. */
const labels: ReadonlyMap<string, string> = new Map(
  Object.values(fieldTables).flatMap(({ head, doc, pic, media }) => [...head, ...doc, ...pic, ...media].map(({ name, label }) => [name, label] as const)),
);

/** What the circular has against it, and members that no package can hold. */
export function contentRemarks(content: PackageContent, schemas: readonly SchemaFile[], withoutFile: PackagedDossier['withoutFile'], say: Say): void {
  if (content.documents.length === 0) say('empty', true, 0, {});
  for (const { ordinal, subject, destroyed } of withoutFile) say('no-file', false, ordinal, { subject, destroyed: destroyed ? 1 : 0 });
  for (const [index, problem] of contentProblems(content, schemas).entries()) {
    if (problem.code === 'package-empty') continue;
    const code = problem.code === 'package-identity' && problem.place === 'sender' ? 'office-code' : 'content';
    say(code, true, problem.document, { problem: problem.code, field: labels.get(problem.place) ?? problem.place, detail: problem.detail, document: problem.document }, String(index));
  }
}

const isPdf = ({ name, mediaType }: PackageFile): boolean => mediaType === 'application/pdf' || /\.pdf$/i.test(name);

/** Whether each file is there and whole, as `look` finds it, and what is known of its signatures. */
export async function fileRemarks(content: PackageContent, look: (sha256: string) => Promise<'bytes-missing' | 'bytes-damaged' | undefined>, signal: AbortSignal, say: Say): Promise<void> {
  for (const [index, document] of content.documents.entries()) {
    const files = document.content.kind === 'file' ? [document.content.file, ...document.attachments] : document.attachments;
    for (const [place, file] of files.entries()) {
      if (signal.aborted) return;
      const about = `${file.sha256.slice(0, 16)}.${String(place)}`;
      const fault = await look(file.sha256);
      if (fault !== undefined) say(fault, true, index + 1, { name: file.name }, about);
      if (!isPdf(file)) continue;
      if (file.verdict === null) say('verdict-none', false, index + 1, { name: file.name }, about);
      else if (file.verdict.indication === 'failed') say('verdict-failed', false, index + 1, { name: file.name }, about);
      else if (file.verdict.indication === 'indeterminate') say('verdict-unsure', false, index + 1, { name: file.name }, about);
    }
  }
}

/** What the dossier's own check has against it (NĐ 30/2020 art. 29). */
export function dossierRemarks({ store }: Pick<HandoverDeps, 'store'>, dossier: string, fileCode: string, say: Say): void {
  for (const { key, code, ordinal, params } of remarksOn(store.read, dossier)) {
    if (!told.has(code)) say('dossier', false, ordinal ?? 0, { ...params, of: code, dossierCode: fileCode }, key);
  }
}
