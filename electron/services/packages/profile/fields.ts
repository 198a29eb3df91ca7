import type { CodeList } from './codes.ts';

/**
 * One element of a `simpledc` file. `need`: `required` refuses the package when empty; `digitised` when confidenceLevel is 02;
 * `recovery` when riskRecovery is 1; `optional` is "(nếu có)" and notes. Elements are written even when empty: the printed
 * schemas make none of them optional.
 */
export type Field = {
  readonly name: string;
  /** as the circular calls it */
  readonly label: string;
  readonly type: 'string' | 'number' | 'date' | 'code';
  /** characters */
  readonly length: number;
  readonly need: 'required' | 'optional' | 'digitised' | 'recovery';
  readonly codes?: CodeList;
  /** several codes, joined by the profile's separator */
  readonly many?: true;
};

type More = Partial<Pick<Field, 'codes' | 'many' | 'type'>>;
const required = (name: string, label: string, length: number, more: More = {}): Field => ({ name, label, type: more.codes === undefined ? 'string' : 'code', length, need: 'required', ...more });
const optional = (name: string, label: string, length: number, more: More = {}): Field => ({ ...required(name, label, length, more), need: 'optional' });
const number = { type: 'number' } as const;
const date = { type: 'date' } as const;

const maintenance = required('maintenance', 'Thời hạn lưu trữ', 100, { codes: 'maintenance' });
const mode = (length: number): Field => required('mode', 'Chế độ sử dụng', length, { codes: 'mode' });
const language = required('language', 'Ngôn ngữ', 100, { codes: 'language', many: true });
const keyword = optional('keyword', 'Từ khóa', 100);
const format = optional('format', 'Tình trạng vật lý', 50, { codes: 'format' });
const inforSign = optional('inforSign', 'Ký hiệu thông tin', 30);
const riskRecovery = [
  required('riskRecovery', 'Chế độ dự phòng', 1, { codes: 'flag' }),
  { ...optional('riskRecoveryStatus', 'Tình trạng dự phòng', 2, { codes: 'riskRecoveryStatus' }), need: 'recovery' },
] as const satisfies readonly Field[];
const description = (length: number): Field => optional('description', 'Ghi chú', length);
const title = (label: string): Field => required('title', label, 1000);
const totalDoc = (label: string): Field => required('totalDoc', label, 10, number);
const digitised = (field: Field): Field => ({ ...field, need: 'digitised' });

// Order of the printed XML (PL I.II.2.a, PL III.II.2.a). `numberOfPaper` stands in the XML and the schema, not in the table of PL III.
const dossier = (code: Field): readonly Field[] => [
  code,
  title('Tiêu đề hồ sơ'),
  maintenance,
  mode(30),
  language,
  required('startDate', 'Thời gian bắt đầu', 10, date),
  required('endDate', 'Thời gian kết thúc', 10, date),
  keyword,
  totalDoc('Tổng số tài liệu trong hồ sơ'),
  digitised(optional('numberOfPaper', 'Số lượng tờ', 10, number)),
  optional('numberOfPage', 'Số lượng trang', 10, number),
  format,
  inforSign,
  required('confidenceLevel', 'Mức độ tin cậy', 40, { codes: 'confidenceLevel' }),
  digitised(optional('paperFileCode', 'Mã hồ sơ gốc giấy', 100)),
  ...riskRecovery,
  description(2000),
];

// `process` stands before riskRecovery in the printed XML, and last but one in the table of PL III; the XML is followed.
const text = (code: Field): readonly Field[] => [
  required('docId', 'Mã định danh tài liệu', 25),
  code,
  maintenance,
  required('typeName', 'Tên loại tài liệu', 10, { codes: 'typeName' }),
  optional('codeNumber', 'Số của tài liệu', 11),
  optional('codeNotation', 'Ký hiệu của tài liệu', 30),
  required('issuedDate', 'Ngày, tháng, năm tài liệu', 10, date),
  required('organName', 'Tên cơ quan, tổ chức, cá nhân ban hành tài liệu', 200),
  required('subject', 'Trích yếu nội dung', 500),
  language,
  optional('numberOfPage', 'Số lượng trang', 4, number),
  inforSign,
  keyword,
  mode(20),
  optional('confidenceLevel', 'Mức độ tin cậy', 30, { codes: 'confidenceLevel' }),
  optional('autograph', 'Bút tích', 2000),
  format,
  required('process', 'Quy trình xử lý', 1, { codes: 'flag' }),
  ...riskRecovery,
  description(500),
];

const picture = (code: Field): readonly Field[] => [
  code,
  maintenance,
  required('typePic', 'Phân loại (âm bản, ảnh)', 2, { codes: 'typePic' }),
  optional('archivesNumber', 'Số lưu trữ (đặc thù)', 50),
  inforSign,
  required('eventName', 'Tên sự kiện', 500),
  required('imageTitle', 'Tiêu đề phim, ảnh', 500),
  optional('photographer', 'Tác giả', 300),
  optional('photoPlace', 'Địa điểm chụp', 300),
  optional('photoTime', 'Thời gian chụp', 10, date),
  required('colour', 'Màu sắc', 50, { codes: 'colour' }),
  optional('filmSize', 'Cỡ phim, ảnh', 30),
  required('docAttached', 'Tài liệu đi kèm', 1, { codes: 'flag' }),
  mode(20),
  format,
  ...riskRecovery,
  description(500),
];

const media = (code: Field): readonly Field[] => [
  code,
  maintenance,
  required('typeMedia', 'Phân loại (âm thanh, video)', 2, { codes: 'typeMedia' }),
  optional('archivesNumber', 'Số lưu trữ (đặc thù)', 50),
  inforSign,
  required('eventName', 'Tên sự kiện', 500),
  required('movieTitle', 'Tiêu đề phim, âm thanh', 500),
  optional('recorder', 'Tác giả', 300),
  optional('recordPlace', 'Địa điểm', 300),
  optional('recordDate', 'Thời gian', 10, date),
  language,
  required('playTime', 'Thời lượng', 8),
  required('docAttached', 'Tài liệu đi kèm', 1, { codes: 'flag' }),
  mode(20),
  optional('quality', 'Chất lượng', 50),
  format,
  ...riskRecovery,
  description(500),
];

const fileCode = required('fileCode', 'Mã hồ sơ', 100);
const arcFileCode = required('arcFileCode', 'Mã hồ sơ lưu trữ', 100);
const docCode = required('docCode', 'Mã lưu trữ của tài liệu', 100);
const arcDocCode = required('arcDocCode', 'Mã lưu trữ tài liệu', 100);
const source = (length: number): Field => required('source', 'Nguồn gốc', length, { codes: 'source' });

/** The `simpledc` files of one form: of the package, and of a document by its kind. */
export type FieldTables = {
  readonly head: readonly Field[];
  readonly doc: readonly Field[];
  readonly pic: readonly Field[];
  readonly media: readonly Field[];
};

const submitted = { doc: text(docCode), pic: picture(docCode), media: media(docCode) };
const archived = { doc: text(arcDocCode), pic: picture(arcDocCode), media: media(arcDocCode) };

/** Fields by appendix, in the order in which they are written. */
export const fieldTables = {
  /** PL III.II.2 */
  SIP_hoso: { head: dossier(fileCode), ...submitted },
  /** PL IV.II.2 */
  SIP_tailieu: { head: [{ ...fileCode, label: 'Mã gói tin' }, title('Tiêu đề gói tin'), source(1), totalDoc('Tổng số tài liệu trong gói tin'), description(2000)], ...submitted },
  /** PL I.II.2 */
  AIP_hoso: { head: dossier(arcFileCode), ...archived },
  /** PL II.II.2 */
  AIP_tailieu: { head: [{ ...arcFileCode, label: 'Mã gói tin lưu trữ' }, title('Tiêu đề gói tin'), source(100), description(2000)], ...archived },
  /** PL V.3.2 */
  DIP: {
    head: [
      required('requestID', 'Mã yêu cầu khai thác', 100),
      required('requestDate', 'Ngày yêu cầu', 10, date),
      required('purpose', 'Mục đích', 100, { codes: 'purpose' }),
      optional('purposeContent', 'Nội dung mục đích', 500),
      optional('feeObjectType', 'Đối tượng', 100, { codes: 'feeObjectType' }),
      optional('researchTopic', 'Chủ đề nghiên cứu', 250),
      description(2000),
    ],
    ...archived,
  },
} as const satisfies Readonly<Record<string, FieldTables>>;
