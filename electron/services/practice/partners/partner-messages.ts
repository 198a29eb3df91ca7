import { randomUUID } from 'node:crypto';
import type { Outcome } from '#contract';
import {
  emptyAgency,
  emptyStaff,
  fullCode,
  newDocumentBusiness,
  wireInstant,
  writeDocument,
  writeStatus,
  type AttachmentToWrite,
  type EdxmlBusiness,
  type EdxmlResponseFor,
} from '../../exchange/index.ts';
import type { Addressed } from '../axis/mailbox.ts';

type Party = { readonly code: string; readonly name: string };

/** A message ready for the mailbox. */
export type Post = { readonly message: Addressed; readonly bytes: Uint8Array };

/** A status of `from` about a document; `about.organId` is whom it is told. */
export function statusPost(from: Party, about: EdxmlResponseFor, statusCode: string, description: string, at: Date): Post {
  const bytes = written(
    writeStatus({
      from: { ...emptyAgency, organId: from.code, organName: from.name },
      responseFor: about,
      staff: { ...emptyStaff, department: 'Văn thư' },
      statusCode,
      description,
      timestamp: wireInstant(at),
    }),
  );
  const message = { messageType: 'status', from: from.code, to: [about.organId], title: description, notation: about.code } as const;
  return { message, bytes };
}

export type PartnerDocument = {
  readonly from: Party;
  readonly to: Party;
  readonly number: number;
  /** `yyyy/MM/dd` */
  readonly day: string;
  readonly subject: string;
  readonly responseFor: readonly EdxmlResponseFor[];
  readonly business: Partial<EdxmlBusiness>;
  /** its PDF; default: a page with its number */
  readonly file?: Uint8Array;
};

/** What a `ResponseFor` or a status says of such a document; `organId` is left to the caller. */
export function referenceTo(document: Pick<PartnerDocument, 'from' | 'number' | 'day'>): Omit<EdxmlResponseFor, 'organId'> {
  const code = fullCode(codeOf(document));
  return { code, documentId: `${document.from.code},${document.day},${code}`, promulgationDate: document.day };
}

/** A document of a partner with its file; a recall or update of it has the same number, day and id (axis.md §2.3). */
export function documentPost(document: PartnerDocument, at: Date): Post {
  const { from, to, subject, day } = document;
  const code = codeOf(document);
  const { documentId, code: notation } = referenceTo(document);
  const header = {
    from: { ...emptyAgency, organId: from.code, organName: from.name },
    to: [{ ...emptyAgency, organId: to.code, organName: to.name }],
    documentId,
    code,
    promulgationInfo: { place: 'Hà Nội', promulgationDate: day },
    documentType: { type: '2', typeDetail: '18', typeName: 'Công văn' },
    subject,
    content: subject,
    signerInfo: { competence: 'KT. THỦ TRƯỞNG', position: 'PHÓ THỦ TRƯỞNG', fullName: 'Phạm Văn Đối Tác' },
    dueDate: '',
    otherInfo: {
      priority: '0',
      sphereOfPromulgation: '',
      typerNotation: '',
      promulgationAmount: '1',
      pageAmount: '1',
      replyFors: '',
      referenceCodes: '',
      direction: 'false',
      appendixes: [],
    },
    responseFor: document.responseFor,
    steeringType: '0',
    responseForTask: [],
    applicationType: '',
    toPlaces: ['Như trên', 'Lưu: VT'],
  };
  const file: AttachmentToWrite = {
    contentId: 'file-1',
    name: `${notation.replaceAll('/', '-')}.pdf`,
    description: 'Công văn',
    bytes: document.file ?? onePagePdf(`${notation}  ${day}`),
  };
  const trace = [{ organId: from.code, timestamp: wireInstant(at) }];
  const business = { ...newDocumentBusiness, ...document.business };
  const bytes = written(writeDocument({ header, trace, business }, [file], { newUuid: randomUUID }));
  return { message: { messageType: 'edoc', from: from.code, to: [to.code], title: subject, notation }, bytes };
}

function codeOf({ from, number }: Pick<PartnerDocument, 'from' | 'number'>): { codeNumber: string; codeNotation: string } {
  return { codeNumber: String(number), codeNotation: partnerNotation(from.code) };
}

/** The notation under which a partner numbers its documents. */
export function partnerNotation(code: string): string {
  return `${code.replaceAll('.', '')}-VP`;
}

function written(outcome: Outcome<Uint8Array, string>): Uint8Array {
  if (!outcome.ok) throw new Error(`a partner's message cannot be written: ${JSON.stringify(outcome.failure)}`);
  return outcome.value;
}

/** A PDF of one page with one line of ASCII, in a font that every reader has (ISO 32000-1 §9.6.2.2). */
function onePagePdf(line: string): Uint8Array {
  const text = line.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/[\\()]/g, String.raw`\$&`);
  const content = `BT /F1 14 Tf 72 760 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let pdf = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [at, object] of objects.entries()) {
    offsets.push(pdf.length);
    pdf += `${String(at + 1)} 0 obj\n${object}\nendobj\n`;
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  return Buffer.from(
    `${pdf}xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${String(pdf.length)}\n%%EOF\n`,
    'latin1',
  );
}
