import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExportForm, ResultField, SearchFilters, SearchQuestion } from '#contract';
import type { ReadDb } from '../../store/index.ts';
import { csvOf, docxOf, shownDay, tablePdf, xlsxOf, type DocumentFonts } from '../records/index.ts';
import { entryOf, type Entry } from './entry.store.ts';
import { documentAt } from './find.store.ts';
import { findPage, type Search } from './find.ts';

type Language = 'vi' | 'en';

/** Headings as NĐ 30/2020 annex VI part II names the fields, and widths in letters. */
const columns: Readonly<Record<ResultField, { readonly vi: string; readonly en: string; readonly width: number; readonly of: (entry: Entry, language: Language) => string }>> = {
  register: { vi: 'Sổ', en: 'Register', width: 14, of: ({ register }, language) => registers[register][language] },
  arrivalNumber: { vi: 'Số đến', en: 'Arrival number', width: 9, of: ({ arrivalNumber }) => (arrivalNumber === null ? '' : String(arrivalNumber)) },
  arrivalDate: { vi: 'Ngày đến', en: 'Arrived', width: 12, of: ({ register, day }) => (register === 'incoming' ? shownDay(day) : '') },
  code: { vi: 'Số, ký hiệu', en: 'Number, notation', width: 20, of: ({ code }) => code },
  issuedDate: { vi: 'Ngày văn bản', en: 'Date of document', width: 12, of: ({ issuedDate }) => shownDay(issuedDate) },
  typeName: { vi: 'Tên loại', en: 'Kind', width: 14, of: ({ typeName }) => typeName },
  subject: { vi: 'Trích yếu nội dung', en: 'Subject', width: 60, of: ({ subject }) => subject },
  issuerName: { vi: 'Cơ quan ban hành', en: 'Issuer', width: 36, of: ({ issuerName }) => issuerName },
  signer: { vi: 'Người ký', en: 'Signer', width: 28, of: ({ texts }) => texts.signer ?? '' },
  recipients: { vi: 'Nơi nhận', en: 'Recipients', width: 36, of: ({ texts }) => texts.recipients ?? '' },
  urgency: { vi: 'Mức độ khẩn', en: 'Urgency', width: 12, of: ({ urgency }, language) => urgencies[language][urgency] ?? '' },
  dueDate: { vi: 'Hạn', en: 'Due', width: 12, of: ({ dueDate }) => shownDay(dueDate) },
  standing: { vi: 'Tình trạng', en: 'State', width: 16, of: ({ standing }, language) => standings[standing]?.[language] ?? standing },
  holder: { vi: 'Đơn vị hoặc người nhận', en: 'Unit or person', width: 30, of: ({ texts }) => texts.holder ?? '' },
  pageAmount: { vi: 'Số trang', en: 'Pages', width: 8, of: ({ pageAmount }) => (pageAmount === null ? '' : String(pageAmount)) },
  description: { vi: 'Ghi chú', en: 'Note', width: 30, of: ({ texts }) => texts.description ?? '' },
};

const registers = { incoming: { vi: 'Văn bản đến', en: 'Incoming' }, outgoing: { vi: 'Văn bản đi', en: 'Outgoing' } } as const;
const urgencies = { vi: ['Thường', 'Khẩn', 'Thượng khẩn', 'Hoả tốc', 'Hoả tốc hẹn giờ'], en: ['Normal', 'Urgent', 'Very urgent', 'Express', 'Express, timed'] } as const;
const standings: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  arrived: { vi: 'Mới đến', en: 'Arrived' },
  registered: { vi: 'Đã vào sổ', en: 'Registered' },
  presented: { vi: 'Đã trình', en: 'Presented' },
  assigned: { vi: 'Đã giao', en: 'Assigned' },
  'in-progress': { vi: 'Đang xử lý', en: 'In progress' },
  done: { vi: 'Đã xong', en: 'Done' },
  refused: { vi: 'Đã trả lại', en: 'Returned' },
  recalled: { vi: 'Đã thu hồi', en: 'Recalled' },
  replaced: { vi: 'Đã thay thế', en: 'Replaced' },
  numbered: { vi: 'Đã cấp số', en: 'Numbered' },
  sealed: { vi: 'Đã đóng dấu', en: 'Sealed' },
  issued: { vi: 'Đã phát hành', en: 'Issued' },
  voided: { vi: 'Đã huỷ', en: 'Voided' },
};

/** What is read as pages is not read by the ten thousand, and a Word file of so many rows would not open. */
const mostRows: Readonly<Record<ExportForm, number>> = { csv: 50_000, xlsx: 50_000, docx: 5000, pdf: 5000 };
const pageRows = 200;

export type Written = { readonly bytes: Uint8Array; readonly rows: number; readonly more: boolean };

export type WriteOrder = {
  readonly question: SearchQuestion;
  readonly fields: readonly ResultField[];
  readonly form: ExportForm;
  readonly language: Language;
  /** who wrote it out and when, for the lines above the table */
  readonly office: string;
  readonly by: string;
  /** `dd/MM/yyyy HH:mm` in Vietnam */
  readonly at: string;
  /** the same as an instant, for the data of a PDF */
  readonly instant: string;
  readonly fonts: () => DocumentFonts;
};

/** Writes what is found as a table, a page at a time between other work. Undefined when nothing is found. */
export async function writeFound(db: ReadDb, search: Search, order: WriteOrder): Promise<Written | undefined> {
  const chosen = order.fields.map((field) => columns[field]);
  const rows: string[][] = [];
  let after: string | null = null;
  do {
    const page = findPage(db, search, order.question.order, after, pageRows);
    for (const doc of page.docs) {
      const place = documentAt(db, doc);
      const entry = place === undefined ? undefined : entryOf(db, place.register, place.id);
      if (entry !== undefined) rows.push(chosen.map((column) => column.of(entry, order.language)));
    }
    after = page.next;
    await nextTurn();
  } while (after !== null && rows.length < mostRows[order.form]);
  if (rows.length === 0) return undefined;
  const heads = chosen.map((column) => column[order.language]);
  const vi = order.language === 'vi';
  const asked = order.question.text.trim();
  const above = [
    vi ? 'Kết quả tìm kiếm (in từ hệ thống)' : 'Search results (printed from the system)',
    order.office,
    `${vi ? 'Câu tìm' : 'Searched for'}: ${asked === '' ? '—' : asked}`,
    `${vi ? 'Bộ lọc' : 'Filters'}: ${filterWords(order.question, order.language)}`,
    `${vi ? 'Lúc' : 'At'}: ${order.at}${order.by === '' ? '' : ` · ${order.by}`} · ${String(rows.length)}`,
  ];
  const widths = chosen.map(({ width }) => width);
  const foot = `${vi ? 'In từ Hệ thống (Trạm Văn thư) lúc' : 'Printed from the system (Trạm Văn thư) at'} ${order.at}${order.by === '' ? '' : `, ${order.by}`}`;
  const write: Readonly<Record<ExportForm, () => Uint8Array | Promise<Uint8Array>>> = {
    xlsx: () => xlsxOf({ sheet: vi ? 'Kết quả' : 'Results', above, heads, widths, rows }),
    docx: () => docxOf({ above, heads, widths, rows, foot }),
    pdf: () => tablePdf({ above, heads, widths, rows, foot }, { office: order.office, at: order.instant }, order.fonts()),
    csv: () => csvOf(heads, rows, above),
  };
  return { bytes: await write[order.form](), rows: rows.length, more: after !== null };
}

const filterNames: Readonly<Record<keyof SearchFilters, { readonly vi: string; readonly en: string }>> = {
  register: { vi: 'Sổ', en: 'Register' },
  kinds: { vi: 'Tên loại', en: 'Kind' },
  standings: { vi: 'Tình trạng', en: 'State' },
  urgencies: { vi: 'Mức độ khẩn', en: 'Urgency' },
  sources: { vi: 'Nguồn', en: 'Source' },
  issued: { vi: 'Ngày văn bản', en: 'Date of document' },
  arrived: { vi: 'Ngày đến', en: 'Arrived' },
  issuer: { vi: 'Cơ quan ban hành', en: 'Issuer' },
  holder: { vi: 'Đơn vị hoặc người nhận', en: 'Unit or person' },
  due: { vi: 'Hạn', en: 'Due' },
};
const sources = { axis: { vi: 'Trục liên thông', en: 'Axis' }, file: { vi: 'Tệp', en: 'File' }, paper: { vi: 'Giấy', en: 'Paper' }, register: { vi: 'Sổ cũ', en: 'Old register' } } as const;
const dues = { soon: { vi: 'Sắp đến hạn', en: 'Due soon' }, overdue: { vi: 'Quá hạn', en: 'Overdue' } } as const;

/** The filters as they were set, so that the same list can be made again. */
function filterWords({ filters }: SearchQuestion, language: Language): string {
  const days = ({ from, to }: SearchFilters['issued']): string => (from === null && to === null ? '' : `${shownDay(from)}–${shownDay(to)}`);
  const values: Readonly<Record<keyof SearchFilters, string>> = {
    register: filters.register === null ? '' : registers[filters.register][language],
    kinds: filters.kinds.join(', '),
    standings: filters.standings.map((one) => standings[one]?.[language] ?? one).join(', '),
    urgencies: filters.urgencies.map((one) => urgencies[language][one] ?? '').join(', '),
    sources: filters.sources.map((one) => sources[one][language]).join(', '),
    issued: days(filters.issued),
    arrived: days(filters.arrived),
    issuer: filters.issuer,
    holder: filters.holder,
    due: filters.due === null ? '' : dues[filters.due][language],
  };
  const names = Object.keys(filterNames) as (keyof SearchFilters)[];
  const words = names.flatMap((name) => (values[name] === '' ? [] : [`${filterNames[name][language]}: ${values[name]}`]));
  return words.length === 0 ? '—' : words.join('; ');
}
