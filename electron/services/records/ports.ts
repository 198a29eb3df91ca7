import type { Outcome } from '#contract';
import type { WriteDb } from '../../store/index.ts';
import type { Suggestions } from './suggest/suggest.ts';
import type { PdfText } from './text/pdf-text.ts';

export { noText, textLimits, type Box, type PdfText, type TextItem } from './text/pdf-text.ts';

/** What the sender of a document must hear (axis.md §2.8). Plain values, stored as they are until sent. */
export type StatusReport = {
  /** 01 arrived, 03 registered, … */
  readonly statusCode: string;
  /** our received document */
  readonly document: string;
  readonly at: string;
  /** the code under which we were addressed: answers go out under it */
  readonly from: { readonly organId: string; readonly name: string };
  readonly to: { readonly organId: string; readonly name: string };
  readonly about: {
    /** the sender's DocumentId */
    readonly documentId: string;
    readonly codeNumber: string;
    readonly codeNotation: string;
    /** yyyy-MM-dd, null when the sender gave none */
    readonly issuedDate: string | null;
  };
  readonly staff: string;
  readonly description: string;
};

/**
 * Puts a report into the outbox in the caller's transaction. The exchange domain provides it. A status is said once per
 * document, unless `occasion` names what it answers.
 */
export type QueueStatus = (db: WriteDb, report: StatusReport, occasion?: string) => void;

/** A file's text with what it says of the document's fields. */
export type ReadSuggestions = Suggestions & { readonly state: PdfText['state']; readonly pages: number };

/**
 * Reads PDFs outside the core's own thread, in bounded time and memory. The host provides it. Never rejects: what cannot
 * be read is a state of the answer.
 */
export type PdfTextReader = {
  /** The whole text, for the index; after whoever waits on the screen. */
  readonly text: (bytes: Uint8Array) => Promise<PdfText>;
  /** What the text says of the document's fields; somebody waits for it. */
  readonly suggestions: (bytes: Uint8Array) => Promise<ReadSuggestions>;
  /** Somebody will ask soon: what takes long to begin may begin. */
  readonly warm: () => void;
};

/** The parts of a report that follow from the document itself. */
export function statusAbout(
  document: {
    readonly id: string;
    readonly documentId: string;
    readonly issuer: StatusReport['to'];
    readonly addressedOrganId: string;
    readonly codeNumber: string;
    readonly codeNotation: string;
    readonly issuedDate: string | null;
  },
  officeName: string,
): Pick<StatusReport, 'document' | 'from' | 'to' | 'about'> {
  return {
    document: document.id,
    from: { organId: document.addressedOrganId, name: officeName },
    to: { organId: document.issuer.organId, name: document.issuer.name },
    about: {
      documentId: document.documentId,
      codeNumber: document.codeNumber,
      codeNotation: document.codeNotation,
      issuedDate: document.issuedDate,
    },
  };
}

/** Makes a PDF of a text file with an office program of the machine, in a folder and a profile of its own. */
export type DocumentConverter = {
  /** whether such a program was found */
  readonly available: () => Promise<boolean>;
  /** `extension` without its dot, as the program tells the format by it. */
  readonly toPdf: (
    bytes: AsyncIterable<Uint8Array>,
    extension: string,
  ) => Promise<Outcome<Uint8Array, 'converter-missing' | 'converter-failed' | 'time-out'>>;
};

/**
 * Puts an issued document into the outbox for those of its electronic recipients that have not been sent it. `first` runs in
 * the same transaction before it, and nothing is sent when it refuses. Answers how many recipients. The exchange domain
 * provides it.
 */
export type SendPlanned = (
  document: string,
  first: (db: WriteDb) => Outcome<null, 'wrong-step'>,
) => Promise<Outcome<number, 'not-found' | 'wrong-step' | 'document-frozen' | 'overtaken' | 'recipient-twice' | 'not-edxml' | 'already-sent' | 'nothing-to-send'>>;
