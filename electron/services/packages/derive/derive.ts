import type { Result } from '../../../foundation/outcome.ts';
import { checkPackage, type CheckDeps } from '../check/check-package.ts';
import { findings } from '../check/findings.ts';
import { resolveLinks, type Resolved } from '../check/links-judge.ts';
import { metsFile, type MetsFile } from '../check/mets-file.ts';
import { attribute, select, textOf } from '../check/mets-select.ts';
import { packageFiles, type PackageFiles } from '../check/package-files.ts';
import { verdictsIn } from '../check/premis-signatures.ts';
import { formOf } from '../check/profile-of.ts';
import type { Described, PackageReport } from '../check/report.ts';
import { judgeLinkage } from '../check/tt05-links-judge.ts';
import type { CapturedVerdict, PackageContent, PackageDocument, PackageFile, Party, RequestFields } from '../model.ts';
import { formProfiles, shared, type FormProfile } from '../profile/forms.ts';
import { usualLimits } from '../read/limits.ts';
import { openPackage } from '../read/open-package.ts';
import type { PackageSource } from '../read/source.ts';
import { readXml, type XmlElement } from '../read/xml.ts';
import { unescapedName } from '../write/names.ts';
import { documentBack, headBack } from './fields-back.ts';

/** What is to be made of a package, and by whom. */
export type DeriveOrder = {
  /** the package that is there, a folder or a ZIP */
  readonly path: string;
  /** the archive that holds it: its code comes before the codes of an AIP */
  readonly archive: Party;
  /** UUID of the new package in upper case, and the instant at which it is made */
  readonly uuid: string;
  readonly createdAt: string;
  readonly software: PackageContent['software'];
  /** of what a SIP is made into: an AIP (Điều 28); of what a reader is given of an AIP: a DIP, which answers a request (PL V) */
  readonly to: { readonly kind: 'AIP' } | { readonly kind: 'DIP'; readonly request: RequestFields; /** docCode of what he is given; all when left out */ readonly documents?: readonly string[] };
};

export type DeriveFailure =
  /** a MUST rule is broken, or not all could be read: nothing is made of it */
  | { readonly code: 'derive-unfit'; readonly report: PackageReport }
  /** no SIP of TT 05/2025 for an AIP, no AIP for a DIP */
  | { readonly code: 'derive-kind'; readonly profile: PackageReport['profile'] };

/** What the builder takes. `close` when the package is built. */
export type Derived = {
  readonly content: PackageContent;
  /** files of the package that is there, by digest; the builder compares */
  readonly open: (sha256: string) => AsyncIterable<Uint8Array>;
  readonly close: () => Promise<void>;
};

export type DeriveDeps = CheckDeps & {
  /** what is known of the signatures of a file at this moment; where it is nothing, what the package's PREMIS tells stands */
  readonly verdictsOf?: (sha256: string) => CapturedVerdict | null;
};

/**
 * An AIP of a SIP that was received, or a DIP of an AIP. The files stay byte by byte what they were; names as they came, traces and
 * attachments go along. An AIP also has what described the SIP, in `documentation/goi-nop`, and PREMIS tells of which package it was
 * made. The package that is there is only read, and judged before: of one that is not fit nothing is made.
 */
export async function derivePackage(order: DeriveOrder, deps: DeriveDeps = {}): Promise<Result<Derived, DeriveFailure>> {
  const report = await checkPackage(order.path, deps);
  if (!report.fit) return { ok: false, failure: { code: 'derive-unfit', report } };
  const from = formOf(report.profile);
  if (from === undefined || from.oais !== (order.to.kind === 'AIP' ? 'SIP' : 'AIP')) return { ok: false, failure: { code: 'derive-kind', profile: report.profile } };
  const source = await openPackage(order.path, deps.limits ?? usualLimits);
  try {
    return { ok: true, value: await derived(order, deps, report, from, source) };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function derived(order: DeriveOrder, { verdictsOf = () => null }: DeriveDeps, report: PackageReport, from: FormProfile, source: PackageSource): Promise<Derived> {
  const package_ = packageFiles(source);
  const facts = new Map(report.files.map((file) => [file.path, file]));
  const byDigest = new Map(report.files.map(({ sha256, path }) => [sha256, path]));
  const root = await metsAt(package_, 'METS.xml');
  const judged = await judgedBefore(package_);
  const named = new Map<string, { readonly name: string; readonly mediaType: string; readonly createdAt: string }>();
  const attached = new Map<string, readonly string[]>();
  for (const path of package_.files.keys()) {
    if (!/^representations\/[^/]+\/METS\.xml$/.test(path)) continue;
    const mets = await metsAt(package_, path);
    const links = resolveLinks(findings(), mets, package_);
    for (const link of links) note(named, link);
    for (const [owner, others] of judgeLinkage(findings(), mets, links, from).attached) attached.set(owner, others);
  }
  const fileAt = (path: string): PackageFile => {
    const { sha256 = '', size = 0 } = facts.get(path) ?? {};
    const known = named.get(path) ?? { name: path.slice(path.lastIndexOf('/') + 1), mediaType: '', createdAt: order.createdAt };
    return { sha256, size, ...known, verdict: verdictsOf(sha256) ?? judged.get(sha256) ?? null };
  };
  const documents: PackageDocument[] = [];
  // In the order of their files, whose names begin with the ordinal: field files are sorted by kind.
  for (const one of report.described.toSorted((a, b) => ((a.files[0] ?? '') < (b.files[0] ?? '') ? -1 : 1))) {
    const [main] = one.files;
    if (one.kind === 'package' || main === undefined) continue;
    const fields = documentBack(one.kind, one.fields, order.archive.code);
    if (order.to.kind === 'DIP' && order.to.documents?.includes(fields.docCode) === false) continue;
    const file = fileAt(main);
    // Of what was only named there is nothing to give.
    if (main.endsWith(shared.linkEnding) && order.to.kind === 'DIP') continue;
    const content: PackageDocument['content'] = main.endsWith(shared.linkEnding) ? { kind: 'link', link: { name: file.name, reference: (await wholeAt(package_, main)).toString('utf8').trim() } } : { kind: 'file', file };
    const others = attached.get(main) ?? [];
    const trace = one.fields['process'] === '1' ? (others.find((path) => path.endsWith('.process.csv')) ?? others.at(-1)) : undefined;
    documents.push({ fields, content, attachments: others.filter((path) => path !== trace).map(fileAt), trace: trace === undefined ? null : fileAt(trace) });
  }
  const metsDigest = facts.get('METS.xml')?.sha256 ?? '';
  const { uuid, createdAt, software, archive, to } = order;
  const head = headBack(headOf(report.described), archive.code);
  const content: PackageContent = {
    form: to.kind === 'DIP' ? 'DIP' : head.kind === 'hoso' ? 'AIP_hoso' : 'AIP_tailieu',
    uuid,
    createdAt,
    recordStatus: 'NEW',
    software,
    sender: senderOf(root),
    archive,
    agreement: textOf(select(root.root, 'metsHdr/altRecordID')[0]),
    batchOrdinal: null,
    head: to.kind === 'DIP' ? to.request : head,
    documents,
    events: to.kind === 'DIP' ? [] : [{ type: 'ingestion', at: createdAt, outcome: 'success', note: `Lập từ gói nộp ${report.objectId}; SHA-256 của METS.xml: ${metsDigest}` }],
    kept: to.kind === 'DIP' ? [] : descriptions(package_).map((path, index) => ({ path: `goi-nop/${keptName(path, index + 1)}`, file: { ...fileAt(path), mediaType: path.endsWith('.csv') ? 'text/csv' : shared.xmlMediaType } })),
  };
  if (formProfiles[content.form].oais === from.oais) throw new Error('a package is not derived to its own kind');
  return {
    content,
    open: (sha256) => {
      const file = package_.files.get(byDigest.get(sha256) ?? '');
      if (file === undefined) throw new Error(`not in the package: ${sha256}`);
      return file.pieces();
    },
    close: source.close,
  };
}

/** What the package's PREMIS tells of the signatures in its files, as they were judged when it was made; by SHA-256. */
async function judgedBefore(package_: PackageFiles): Promise<ReadonlyMap<string, CapturedVerdict>> {
  const found = new Map<string, CapturedVerdict>();
  for (const path of package_.files.keys()) {
    if (!/(^|\/)metadata\/preservation\/[^/]+\.xml$/i.test(path)) continue;
    for (const [sha256, verdict] of verdictsIn(await rootAt(package_, path))) found.set(sha256, verdict);
  }
  return found;
}

/** METS, field files, and lists that tell of signatures and of documents without a file, in the order in which they are read. */
function descriptions({ files }: PackageFiles): readonly string[] {
  return [...files.keys()].filter((path) => /^(METS\.xml|metadata\/descriptive\/[^/]+\.xml|representations\/[^/]+\/(METS\.xml|metadata\/descriptive\/[^/]+\.xml)|documentation\/[^/]+\.csv)$/.test(path));
}

/** One name for a path, of letters that every system and ZIP program has. */
function keptName(path: string, ordinal: number): string {
  return `${String(ordinal).padStart(shared.ordinalDigits, '0')}_${path.replaceAll(/[^A-Za-z0-9.-]+/g, '_').slice(-60)}`;
}

function note(named: Map<string, { readonly name: string; readonly mediaType: string; readonly createdAt: string }>, { link, path }: Resolved): void {
  if (link.kind !== 'file' || path === undefined) return;
  const title = attribute(link.element, 'xlink:title') ?? '';
  const createdAt = attribute(link.element.parent, 'CREATED') ?? '';
  const plain = path.slice(path.lastIndexOf('/') + 1);
  named.set(path, {
    name: title === '' ? (path.endsWith(shared.linkEnding) ? plain.slice(0, -shared.linkEnding.length) : plain) : unescapedName(title),
    mediaType: link.mediaType ?? '',
    createdAt: Number.isNaN(Date.parse(createdAt)) ? new Date(0).toISOString() : createdAt,
  });
}

function headOf(described: readonly Described[]): Described['fields'] {
  return described.find(({ kind }) => kind === 'package')?.fields ?? {};
}

/** Whose package it is: the organisation that made it (PL III.II.1.b, metsHdr). */
function senderOf({ root }: MetsFile): Party {
  const agent = select(root, 'metsHdr/agent[@TYPE=ORGANIZATION]').find((one) => attribute(one, 'ROLE') === 'CREATOR');
  return { name: agent === undefined ? '' : textOf(select(agent, 'name')[0]), code: agent === undefined ? '' : textOf(select(agent, 'note')[0]) };
}

async function metsAt(package_: PackageFiles, path: string): Promise<MetsFile> {
  return metsFile(path, path === 'METS.xml' ? 'root' : 'representation', await rootAt(package_, path));
}

async function rootAt(package_: PackageFiles, path: string): Promise<XmlElement> {
  const read = readXml(await wholeAt(package_, path), usualLimits);
  if (!read.ok) throw new Error(`changed since it was judged: ${path}`);
  return read.root;
}

async function wholeAt({ files }: PackageFiles, path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of files.get(path)?.pieces() ?? []) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
