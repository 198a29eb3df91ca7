import { readdirSync } from 'node:fs';
import type { SigningMissing, SigningProgressItem, StoredFile } from '#contract';
import { newId } from '../../foundation/ids.ts';
import { actorOf } from '../people/index.ts';
import { endJournal, oneOfMany, type LeftBatch, type LeftFile } from '../signing/index.ts';
import { namePart, nameText, readCertificate, type Certificate } from '../trust/index.ts';
import type { Desktop } from './batch.ts';
import { shownPaper } from './paper.ts';
import { readFileName, type FileName } from './file-name.ts';
import { lower, reaches, type Level } from './lengthen.ts';
import { note } from './noting.ts';
import type { DeskDeps } from './ports.ts';

type Found = LeftFile & { readonly name: FileName };

/**
 * Before anything is signed: finds batches that ended in the middle with the station, and notes what they had signed whole and
 * not put into the register. Files in the clear that nothing needs are removed. What the disk refuses stays for the next start.
 */
export async function recover(deps: DeskDeps, desktop: Desktop): Promise<void> {
  const { folder } = desktop;
  const kept = new Set<string>();
  if (readdirSync(folder.path).some((name) => name.endsWith('.jsonl'))) {
    const left = await deps.work.clearLeft(folder.path, { ...oneOfMany, isAlone: true });
    if (!left.ok) throw new Error(`what was left of a batch: ${left.failure.detail}`);
    for (const batch of left.value) {
      try {
        await recoverBatch(deps, desktop, batch);
        await endJournal(batch.journal);
      } catch (error) {
        for (const { target } of batch.files) kept.add(target);
        deps.failed(error);
      }
    }
  }
  folder.clear(kept);
}

async function recoverBatch(deps: DeskDeps, desktop: Desktop, { started, files }: LeftBatch): Promise<void> {
  const found = files.flatMap((file): Found[] => {
    const name = readFileName(file.id);
    return name === undefined ? [] : [{ ...file, name }];
  });
  const items: SigningProgressItem[] = [];
  for (const [subject, own] of Map.groupBy(found, ({ name }) => name.subject)) items.push(...(await recoverDocument(deps, desktop, subject, own)));
  const [first] = found;
  if (first === undefined || items.length === 0) return;
  const { role } = first.name;
  const at = deps.clock.now().toISOString();
  const signer = found.flatMap((file) => (file.state === 'signed' ? [signerOf(file.certificate).name] : []))[0] ?? '';
  const head = { id: newId(), role, startedAt: started, endedAt: at, cancelling: false, signer, device: '', wanted: deps.office.settings().level, total: items.length, token: null, recovered: true };
  desktop.progress.begin(head, items);
}

/** One document of it: noted when all its files are signed and it still waits for that; nothing to tell when it does not wait. */
async function recoverDocument(deps: DeskDeps, { folder, planning }: Desktop, id: string, files: readonly Found[]): Promise<SigningProgressItem[]> {
  const [{ name } = { name: undefined }] = files;
  const subject = name === undefined ? undefined : planning.subject(name.role, id);
  if (name === undefined || subject?.mayBeSigned !== true) return [];
  const item = { id, paper: shownPaper(subject), code: subject.code, subject: subject.subject, level: null, missing: null };
  const interrupted = { ...item, state: 'failed', cause: { code: 'sign-interrupted', params: {} } } as const;
  const replaced: { from: string; file: StoredFile }[] = [];
  let [level, certificate]: [Level, string] = ['LTA', ''];
  for (const file of files) {
    const known = [subject.main, ...subject.attachments].find((one) => one?.sha256 === file.name.sha256);
    if (file.state !== 'signed' || known === undefined) return [interrupted];
    const { id: _, ...stored } = known;
    replaced.push({ from: known.sha256, file: { ...stored, ...(await folder.takeIn(file.target)) } });
    level = lower(level, await levelOf(deps, file.target));
    ({ certificate } = file);
  }
  const wanted = deps.office.settings().level;
  const missing: SigningMissing | null = reaches(level, wanted) ? null : { why: level === 'B' ? 'unreachable' : 'status', detail: '' };
  const signer = signerOf(certificate);
  const made = { certificate: signer.sha256, by: signer.name, level, missing, recovered: true };
  const done = await note(deps, { role: name.role, id, version: name.version, files: replaced, made, actor: actorOf(deps.store.read).name });
  if (!done.ok) return [{ ...item, state: 'failed', cause: { code: 'sign-changed-meanwhile', params: {} } }];
  return [{ ...item, state: 'done', cause: null, level, missing }];
}

async function levelOf({ work, office }: DeskDeps, path: string): Promise<Level> {
  const { anchors, cache } = office.trust();
  const levels = await work.levels(path, { anchors, certificates: cache.issuers() });
  return (levels.ok ? levels.value.at(-1)?.level : null) ?? 'B';
}

function signerOf(certificate: string): { readonly sha256: string; readonly name: string } {
  const read = readCertificate(Buffer.from(certificate, 'base64'));
  return read.ok ? { sha256: read.value.sha256, name: commonName(read.value) } : { sha256: '', name: '' };
}

function commonName({ subject }: Certificate): string {
  return namePart(subject, 'CN') ?? nameText(subject);
}
