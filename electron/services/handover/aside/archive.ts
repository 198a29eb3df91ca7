import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { buildPackage, checkPackage, derivePackage, type CheckedFile, type DeriveOrder, type PackageContent } from '../../packages/index.ts';
import type { ArchiveJob, JobAnswer, JobDeps, KeptPackage, MadeAside, UseCopyJob } from './jobs.ts';
import { layOut } from './lay-out.ts';

type Refused = Extract<JobAnswer, { readonly ok: false }>;
type Derived = Extract<Awaited<ReturnType<typeof derivePackage>>, { readonly ok: true }>;

/** Name of a văn bản xác thực in `documentation/` of the copy that it certifies. */
const certificationName = 'van-ban-xac-thuc.pdf';
/** Files that are told at once. */
const atOnce = 500;

/**
 * Makes the AIP of a SIP that is held (TT 05/2025/TT-BNV art. 25.3.a), judges it, and puts what of it is new into the file store; the
 * documents are there already and are not stored twice. Then its files are told.
 */
export async function archive({ from, order, events, verdicts }: ArchiveJob, deps: JobDeps): Promise<JobAnswer> {
  const known = new Map(verdicts);
  const sip = await derived(from, { ...order, to: { kind: 'AIP' } }, deps, { verdictsOf: (sha256) => known.get(sha256) ?? null });
  if (!sip.ok) return sip;
  const { content, open, close } = sip.value;
  try {
    const built = await madeOf({ ...content, events: [...content.events, ...events] }, open, deps.work, 'folder', deps);
    if (!built.ok) return built;
    const { made, files, rule } = built;
    if (!made.fit) return { ok: false, failure: { code: 'package-unfit', count: made.broken.must, rule } };
    for (const { path, sha256 } of files) {
      if (deps.signal.aborted) return { ok: false, failure: { code: 'cancelled' } };
      if (!deps.blobs.has(sha256)) await put(join(made.path, path), sha256, deps);
    }
    for (let at = 0; at < files.length; at += atOnce) {
      await deps.part({ kind: 'files', files: files.slice(at, at + atOnce).map(({ path, size, sha256 }) => ({ path, size, sha256 })) });
    }
    return { ok: true, made };
  } finally {
    await close();
  }
}

/** Makes a DIP of an AIP that is held: lays it out, takes what is wanted of it, builds that where it is wanted, and judges it there. */
export async function useCopy({ from, order, certification, into, output }: UseCopyJob, deps: JobDeps): Promise<JobAnswer> {
  const aip = await derived(from, order, deps);
  if (!aip.ok) return aip;
  const { content, open, close } = aip.value;
  try {
    if (content.documents.length === 0) return { ok: false, failure: { code: 'packages-nothing' } };
    const whole = certification === null ? content : { ...content, kept: [...(content.kept ?? []), { path: certificationName, file: certification }] };
    const built = await madeOf(whole, (sha256) => (sha256 === certification?.sha256 ? deps.blobs.stream(sha256) : open(sha256)), into, output, deps);
    return built.ok ? { ok: true, made: built.made } : built;
  } finally {
    await close();
  }
}

/** What a package is to become. It may lie there still as it was checked; else what is held of it is laid out. */
async function derived(from: KeptPackage, order: Omit<DeriveOrder, 'path'>, deps: JobDeps, also: Parameters<typeof derivePackage>[1] = {}): Promise<Derived | Refused> {
  if (from.path !== null) {
    const there = await derivePackage({ ...order, path: from.path }, also);
    if (there.ok && there.value.content.kept?.some(({ file }) => file.sha256 === from.sha256) === true) return there;
    if (there.ok) await there.value.close();
  }
  const laid = await layOut(from, deps);
  if (!laid.ok) return laid;
  const held = await derivePackage({ ...order, path: laid.path }, also);
  if (held.ok) return held;
  const { failure } = held;
  if (failure.code === 'derive-kind') return { ok: false, failure: { code: 'package-kind', profile: failure.profile } };
  return { ok: false, failure: { code: 'package-unfit', count: failure.report.broken.must, rule: firstRule(failure.report.findings) } };
}

type Built = { readonly ok: true; readonly made: MadeAside; readonly files: readonly CheckedFile[]; readonly rule: string };

/** Builds a package and has the validator judge what was written. */
async function madeOf(content: PackageContent, open: (sha256: string) => AsyncIterable<Uint8Array>, into: string, output: 'folder' | 'zip', { schemas, signal, moved }: JobDeps): Promise<Built | Refused> {
  let done = 0;
  const outcome = await buildPackage({ content, schemas: schemas(content.form), into, output }, {
    open,
    signal,
    progress: ({ bytesDone }) => {
      moved(bytesDone - done);
      done = bytesDone;
    },
  });
  if (!outcome.ok) return { ok: false, failure: outcome.failure.code === 'packages-cancelled' ? { code: 'cancelled' } : { code: 'build', failure: outcome.failure } };
  const { path, objectId, files, bytes, sha256 } = outcome.value;
  const report = await checkPackage(path, {}, { signal });
  if (!report.complete && signal.aborted) return { ok: false, failure: { code: 'cancelled' } };
  const made = { path, form: content.form, objectId, documents: content.documents.length, files, bytes, sha256, fit: report.fit, broken: report.broken };
  return { ok: true, made, files: report.files, rule: firstRule(report.findings) };
}

function firstRule(findings: Awaited<ReturnType<typeof checkPackage>>['findings']): string {
  const first = findings.find(({ level }) => level === 'must');
  return first === undefined ? '' : [first.rule, first.file].filter((part) => part !== '').join(' ');
}

async function put(path: string, sha256: string, { blobs }: Pick<JobDeps, 'blobs'>): Promise<void> {
  const writer = await blobs.writer();
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) await writer.write(piece);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  const stored = await writer.finish();
  if (stored.sha256 !== sha256) throw new Error(`a file changed between its check and its storing: ${path}`);
}
