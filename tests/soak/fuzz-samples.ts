import type { DocumentToWrite } from '../../electron/services/exchange/edxml/model.ts';
import { newDocumentBusiness } from '../../electron/services/exchange/edxml/model.ts';
import { writeDocument, writeStatus } from '../../electron/services/exchange/edxml/write.ts';
import { zipOne } from '../../electron/services/exchange/edxml/zip.ts';
import { documentText, namespace, sampleDocument, sampleStatus, valueOf } from '../unit/exchange/edxml-samples.ts';

const newUuid = (): string => '00000000-0000-4000-8000-000000000001';
const docx = Buffer.from('504b030414000600080000002100', 'hex');

const files = [
  { contentId: 'f1', name: '7816.signed.pdf', description: 'Văn bản', bytes: Buffer.from('%PDF-1.7\n…') },
  { contentId: 'f2', name: 'bảng kê.xlsx', description: '', bytes: zipOne('xl/workbook.xml', Buffer.from('<a/>')) },
  { contentId: 'f3', name: 'ghi chú.txt', description: 'chữ', bytes: Buffer.from('nội dung '.repeat(40)) },
  { contentId: 'f4', name: 'dự thảo.docx', description: '', bytes: docx },
];

function written(document: DocumentToWrite, count: number, order: 'vnpt' | 'qcvn' = 'vnpt'): Buffer {
  return Buffer.from(valueOf(writeDocument(document, files.slice(0, count), { newUuid, order })));
}

const business = {
  ...newDocumentBusiness,
  bussinessDocType: '3' as const,
  bussinessDocReason: 'thay thế',
  documentInfo: { documentInfo: '1', documentReceiver: '0', receivers: [{ organId: 'G01', receiverType: '1' }] },
  replacements: [{ documentId: 'G22,2026/11/01,1/VPCP', organIds: ['G12', 'G01'] }],
};

const netForm = documentText({
  before: '<?xml version="1.0" encoding="utf-8"?>',
  trace:
    '<TraceHeaderList id="x" version="1.0" mustUnderstand="1" actor="a"><TraceHeader><OrganId>G22</OrganId>' +
    '<Timestamp>2026/11/20 01:02:03</Timestamp></TraceHeader><TraceHeader><Timestamp>2026/11/20 01:02:04</Timestamp>' +
    '</TraceHeader><Bussiness><BussinessDocType>0</BussinessDocType><Paper>0</Paper></Bussiness></TraceHeaderList>' +
    '<DigitalSignature/>',
  manifest:
    '<Reference xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="cid:a1"><ContentId>a1</ContentId></Reference>',
  attachments:
    '<Attachment><AttachmentName>a.bin</AttachmentName><FieldName>f</FieldName><ContentTransferEncoded>\r\nQUJD\r\nREVG&#xD;\nRw==' +
    '</ContentTransferEncoded><ContentId>cid:a1</ContentId></Attachment>',
});

/** What mutations begin with: every kind of message, in the forms that circulate. */
export const fuzzSamples: readonly Buffer[] = [
  written(sampleDocument, 0),
  written(sampleDocument, 1),
  written(sampleDocument, 4),
  written({ ...sampleDocument, business }, 2, 'qcvn'),
  Buffer.from(valueOf(writeStatus(sampleStatus))),
  Buffer.from(netForm),
  Buffer.from(documentText({}).replaceAll(/<(\/?)(?=[A-Za-z])/g, '<$1q:').replace('xmlns=', 'xmlns:q=')),
  Buffer.from(`<edXML xmlns="${namespace}"><edXMLEnvelope><edXMLHeader><Status><From><OrganId>G12</OrganId></From><ResponseFor>` +
    '<DocumentId>d</DocumentId></ResponseFor><StatusCode>14</StatusCode></Status></edXMLHeader></edXMLEnvelope></edXML>'),
];

/** Bytes that expand beyond what the fuzz allows, honestly and with a wrong word about it; archives with hostile names. */
export function hostileZips(limit: number): readonly Buffer[] {
  const bomb = Buffer.from(zipOne('u.txt', Buffer.alloc(limit + 1)));
  const lying = Buffer.from(bomb);
  const central = lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  lying.writeUInt32LE(10, central + 24);
  const inner = zipOne('u.txt', bomb);
  const names = ['../../../../tmp/x.txt', '/etc/cron.d/x', 'C:\\x.txt', '..', '.', '', 'a\u0000.txt', 'nul', '-rf'];
  const named = names.map((name) => Buffer.from(zipOne(name, Buffer.from('nội dung'))));
  return [bomb, lying, Buffer.from(inner), ...named];
}
