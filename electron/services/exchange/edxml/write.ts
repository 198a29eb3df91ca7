import { ok, type Failure, type Outcome } from '#contract';
import { base64Encoder } from './base64.ts';
import { documentTree, statusTree } from './build.ts';
import type { ElementOrder } from './element-order.ts';
import type {
  AttachmentLabel,
  AttachmentSource,
  AttachmentToWrite,
  DocumentToWrite,
  EdxmlUnknown,
  EdxmlWriteCode,
  StatusToWrite,
} from './model.ts';
import { order, serialized, type OutElement, type Piece } from './out-tree.ts';
import { putUnknown } from './unknown.ts';
import { hardOfDocument, hardOfStatus, type Violation } from './violations.ts';
import { wrapping } from './zip-rule.ts';
import { zipOne, zipStream } from './zip.ts';

export type WriteOptions = {
  /** names the single entry of a transport ZIP; the same names give the same bytes again */
  readonly newUuid: () => string;
  /** default `vnpt`, which the national axis is spoken to with */
  readonly order?: ElementOrder;
};

/** A refusal to write; `failure` is about the first of `violations`, which are all hard ones there are, in document order. */
export type WriteRefusal = {
  readonly ok: false;
  readonly failure: Failure<EdxmlWriteCode>;
  readonly violations: readonly Violation[];
};

export type WriteOutcome<T> = { readonly ok: true; readonly value: T } | WriteRefusal;

/**
 * A document message as .edxml bytes: prefixes of VNPT's builder (axis.md §2.1), element order by profile (§2.2), empty
 * elements left out, attachments packed by its ZIP rule (§2.6). Dates must already be in wire form. For files that are
 * in memory anyway; `writeDocumentTo` for all others.
 */
export function writeDocument(
  document: DocumentToWrite,
  attachments: readonly AttachmentToWrite[],
  options: WriteOptions,
): WriteOutcome<Uint8Array> {
  const planned = plan(document, attachments, options);
  if (!planned.ok) return planned;
  const parts = planned.value.map((piece) => {
    if (typeof piece === 'string') return Buffer.from(piece, 'utf8');
    const { file, entry } = piece;
    const bytes = entry === null ? file.bytes : zipOne(entry, file.bytes);
    return Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'), 'latin1');
  });
  // Joined as bytes: a large attachment must not be copied once more inside one long string.
  return ok(Buffer.concat(parts));
}

/**
 * The same into `write`, piece by piece, with no attachment held as a whole: each is opened when its turn comes. What
 * `write` is given is good until it resolves. Answers the bytes written. Refuses before anything is written; rejects when
 * a source or `write` does, or a source gives another number of bytes than it promised: what was written is then
 * worth nothing.
 */
export async function writeDocumentTo(
  document: DocumentToWrite,
  attachments: readonly AttachmentSource[],
  options: WriteOptions,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<WriteOutcome<number>> {
  const planned = plan(document, attachments, options);
  if (!planned.ok) return planned;
  let written = 0;
  const out = (bytes: Uint8Array): Promise<void> => {
    written += bytes.length;
    return write(bytes);
  };
  for (const piece of planned.value) {
    if (typeof piece === 'string') {
      await out(Buffer.from(piece, 'utf8'));
      continue;
    }
    const { file, entry } = piece;
    const content = entry === null ? whole(file) : zipStream(entry, whole(file));
    const encoder = base64Encoder(out);
    for await (const bytes of content) await encoder.push(bytes);
    await encoder.end();
  }
  return ok(written);
}

/** A status message as .edxml bytes (axis.md §2.8). Refused like a document. */
export function writeStatus(status: StatusToWrite): WriteOutcome<Uint8Array> {
  const tree = statusTree(status);
  const text = finished('status', tree, status.unknown ?? [], 'vnpt', hardOfStatus(status, tree));
  return text.ok ? ok(Buffer.from(text.value.join(''), 'utf8')) : text;
}

type Planned<File> = string | { readonly file: File; readonly entry: string | null };

/** The whole message, with a gap where each attachment's content goes. */
function plan<File extends AttachmentLabel>(
  document: DocumentToWrite,
  attachments: readonly File[],
  options: WriteOptions,
): WriteOutcome<readonly Planned<File>[]> {
  const files = attachments.map((file) => ({ file, ...wrapping(file.name, options.newUuid) }));
  const labels = files.map(({ file: { contentId, name, description }, contentType }) => ({ contentId, name, description, contentType }));
  const tree = documentTree(document, labels);
  const hard = hardOfDocument(document, tree, attachments);
  const pieces = finished('document', tree, document.unknown ?? [], options.order ?? 'vnpt', hard);
  if (!pieces.ok) return pieces;
  return ok(
    pieces.value.map((piece) => {
      const file = typeof piece === 'number' ? files[piece] : undefined;
      if (file === undefined) return String(piece);
      return { file: file.file, entry: file.entry };
    }),
  );
}

function finished(
  kind: 'document' | 'status',
  tree: OutElement,
  unknown: readonly EdxmlUnknown[],
  profile: ElementOrder,
  hard: readonly Violation[],
): WriteOutcome<readonly Piece[]> {
  const [first] = hard;
  if (first !== undefined) return { ok: false, failure: failureOf(first), violations: hard };
  const misplaced = putUnknown(kind, tree, unknown);
  if (misplaced !== undefined) return { ok: false, failure: misplaced, violations: [] };
  order(tree, profile);
  const pieces: Outcome<readonly Piece[], EdxmlWriteCode> = serialized(tree);
  return pieces.ok ? pieces : { ok: false, failure: pieces.failure, violations: [] };
}

function failureOf({ element, rule, value }: Violation): Failure<EdxmlWriteCode> {
  // The sentence names the kind of element, not which of several it is.
  const plain = element.replaceAll(/\[\d+\]/g, '');
  const lacking = rule === 'missing' || rule === 'replaces-nothing' || rule === 'updates-nothing';
  return lacking
    ? { code: 'missing-element', params: { element: plain } }
    : { code: 'invalid-value', params: { element: plain, value } };
}

/** The file as it comes, held against what was said of it: a shorter one would go out as if it were all. */
async function* whole(file: AttachmentSource): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const bytes of file.open()) {
    size += bytes.length;
    yield bytes;
  }
  if (size !== file.size) throw new Error(`attachment ${file.contentId} gave ${String(size)} of ${String(file.size)} bytes`);
}
