import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../foundation/canonical-json.ts';
import type { PackageContent, PackageFile, SchemaFile } from '../model.ts';
import { formProfiles, shared } from '../profile/forms.ts';
import { bagDeclaration, bagInfo, manifest } from './bag.ts';
import { fieldFile } from './descriptive.ts';
import { fileList, fileListName, signatureList, signatureListName, withoutFileList, withoutFileName } from './documentation.ts';
import { folderNameOf, objectIdOf, zipNameOf } from './ids.ts';
import { representationMets } from './mets-representation.ts';
import { rootMets } from './mets-root.ts';
import { placed, placesOf, type Facts, type PlacedDocument } from './placed.ts';
import { packagePremis, representationPremis } from './premis.ts';
import { documentValues, headValues } from './values.ts';

/** One file of the package: copied from the store, or text made of the content and of what was written before it. */
export type PlannedEntry = { readonly kind: 'stored'; readonly path: string; readonly file: PackageFile } | PlannedText;
export type PlannedText = { readonly kind: 'text'; readonly path: string; readonly needsFacts: boolean; readonly text: (facts: Facts) => Iterable<string> };

/** A package before anything is written. Entries are in the order of writing: what is named stands before what names it. */
export type PackagePlan = {
  readonly objectId: string;
  /** name of the one folder in it */
  readonly folder: string;
  readonly zipName: string;
  readonly entries: readonly PlannedEntry[];
  /** bytes that are copied */
  readonly storedBytes: number;
  /** SHA-256 over all that decides the bytes; lower-case hex */
  readonly digest: string;
  /** instant, for the times in a ZIP */
  readonly createdAt: string;
};

/** Changes when the writers write something else for the same content: half packages of an older program are begun anew. */
const writersVersion = 3;

/** What a package of this content is made of. The content was checked (`contentProblems`). */
export function planPackage(content: PackageContent, schemas: readonly SchemaFile[]): PackagePlan {
  const profile = formProfiles[content.form];
  const documents = placed(content);
  const label = content.head.kind === 'request' ? content.head.requestID : content.head.title;
  const carried: PlannedEntry[] = documents.flatMap(({ main, others }) => [main, ...others]).map(({ path, source }) => (source.kind === 'stored' ? { kind: 'stored', path, file: source.file } : fixed(path, source.text)));
  // Bytes that must come from elsewhere first: when one is missing, nothing else was done in vain.
  carried.sort((a, b) => Number(a.kind === 'text') - Number(b.kind === 'text'));
  const fields = documents.map((one) => madeLater(one.fieldsPath, () => fieldFile(profile.fields[one.document.fields.kind], documentValues(content, one.document))));
  const head = fixed(`${shared.folders.descriptive}/${shared.headFile}.xml`, fieldFile(profile.fields.head, headValues(content)));
  const common = { documents, label, carried, described: [...fields, head] };
  const entries = profile.layout === 'bag' ? bagEntries(content, common) : csipEntries(content, schemas, common);
  return {
    objectId: objectIdOf(content),
    folder: folderNameOf(content),
    zipName: zipNameOf(content),
    entries,
    storedBytes: entries.reduce((sum, entry) => sum + (entry.kind === 'stored' ? entry.file.size : 0), 0),
    digest: createHash('sha256')
      .update(canonicalJson({ version: writersVersion, content, schemas }))
      .digest('hex'),
    createdAt: content.createdAt,
  };
}

type Common = { readonly documents: readonly PlacedDocument[]; readonly label: string; readonly carried: readonly PlannedEntry[]; readonly described: readonly PlannedEntry[] };

function fixed(path: string, content: string): PlannedEntry {
  return madeLater(path, () => content);
}

/** One of thousands: made when it is written, and not at all when an earlier run did. */
function madeLater(path: string, content: () => string): PlannedEntry {
  return { kind: 'text', path, needsFacts: false, text: () => [content()] };
}

/** A text that tells of files written before it. */
function fromFacts(path: string, text: (facts: Facts) => Iterable<string>): PlannedEntry {
  return { kind: 'text', path, needsFacts: true, text };
}

function documentation({ withoutFile = [] }: PackageContent, documents: readonly PlacedDocument[]): readonly PlannedEntry[] {
  const { documentation: folder } = shared.folders;
  const signatures = signatureList(documents);
  return [
    ...(withoutFile.length === 0 ? [] : [fixed(`${folder}/${withoutFileName}`, withoutFileList(withoutFile))]),
    fromFacts(`${folder}/${fileListName}`, (facts) => [fileList(documents, facts)]),
    ...(signatures === '' ? [] : [fixed(`${folder}/${signatureListName}`, signatures)]),
  ];
}

function csipEntries(content: PackageContent, schemas: readonly SchemaFile[], { documents, label, carried, described }: Common): readonly PlannedEntry[] {
  const { folders } = shared;
  const folder = placesOf(content).representation;
  const hasPremis = formProfiles[content.form].premis === 'written';
  const premis: readonly PlannedEntry[] = hasPremis
    ? [
        fromFacts(`${folder}${folders.preservation}/PREMIS_rep1.xml`, (facts) => representationPremis(content, documents, facts)),
        fixed(`${folders.preservation}/PREMIS.xml`, packagePremis(content)),
      ]
    : [];
  const schemaEntries = schemas.map(({ name, text }) => fixed(`${folders.schemas}/${name}`, text));
  const kept = (content.kept ?? []).map(({ path, file }): PlannedEntry => ({ kind: 'stored', path: `${folders.documentation}/${path}`, file }));
  const extra = [...documentation(content, documents), ...kept];
  const representation = `${folder}METS.xml`;
  const parts = {
    head: `${folders.descriptive}/${shared.headFile}.xml`,
    premis: hasPremis ? `${folders.preservation}/PREMIS.xml` : null,
    schemas: schemaEntries.map(({ path }) => path),
    documentation: extra.map((entry) => ({ path: entry.path, mediaType: entry.kind === 'stored' ? entry.file.mediaType : 'text/csv' })),
    representation,
  };
  return [
    ...kept,
    ...carried,
    ...described,
    ...premis,
    ...schemaEntries,
    ...extra.filter(({ kind }) => kind === 'text'),
    fromFacts(representation, (facts) => representationMets(content, label, documents, { folder, premis: premis[0]?.path ?? null }, facts)),
    fromFacts('METS.xml', (facts) => rootMets(content, label, parts, facts)),
  ];
}

function bagEntries(content: PackageContent, { documents, label, carried, described }: Common): readonly PlannedEntry[] {
  const payload = carried.map(({ path }) => path);
  const tags: readonly PlannedEntry[] = [
    ...described,
    ...documentation(content, documents),
    fixed('bagit.txt', bagDeclaration),
    fromFacts('bag-info.txt', (facts) => [bagInfo(content, label, payload, facts)]),
    fromFacts('manifest-sha256.txt', (facts) => manifest(payload, facts)),
  ];
  const tagPaths = tags.map(({ path }) => path);
  return [...carried, ...tags, fromFacts('tagmanifest-sha256.txt', (facts) => manifest(tagPaths, facts))];
}
