import { documentIdOf, documentXml, statusXml, textIn, vietnamTime, type SampleDocument } from '../edxml-sample.ts';
import { reported, rule, verdict, type Rule } from '../rule.ts';
import { oneEntryZip } from '../zip-sample.ts';
import { codeOf, type ClientCase, type Stage } from './stage.ts';

/** Forms that circulate, and that a reader must take all of (axis.md §2.2–2.5, §6). */
const readable: readonly (readonly [Rule, Partial<SampleDocument>])[] = [
  [rule('c-reads-vnpt-order', '§2.2', 'M', 'Đọc được thứ tự phần tử của VNPT', "Reads VNPT's order of elements"), { order: 'vnpt' }],
  [rule('c-reads-qcvn-order', '§2.2', 'S', 'Đọc được thứ tự đánh số của quy chuẩn', "Reads the regulation's order of elements"), { order: 'qcvn' }],
  [rule('c-reads-unprefixed', '§6', 'S', 'Đọc được thư không có tiền tố edXML:', 'Reads a message without the prefix edXML:'), { prefix: '' }],
  [rule('c-reads-other-prefix', '§6', 'I', 'Đọc được thư với tiền tố khác', 'Reads a message with another prefix'), { prefix: 'vb:' }],
  [rule('c-reads-empty-response-for', '§2.1', 'S', 'Đọc được ResponseFor rỗng', 'Reads an empty ResponseFor'), { emptyResponseFor: true }],
  [rule('c-reads-hop-without-organ', '§2.3', 'M', 'Đọc được TraceHeader không có OrganId', 'Reads a TraceHeader without OrganId'), { hopWithoutOrgan: true }],
  [rule('c-reads-cid-one-side', '§2.5', 'M', 'Ghép tệp khi chỉ một bên ghi cid:', 'Joins files when only one side writes cid:'), { cidOnOneSide: true }],
];

/** Taken in, and its sender told of just this document. */
async function takenIn({ axis, sample, put, settle, statuses }: Stage, more: Partial<SampleDocument>): Promise<{ readonly holds: boolean; readonly words: string }> {
  const document = sample(more);
  const docId = put(document);
  await settle([docId]);
  const [receipt] = statuses(document);
  const code = receipt === undefined ? '' : textIn(receipt.xml, 'ResponseFor', 'Code');
  const words = `${axis.said(docId).join(', ') || 'nothing'}${receipt === undefined ? ', no status' : `, ${receipt.code} about "${code}"`}`;
  return { holds: axis.said(docId).at(-1) === 'done' && code === codeOf(document), words };
}

const packed: readonly (readonly [Rule, { readonly name: string; readonly inside: Uint8Array; readonly entry: string; readonly contentType: string }])[] = [
  [
    rule('c-zip-read-text', '§2.6', 'M', 'Tệp .txt bọc ZIP một mục được mở ra', 'A .txt wrapped in a one-entry ZIP is taken out'),
    { name: 'ghi-chu.txt', inside: Buffer.from('Ghi chú của văn bản'), entry: '5f0c.txt', contentType: 'application/zip' },
  ],
  [
    rule('c-zip-read-workbook', '§2.6', 'M', 'Tệp .xlsx bọc ZIP được mở ra một lần, không hơn', 'A wrapped .xlsx is taken out once and no further'),
    { name: 'bang.xlsx', inside: oneEntryZip('xl/workbook.xml', Buffer.from('<workbook/>')), entry: '5f0d.xlsx', contentType: 'application/zip' },
  ],
  [
    rule('c-zip-read-mislabelled', '§2.6', 'S', 'PDF bọc ZIP mà ghi application/pdf vẫn được mở ra', 'A wrapped PDF labelled application/pdf is taken out all the same'),
    { name: 'cong-van.pdf', inside: Buffer.from('%PDF-1.4 bên trong'), entry: '5f0e.pdf', contentType: 'application/pdf' },
  ],
];

/** Rules about reading (axis.md §2). */
export const readCases: readonly ClientCase[] = [
  ...readable.map(([about, more]): ClientCase => ({
    rule: about,
    async play(stage) {
      const { holds, words } = await takenIn(stage, more);
      return verdict(holds, words);
    },
  })),
  {
    rule: rule('c-reads-junk-before', '§6', 'NF', 'Ký tự lạ trước khai báo XML (chỉ ghi nhận)', 'Stray characters before the XML declaration (only reported)'),
    play: async (stage) => reported((await takenIn(stage, { junk: '123\n' })).words),
  },
  ...packed.map(([about, { name, inside, entry, contentType }]): ClientCase => ({
    rule: about,
    async play({ client, sample, put, settle }) {
      const document = sample({ files: [{ name, contentType, bytes: oneEntryZip(entry, inside) }] });
      await client.held(codeOf(document));
      await settle([put(document)]);
      const [held] = await client.held(codeOf(document));
      const file = held?.files[0];
      const whole = file !== undefined && Buffer.from(file.bytes).equals(inside);
      return verdict(whole && file.name === name, file === undefined ? 'no file' : `${file.name}, ${String(file.bytes.length)} of ${String(inside.length)} byte`);
    },
  })),
  {
    rule: rule('c-zip-kept', '§2.6', 'M', 'Tệp .docx thật và .zip để nguyên', 'A real .docx and a .zip are left alone'),
    async play({ client, sample, put, settle }) {
      const files = ['to-trinh.docx', 'ho-so.zip'].map((name) => ({ name, contentType: 'application/zip', bytes: oneEntryZip('word/document.xml', Buffer.from(name)) }));
      const document = sample({ files });
      await client.held(codeOf(document));
      await settle([put(document)]);
      const held = (await client.held(codeOf(document)))[0]?.files ?? [];
      const same = files.filter((file, index) => Buffer.from(held[index]?.bytes ?? []).equals(file.bytes));
      return verdict(same.length === files.length, `${String(same.length)} of ${String(files.length)} unchanged`);
    },
  },
  {
    rule: rule('c-reads-status-element', '§2.8', 'S', 'Đọc được trạng thái ghi Status thay cho MessageHeader', 'Reads a status that says Status instead of MessageHeader'),
    async play({ axis, client, partner, sample, settle }) {
      const about = sample({ from: client.agency, to: [partner] });
      const bytes = statusXml({
        from: partner,
        to: client.agency.code,
        documentId: documentIdOf(about),
        code: codeOf(about),
        date: about.date,
        statusCode: '01',
        description: 'Đã đến',
        at: vietnamTime(new Date()),
        element: 'Status',
      });
      const docId = axis.put('status', partner.code, client.agency.code, bytes);
      await settle([docId]);
      return verdict(axis.said(docId).at(-1) === 'done', axis.said(docId).join(', ') || 'nothing');
    },
  },
  {
    rule: rule('c-reads-bytes', '§2.5', 'M', 'Tệp nhận được đúng từng byte', 'A file comes in byte by byte'),
    async play({ client, sample, put, settle }) {
      const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7 + (at >> 8)) % 256));
      const document = sample({ files: [{ name: 'quét.pdf', contentType: 'application/pdf', bytes }] });
      await client.held(codeOf(document));
      const docId = put(document);
      await settle([docId]);
      const file = (await client.held(codeOf(document)))[0]?.files[0];
      return verdict(file !== undefined && Buffer.from(file.bytes).equals(bytes), `${String(file?.bytes.length ?? 0)} of ${String(documentXml(document).length)} byte of message`);
    },
  },
];
