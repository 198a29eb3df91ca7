import type { PackageContent, PackageDocument, PackageFile, PdfAState } from '../model.ts';
import { formProfiles, shared } from '../profile/forms.ts';
import { escapedName, nameStem, packageName } from './names.ts';
import { traceFile } from './tables.ts';

/** What is known of a file of the package once it is written. */
export type WrittenFact = {
  /** lower-case hex */
  readonly sha256: string;
  /** bytes */
  readonly size: number;
  /** of stored files */
  readonly pdfA?: PdfAState | undefined;
};

/** Facts by path inside the package; grows while it is written. */
export type Facts = ReadonlyMap<string, WrittenFact>;

export type PlacedFile = {
  /** inside the package, "/" between */
  readonly path: string;
  readonly mediaType: string;
  /** instant */
  readonly createdAt: string;
  /** name as it came, escaped */
  readonly title: string;
  readonly source: { readonly kind: 'stored'; readonly file: PackageFile } | { readonly kind: 'text'; readonly text: string };
};

export type PlacedDocument = {
  readonly document: PackageDocument;
  readonly main: PlacedFile;
  readonly isLink: boolean;
  /** attachments, and the trace as the last */
  readonly others: readonly PlacedFile[];
  /** the file of its fields */
  readonly fieldsPath: string;
};

/** Folders of a form, each with its "/". */
export type Places = { readonly data: string; readonly documentFields: string; readonly representation: string };

export function placesOf(content: Pick<PackageContent, 'form'>): Places {
  const { descriptive, representation, data } = shared.folders;
  if (formProfiles[content.form].layout === 'bag') return { data: `${data}/`, documentFields: `${descriptive}/`, representation: '' };
  return { data: `${representation}/${data}/`, documentFields: `${representation}/${descriptive}/`, representation: `${representation}/` };
}

/** Where each document and its files go. */
export function placed(content: PackageContent): readonly PlacedDocument[] {
  const { data, documentFields } = placesOf(content);
  const stored = (file: PackageFile, name: string): PlacedFile => ({
    path: `${data}${name}`,
    mediaType: file.mediaType === '' ? 'application/octet-stream' : file.mediaType,
    createdAt: file.createdAt,
    title: escapedName(file.name),
    source: { kind: 'stored', file },
  });
  const text = (name: string, mediaType: string, title: string, body: string): PlacedFile => ({
    path: `${data}${name}`,
    mediaType,
    createdAt: content.createdAt,
    title: escapedName(title),
    source: { kind: 'text', text: body },
  });
  return content.documents.map((document, index) => {
    const ordinal = index + 1;
    const { content: carried, attachments, trace } = document;
    const isLink = carried.kind === 'link';
    const name = packageName(isLink ? carried.link.name : carried.file.name, ordinal);
    const main = isLink ? text(`${name}${shared.linkEnding}`, 'text/plain', carried.link.name, carried.link.reference) : stored(carried.file, name);
    const others = attachments.map((file, at) => stored(file, packageName(file.name, ordinal, at + 1)));
    const stem = nameStem(name);
    const traceName = `${stem}.process.csv`;
    if (trace !== null) others.push('sha256' in trace ? stored(trace, traceName) : text(traceName, 'text/csv', traceName, traceFile(trace)));
    return { document, main, isLink, others, fieldsPath: `${documentFields}${shared.headFile}_${document.fields.kind}_${stem}.xml` };
  });
}

/** Files whose bytes come from the store, documents and their attachments in order. */
export function storedFiles(documents: readonly PlacedDocument[]): readonly PlacedFile[] {
  return documents.flatMap(({ main, others }) => [main, ...others]).filter(({ source }) => source.kind === 'stored');
}
