import { randomUUID } from 'node:crypto';
import { emptyAgency, newDocumentBusiness, type EdxmlBusiness, type EdxmlResponseFor } from '../../../electron/services/exchange/edxml/model.ts';
import { writeDocument } from '../../../electron/services/exchange/edxml/write.ts';

export const ownAgency = { code: 'H29.99', name: 'Ủy ban nhân dân phường Luyện Tập' };
export const ministry = { code: 'G09', name: 'Bộ Nội vụ' };

/** A PDF of one empty page that differs with `word`; nobody signed it. */
export function emptyPage(word: string): Buffer {
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>'];
  let text = `%PDF-1.4\n% ${word}\n`;
  const places = objects.map((object, index) => {
    const at = Buffer.byteLength(text);
    text += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = Buffer.byteLength(text);
  return Buffer.from(`${text}xref\n0 4\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${String(table)}\n%%EOF\n`);
}

export type MessageFacts = {
  readonly documentId?: string;
  readonly number?: string;
  readonly notation?: string;
  readonly subject?: string;
  /** the ministry by default */
  readonly from?: { readonly code: string; readonly name: string };
  readonly typeName?: string;
  readonly place?: string;
  /** days, `yyyy-MM-dd` */
  readonly day?: string;
  readonly dueDate?: string | null;
  readonly urgency?: number;
  readonly signer?: { readonly competence: string; readonly position: string; readonly fullName: string };
  readonly toPlaces?: readonly string[];
  readonly business?: Partial<EdxmlBusiness>;
  /** documents that it answers */
  readonly answers?: readonly EdxmlResponseFor[];
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
};

const updated = { documentInfo: { documentInfo: '1', documentReceiver: '0', receivers: [] } };

/** A document to our agency, as .edxml bytes. */
export function documentMessage(facts: MessageFacts = {}): Uint8Array {
  const number = facts.number ?? '123';
  const notation = facts.notation ?? 'BNV-VP';
  const from = facts.from ?? ministry;
  const day = (facts.day ?? '2026-11-20').replaceAll('-', '/');
  const written = writeDocument(
    {
      header: {
        from: { ...emptyAgency, organId: from.code, organName: from.name },
        to: [{ ...emptyAgency, organId: ownAgency.code, organName: ownAgency.name }],
        documentId: facts.documentId ?? `${from.code},${day},${number}/${notation}`,
        code: { codeNumber: number, codeNotation: notation },
        promulgationInfo: { place: facts.place ?? 'Hà Nội', promulgationDate: day },
        documentType: { type: '2', typeDetail: '18', typeName: facts.typeName ?? 'Công văn' },
        subject: facts.subject ?? `V/v hướng dẫn công tác văn thư số ${number}`,
        content: '',
        signerInfo: facts.signer ?? { competence: 'KT. BỘ TRƯỞNG', position: 'THỨ TRƯỞNG', fullName: 'Nguyễn Văn A' },
        dueDate: facts.dueDate === null ? '' : (facts.dueDate ?? '2026-12-05').replaceAll('-', '/'),
        otherInfo: {
          priority: String(facts.urgency ?? 1),
          sphereOfPromulgation: '',
          typerNotation: '',
          promulgationAmount: '',
          pageAmount: '2',
          replyFors: '',
          referenceCodes: '',
          direction: 'false',
          appendixes: [],
        },
        responseFor: facts.answers ?? [],
        steeringType: '0',
        responseForTask: [],
        applicationType: '',
        toPlaces: [...(facts.toPlaces ?? ['Như trên', 'Lưu: VT'])],
      },
      trace: [{ organId: from.code, timestamp: `${day} 08:00:00` }],
      business: { ...newDocumentBusiness, ...(facts.business?.bussinessDocType === '2' ? updated : {}), ...facts.business },
    },
    (facts.files ?? [{ name: 'cong-van.pdf', bytes: emptyPage(number) }]).map((file, index) => ({
      contentId: `file-${String(index + 1)}`,
      name: file.name,
      description: file.name,
      bytes: file.bytes,
    })),
    { newUuid: randomUUID },
  );
  if (!written.ok) throw new Error(JSON.stringify(written.failure));
  return written.value;
}
