import type { Outcome } from '#contract';
import type { EdxmlMessage, EdxmlReadCode } from '../../../electron/services/exchange/edxml/model.ts';
import {
  emptyAgency,
  emptyStaff,
  newDocumentBusiness,
  type DocumentToWrite,
  type StatusToWrite,
} from '../../../electron/services/exchange/edxml/model.ts';
import type { ReadLimits } from '../../../electron/services/exchange/edxml/parser.ts';
import { readEdxml } from '../../../electron/services/exchange/edxml/read.ts';

export const namespace = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';

export type ReadBack = {
  readonly outcome: Outcome<EdxmlMessage, EdxmlReadCode>;
  readonly files: readonly { readonly bytes: Buffer; readonly name: string; readonly closed: boolean; readonly aborted: boolean }[];
};

/** Reads a message that arrives in pieces of `pieceBytes`, keeping the attachments in memory. */
export async function readBack(
  bytes: Uint8Array | string,
  pieceBytes = 1000,
  limits: Partial<ReadLimits> = {},
): Promise<ReadBack> {
  const whole = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
  const files: { bytes: Buffer; name: string; closed: boolean; aborted: boolean }[] = [];
  async function* pieces(): AsyncIterable<Uint8Array> {
    for (let at = 0; at < whole.length; at += pieceBytes) yield await Promise.resolve(whole.subarray(at, at + pieceBytes));
  }
  const outcome = await readEdxml(
    pieces(),
    ({ index, name }) => {
      const file = { bytes: Buffer.alloc(0), name, closed: false, aborted: false };
      files[index] = file;
      return {
        write: async (part) => {
          await Promise.resolve();
          file.bytes = Buffer.concat([file.bytes, part]);
        },
        close: async () => {
          await Promise.resolve();
          file.closed = true;
        },
        abort: async () => {
          await Promise.resolve();
          file.aborted = true;
        },
      };
    },
    limits,
  );
  return { outcome, files };
}

/** The value of a good outcome; a bad one fails the test with its code. */
export function valueOf<T>(outcome: Outcome<T, string>): T {
  if (!outcome.ok) throw new Error(`unexpected failure ${JSON.stringify(outcome.failure)}`);
  return outcome.value;
}

export function documentOf(message: Outcome<EdxmlMessage, EdxmlReadCode>): EdxmlMessage & { kind: 'document' } {
  const value = valueOf(message);
  if (value.kind !== 'document') throw new Error('a document was expected');
  return value;
}

export function statusOf(message: Outcome<EdxmlMessage, EdxmlReadCode>): EdxmlMessage & { kind: 'status' } {
  const value = valueOf(message);
  if (value.kind !== 'status') throw new Error('a status was expected');
  return value;
}

/** A failure as code and element, for short comparisons. */
export function failureOf(outcome: Outcome<unknown, string>): readonly [code: string, element: unknown, value: unknown] {
  if (outcome.ok) return ['ok', undefined, undefined];
  return [outcome.failure.code, outcome.failure.params?.['element'], outcome.failure.params?.['value']];
}

export const sampleDocument: DocumentToWrite = {
  header: {
    from: { ...emptyAgency, organId: 'G22', organName: 'Văn phòng Chính phủ', email: 'vanthu@chinhphu.example' },
    to: [
      { ...emptyAgency, organId: 'G12', organName: 'Bộ Tài chính' },
      { ...emptyAgency, organId: '000.00.00.G12', organName: 'Bộ Tài chính', organizationInCharge: 'TLTVBQG_CDMDD_QD20' },
    ],
    documentId: 'G22,2026/11/20,7816/VPCP-TTĐT',
    code: { codeNumber: '7816', codeNotation: 'VPCP-TTĐT' },
    promulgationInfo: { place: 'Hà Nội', promulgationDate: '2026/11/20' },
    documentType: { type: '1', typeDetail: '0', typeName: 'Công văn' },
    subject: 'V/v kết nối <Trục liên thông> & "gửi, nhận" văn bản',
    content: '',
    signerInfo: { competence: 'KT. BỘ TRƯỞNG, CHỦ NHIỆM', position: 'PHÓ CHỦ NHIỆM', fullName: 'Nguyễn Văn Mẫu' },
    dueDate: '2026/11/30',
    otherInfo: {
      priority: '1',
      sphereOfPromulgation: '',
      typerNotation: 'NVM',
      promulgationAmount: '5',
      pageAmount: '2',
      replyFors: '',
      referenceCodes: '',
      direction: 'false',
      appendixes: ['Phụ lục I', 'Phụ lục II'],
    },
    responseFor: [
      { organId: 'G12', code: '267/BTC-VP', promulgationDate: '2026/11/01', documentId: 'G12,2026/11/01,267/BTC-VP' },
    ],
    steeringType: '1',
    responseForTask: [],
    applicationType: '',
    toPlaces: ['Như trên', 'Lưu: VT, TTĐT (2).'],
  },
  trace: [{ organId: 'G22', timestamp: '2026/11/20 09:15:00' }],
  business: { ...newDocumentBusiness, staff: { ...emptyStaff, department: 'Phòng Văn thư', staff: 'Trần Thị Thử' } },
};

export const sampleStatus: StatusToWrite = {
  from: { ...emptyAgency, organId: 'G12', organName: 'Bộ Tài chính' },
  responseFor: {
    organId: 'G22',
    code: '7816/VPCP-TTĐT',
    promulgationDate: '2026/11/20',
    documentId: 'G22,2026/11/20,7816/VPCP-TTĐT',
  },
  staff: { ...emptyStaff, department: 'Văn thư', staff: 'Lê Thị Văn Thư', mobile: '0900000000' },
  statusCode: '02',
  description: 'Gửi nhầm nơi nhận',
  timestamp: '2026/11/20 10:00:00',
};

/** A message put together from texts, for variants that no writer of ours makes. */
export function documentText(parts: {
  readonly message?: string;
  readonly trace?: string;
  readonly manifest?: string;
  readonly attachments?: string;
  readonly before?: string;
  readonly header?: string;
}): string {
  const message =
    parts.message ??
    '<OrganIdDummy/>' +
      '<From><OrganId>H37.02</OrganId><OrganName>Sở Thử</OrganName></From><To><OrganId>G12</OrganId></To>' +
      '<Code><CodeNumber>15</CodeNumber><CodeNotation>ST-VP</CodeNotation></Code>' +
      '<PromulgationInfo><PromulgationDate>2026/11/20</PromulgationDate></PromulgationInfo>' +
      '<DocumentType><TypeName>Công văn</TypeName></DocumentType><Subject>thử</Subject><DocumentId>x1</DocumentId>';
  return (
    `${parts.before ?? ''}<edXML xmlns="${namespace}"><edXMLEnvelope><edXMLHeader>` +
    (parts.header ?? `<MessageHeader>${message}</MessageHeader>${parts.trace ?? ''}`) +
    `</edXMLHeader><edXMLBody><edXMLManifest version="1.0">${parts.manifest ?? ''}</edXMLManifest></edXMLBody>` +
    `</edXMLEnvelope><AttachmentEncoded>${parts.attachments ?? ''}</AttachmentEncoded></edXML>`
  );
}

