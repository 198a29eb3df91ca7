import { createHash } from 'node:crypto';
import type { CapturedVerdict, DossierFields, MediaFields, PackageContent, PackageDocument, PackageFile, PackageForm, PictureFields, SchemaFile, TextFields } from '../../../electron/services/packages/index.ts';

export const created = '2026-11-22T02:30:00.073Z';

/** Originals in memory, by digest. */
export type Originals = { readonly bytes: Map<string, Buffer>; readonly file: (bytes: Uint8Array, name: string, mediaType?: string) => PackageFile; readonly open: (sha256: string) => Iterable<Uint8Array> };

export function originals(): Originals {
  const bytes = new Map<string, Buffer>();
  return {
    bytes,
    file: (content, name, mediaType = 'application/pdf') => {
      const sha256 = createHash('sha256').update(content).digest('hex');
      bytes.set(sha256, Buffer.from(content));
      return { sha256, size: content.length, name, mediaType, createdAt: '2025-03-04T01:02:03.000Z', verdict: null };
    },
    open: (sha256) => {
      const found = bytes.get(sha256);
      if (found === undefined) throw new Error('no such original');
      return piecesOf(found);
    },
  };
}

function* piecesOf(bytes: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 64 * 1024) yield bytes.subarray(at, at + 64 * 1024);
}

/** Bytes that look like a PDF and say that they are PDF/A. */
function pdfBytes(text: string, declared = ''): Buffer {
  const xmp = declared === '' ? '' : `<rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="${declared.slice(0, 1)}" pdfaid:conformance="${declared.slice(1)}"/>`;
  return Buffer.from(`%PDF-1.7\n% ${text}\n${xmp}\n%%EOF\n`, 'utf8');
}

export const dossier: DossierFields = {
  kind: 'hoso',
  fileCode: 'G09.2025.01.TCCB',
  title: 'Tập quyết định nhân sự năm 2025 <mật> & "khác"',
  maintenance: '01',
  mode: '01',
  languages: ['01', '02'],
  startDate: '2025-01-06',
  endDate: '2025-12-30',
  keyword: 'nhân sự',
  numberOfPaper: null,
  numberOfPage: 12,
  format: '',
  inforSign: '',
  confidenceLevel: '01',
  paperFileCode: '',
  riskRecovery: false,
  riskRecoveryStatus: '',
  description: 'Người lập: Trần Thị Văn Thư',
};

export function text(ordinal: number, more: Partial<TextFields> = {}): TextFields {
  return {
    kind: 'doc',
    docId: `000.G09.${String(ordinal)}`,
    docCode: `G09.2025.01.TCCB.${String(ordinal).padStart(7, '0')}`,
    maintenance: '',
    typeName: '02',
    codeNumber: String(ordinal),
    codeNotation: 'QĐ-BNV',
    issuedDate: '2025-03-04',
    organName: 'Bộ Nội vụ',
    subject: `Về việc bổ nhiệm cán bộ số ${String(ordinal)}`,
    languages: ['01'],
    numberOfPage: 2,
    inforSign: '',
    keyword: '',
    mode: '01',
    confidenceLevel: '01',
    autograph: '',
    format: '',
    riskRecovery: false,
    riskRecoveryStatus: '',
    description: '',
    ...more,
  };
}

const picture: PictureFields = {
  kind: 'pic',
  docCode: 'G09.2025.01.TCCB.0000003',
  maintenance: '',
  typePic: '02',
  archivesNumber: '',
  inforSign: '',
  eventName: 'Lễ công bố quyết định',
  imageTitle: 'Bộ trưởng trao quyết định',
  photographer: 'Lê Văn Ảnh',
  photoPlace: 'Hà Nội',
  photoTime: '2025-03-05',
  colour: '01',
  filmSize: '',
  docAttached: false,
  mode: '01',
  format: '',
  riskRecovery: true,
  riskRecoveryStatus: '02',
  description: '',
};

const film: MediaFields = {
  kind: 'media',
  docCode: 'G09.2025.01.TCCB.0000004',
  maintenance: '',
  typeMedia: '02',
  archivesNumber: '',
  inforSign: '',
  eventName: 'Lễ công bố quyết định',
  movieTitle: 'Toàn cảnh buổi lễ',
  recorder: '',
  recordPlace: 'Hà Nội',
  recordDate: '2025-03-05',
  languages: ['01'],
  playTime: '00:12:30',
  docAttached: false,
  mode: '01',
  quality: '',
  format: '',
  riskRecovery: false,
  riskRecoveryStatus: '',
  description: '',
};

const verdict: CapturedVerdict = {
  judgedAt: '2026-11-21T08:00:00.000Z',
  indication: 'indeterminate',
  signatures: [{ signer: 'Nguyễn Văn Ký', organisation: 'Bộ Nội vụ', signedAt: '2025-03-04T09:00:00+07:00', indication: 'indeterminate', subIndication: 'OUT_OF_BOUNDS_NO_POE', reasons: ['certificate-expired-no-proof'], level: 'PAdES-B-B' }],
};

/** A small dossier with one of everything: attachments, a trace, a picture, a film, a link where the form allows it. */
export function smallContent(form: PackageForm, store: Originals): PackageContent {
  const documents: PackageDocument[] = [
    {
      fields: text(1),
      content: { kind: 'file', file: { ...store.file(pdfBytes('một', '2B'), 'Quyết định 01.pdf'), verdict } },
      attachments: [store.file(pdfBytes('phụ lục'), 'Phụ lục I.pdf'), store.file(Buffer.from('a,b\r\n'), 'số liệu.CSV', 'text/csv')],
      trace: [
        { at: '2025-03-04T02:00:00.000Z', actor: 'Trần Thị Văn Thư', role: 'clerk', act: 'Đăng ký văn bản đi', detail: 'số 01', auditHash: 'ab'.repeat(32) },
        { at: '2025-03-04T03:00:00.000Z', actor: 'Lê Lãnh Đạo', role: 'leader', act: '=Ký số', detail: 'hai dòng\nvà "ngoặc"', auditHash: '' },
      ],
    },
    { fields: text(2), content: { kind: 'file', file: store.file(pdfBytes('hai'), 'Quyết định 01.pdf') }, attachments: [], trace: null },
    { fields: picture, content: { kind: 'file', file: store.file(Buffer.from('\xff\xd8 ảnh', 'latin1'), 'ảnh.jpeg', 'image/jpeg') }, attachments: [], trace: null },
    { fields: film, content: { kind: 'file', file: store.file(Buffer.alloc(200_000, 'film'), 'phim.mp4', 'video/mpeg') }, attachments: [], trace: null },
  ];
  const head = headOf(form);
  const isArchival = form.startsWith('AIP') || form === 'DIP';
  if (form === 'SIP_hoso' || form === 'AIP_hoso') {
    documents.push({ fields: text(5), content: { kind: 'link', link: { name: 'Đã nộp.pdf', reference: '000.G09.77' } }, attachments: [], trace: null });
  }
  return {
    form,
    uuid: '7D0D1987-0F1C-47A7-8FD6-CC5C7DE4064F',
    createdAt: created,
    recordStatus: 'NEW',
    software: { name: 'Trạm Văn thư', version: '0.1.0' },
    sender: { name: 'Bộ Nội vụ', code: 'G09' },
    archive: isArchival ? { name: 'Trung tâm Lưu trữ quốc gia III', code: 'LTQG3' } : null,
    agreement: 'NL.BNV.2026.01',
    batchOrdinal: 3,
    head,
    // Without a dossier there is no term to take over.
    documents: documents.map((one) => ({ ...one, fields: { ...one.fields, maintenance: head.kind === 'hoso' ? '' : '01' } })),
    events: form.startsWith('AIP') ? [{ type: 'transfer', at: '2026-01-02T03:04:05.000Z', outcome: 'success', note: 'Số hóa 24 bit, 200 dpi' }] : [],
  };
}

function headOf(form: PackageForm): PackageContent['head'] {
  if (form === 'DIP') return { kind: 'request', requestID: 'YC.2026.11', requestDate: '2026-11-20', purpose: '02', purposeContent: 'Công vụ', feeObjectType: '10', researchTopic: '', description: '' };
  if (form === 'SIP_tailieu' || form === 'AIP_tailieu') return { kind: 'tailieu', fileCode: 'G09.2025.01.0000001', title: 'Văn bản đi năm 2025', source: '0', description: '' };
  return dossier;
}

/** Schemas to go along; what stands in them is another test's matter. */
export const stubSchemas: readonly SchemaFile[] = ['METS.xsd', 'EAD.xsd', 'EAD_doc.xsd', 'EAD_media.xsd', 'EAD_pic.xsd'].map((name) => ({
  name,
  text: '<?xml version="1.0" encoding="UTF-8"?>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>\n',
}));
