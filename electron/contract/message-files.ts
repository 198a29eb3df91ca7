import { z } from 'zod';
import { command, eventStream, query } from './define.ts';
import { Deviation } from './exchange.ts';
import { Duplicate, IntakeFile } from './intake.ts';
import { StoredFile } from './records.ts';
import { Day, FileRef, Id, Urgency } from './shared.ts';
import { FileVerdict } from './verdict-desk.ts';

/** A file that the system handed to the program to be opened, and that nobody has looked at yet. Its path stays in the core. */
export const OpenedFile = z.strictObject({ id: Id, name: z.string() });
export type OpenedFile = z.infer<typeof OpenedFile>;

/**
 * What a message wants: a new document, one in place of another, a document taken back or changed, or only to say how a
 * document fares (axis.md §2.3, §2.8).
 */
export const MessageKind = z.enum(['new', 'replacement', 'recall', 'update', 'status']);
export type MessageKind = z.infer<typeof MessageKind>;

const Party = z.strictObject({ organId: z.string(), name: z.string() });

/** An edXML message that came as a file, as its envelope tells; '' and null where it does not. */
export const MessageFile = z.strictObject({
  file: IntakeFile,
  kind: MessageKind,
  documentId: z.string(),
  codeNumber: z.string(),
  codeNotation: z.string(),
  issuedDate: Day.nullable(),
  place: z.string(),
  typeName: z.string(),
  subject: z.string(),
  issuer: Party,
  recipients: z.array(Party),
  signerName: z.string(),
  signerPosition: z.string(),
  signerCompetence: z.string(),
  urgency: Urgency,
  dueDate: Day.nullable(),
  toPlaces: z.array(z.string()),
  pageAmount: z.number().int().nullable(),
  /** why a document is taken back or changed, or what a status says */
  reason: z.string(),
  /** 01 to 16 of a status; '' else */
  statusCode: z.string(),
  /** its attachments in their order; bytes at `/files/<id>` */
  files: z.array(FileRef),
  /** files that it names and does not carry */
  missing: z.array(z.string()),
  /** how it deviates from the format, as with a message of the axis */
  deviations: z.array(Deviation),
  /** received documents that may be the same one */
  duplicates: z.array(Duplicate),
  /** documents of ours that bear its id, or its number and symbol where we are its issuer */
  ours: z.array(z.strictObject({ id: Id, code: z.string() })),
  /** why it can not be entered; null: it can */
  obstacle: z.enum(['message-no-document', 'message-incomplete']).nullable(),
});
export type MessageFile = z.infer<typeof MessageFile>;

/** Messages of the axis' form (edXML) that come as a file: they wait with the other files, whoever brought them. */
export const messageFiles = {
  /** Reads a file that the system handed to the program, and lets it wait to be entered. */
  open: command(z.strictObject({ id: Id }), IntakeFile, ['not-found', 'file-unreadable', 'file-too-large', 'message-unreadable', 'file-damaged'], { audited: { no: 'the message that is taken in writes its entry; what could not be read changes nothing' } }),
  /** The same with a file that came through `staging`. One that waits already is not taken twice. */
  take: command(z.strictObject({ file: StoredFile }), IntakeFile, ['message-unreadable', 'file-damaged'], { audited: true }),
  /** Nothing is stored by reading. */
  read: query(z.strictObject({ id: Id }), MessageFile, ['file-not-waiting', 'message-unreadable', 'file-damaged']),
  /** What is believed now of the signatures in its attachments; may take as long as the authorities take. */
  verdicts: query(z.strictObject({ id: Id }), z.array(FileVerdict), ['file-not-waiting']),
  /**
   * Writes the document down as one that was received by file, its fields as the sender wrote them. Nobody on the axis hears of
   * it, and nothing is replaced. The message is put away like any waiting file, by `intake.discardFile`.
   */
  enter: command(
    z.strictObject({ id: Id }),
    z.strictObject({ document: Id }),
    ['file-not-waiting', 'message-unreadable', 'message-no-document', 'message-incomplete', 'secret-refused', 'file-damaged'],
    { audited: true },
  ),
};

export const messageFilesEvents = {
  /** All files that wait to be opened, each time anew. */
  opened: eventStream(z.array(OpenedFile), z.array(OpenedFile)),
};
