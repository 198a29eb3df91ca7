import { textIn } from '../edxml-sample.ts';
import { rule } from '../rule.ts';
import { onlyEntryOf } from '../zip-sample.ts';
import type { Recorded } from './scripted-axis.ts';
import type { WatchRule } from './watch-rules.ts';

const namespace = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';

function xmlOf({ body }: Recorded): string {
  return Buffer.from(body).toString('utf8');
}

const isSent = (call: Recorded): boolean => call.verb === 'sendEdoc';
const isStatus = (call: Recorded): boolean => isSent(call) && call.headers['xroadvnpt-messagetype'] === 'status';
const isDocument = (call: Recorded): boolean => isSent(call) && call.headers['xroadvnpt-messagetype'] === 'edoc';
/** A recall, for one, may come without files. */
const hasFiles = (call: Recorded): boolean => isDocument(call) && /<(?:\w+:)?(?:Reference|Attachment)\b/.test(xmlOf(call));

/** Names of elements as they are written, prefix and all, in the order in which they begin; long content is left out. */
function tagsIn(xml: string): readonly string[] {
  return [...xml.replace(/>[A-Za-z0-9+/=\s]{200,}</g, '><').matchAll(/<([A-Za-z][\w:.-]*)/g)].map(([, name = '']) => name);
}

/** Names of the children of an element, without prefix, each once, in order. */
function childrenOf(xml: string, element: string): readonly string[] {
  const names: string[] = [];
  let depth = 0;
  const inner = new RegExp(`<(?:\\w+:)?${element}>([\\s\\S]*?)</(?:\\w+:)?${element}>`).exec(xml)?.[1] ?? '';
  for (const [, closing, name = '', alone] of inner.matchAll(/<(\/)?(?:\w+:)?([A-Za-z]\w*)[^>]*?(\/)?>/g)) {
    if (closing !== undefined) depth -= 1;
    else {
      if (depth === 0 && names.at(-1) !== name) names.push(name);
      if (alone === undefined) depth += 1;
    }
  }
  return names;
}

const vnptOrder = [
  'From', 'To', 'DocumentId', 'Code', 'PromulgationInfo', 'DocumentType', 'Subject', 'Content', 'SignerInfo', 'DueDate', 'OtherInfo',
  'ResponseFor', 'SteeringType', 'ResponseForTask', 'ApplicationType', 'ToPlaces',
];
const qcvnOrder = [
  'From', 'To', 'Code', 'PromulgationInfo', 'DocumentType', 'Subject', 'Content', 'SignerInfo', 'DueDate', 'ToPlaces', 'OtherInfo',
  'ResponseFor', 'SteeringType', 'DocumentId',
];

function follows(names: readonly string[], order: readonly string[]): boolean {
  const places = names.map((name) => order.indexOf(name));
  return places.every((place, at) => place !== -1 && (at === 0 || place > (places[at - 1] ?? -1)));
}

/** Elements outside the envelope are bare, all inside it are prefixed, `ContentTransferEncoded` too (axis.md §2.1, §2.5). */
function prefixFault(xml: string): string | null {
  if (!new RegExp(`<edXML\\s+xmlns="${namespace}"`).test(xml)) return 'root without the default namespace';
  if (!new RegExp(`<edXML:edXMLEnvelope\\s+xmlns:edXML="${namespace}"`).test(xml)) return 'envelope without xmlns:edXML';
  const bare = new Set(['edXML', 'AttachmentEncoded']);
  const end = xml.indexOf('</edXML:edXMLEnvelope>');
  const stray = tagsIn(xml.slice(0, end)).find((name) => !name.startsWith('edXML:') && !bare.has(name));
  if (stray !== undefined) return `<${stray}> without prefix`;
  const outside = tagsIn(xml.slice(end)).find((name) => name.startsWith('edXML:') !== (name === 'edXML:ContentTransferEncoded'));
  return outside === undefined ? null : `<${outside}>`;
}

/** Files of a message with their label and bytes. */
function attachmentsIn(xml: string): readonly { readonly name: string; readonly contentId: string; readonly contentType: string; readonly bytes: Uint8Array }[] {
  return [...xml.matchAll(/<Attachment>([\s\S]*?)<\/Attachment>/g)].map(([, inner = '']) => ({
    name: textIn(inner, 'AttachmentName'),
    contentId: bareId(textIn(inner, 'ContentId')),
    contentType: textIn(inner, 'ContentType'),
    bytes: Buffer.from(textIn(inner, 'ContentTransferEncoded'), 'base64'),
  }));
}

function bareId(text: string): string {
  return text.replace(/^cid:/, '');
}

function zipFault(xml: string): string | null {
  for (const { name, contentType, bytes } of attachmentsIn(xml)) {
    const extension = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
    const entry = onlyEntryOf(bytes);
    if (['pdf', 'doc', 'docx', 'zip'].includes(extension)) {
      if (contentType !== `application/${extension}`) return `${name}: ContentType ${contentType}`;
      if (extension === 'pdf' && entry !== null) return `${name}: wrapped`;
      continue;
    }
    if (contentType !== 'application/zip') return `${name}: ContentType ${contentType}`;
    if (entry === null) return `${name}: not a ZIP with one entry`;
    const wanted = extension === '' ? /^[0-9a-f-]{36}$/i : new RegExp(`^[0-9a-f-]{36}\\.${extension}$`, 'i');
    if (!wanted.test(entry.name)) return `${name}: entry "${entry.name}"`;
  }
  return null;
}

/** Rules about every message that the client sends (axis.md §2). */
export const messageRules: readonly WatchRule[] = [
  {
    rule: rule('c-message-prefixes', '§2.1', 'M', 'Tiền tố edXML: đúng mẫu: gốc không, trong phong bì có, phần tệp không', 'Prefixes as in §2.1: none at the root, edXML: in the envelope, none at the files'),
    of: isSent,
    fault: (call) => prefixFault(xmlOf(call)),
  },
  {
    rule: rule('c-message-utf8', '§2.1', 'M', 'UTF-8, có khai báo XML, không BOM, không DOCTYPE', 'UTF-8 with an XML declaration, no BOM, no DOCTYPE'),
    of: isSent,
    fault(call) {
      const xml = xmlOf(call);
      if (!/^<\?xml version="1.0" encoding="UTF-8"\??/i.test(xml)) return `begins with "${xml.slice(0, 30)}"`;
      return /<!DOCTYPE/.test(xml) ? 'DOCTYPE' : null;
    },
  },
  {
    rule: rule('c-status-message-header', '§2.8', 'M', 'Trạng thái nằm trong edXMLHeader/MessageHeader, không TraceHeaderList, không tệp', 'A status stands in edXMLHeader/MessageHeader, without hops and files'),
    of: isStatus,
    fault(call) {
      const xml = xmlOf(call);
      if (childrenOf(xml, 'edXMLHeader').join() !== 'MessageHeader') return childrenOf(xml, 'edXMLHeader').join(', ');
      return /TraceHeaderList|edXMLBody|AttachmentEncoded/.test(xml) ? 'hops, body or files' : null;
    },
  },
  {
    rule: rule('c-status-fields', '§2.8', 'M', 'Trạng thái có From, ResponseFor đủ bốn trường, StatusCode hai chữ số, Timestamp', 'A status has From, ResponseFor with its four fields, a StatusCode of two digits, Timestamp'),
    of: isStatus,
    fault(call) {
      const header = textIn(xmlOf(call), 'MessageHeader');
      const missing = [['From', 'OrganId'], ['ResponseFor', 'OrganId'], ['ResponseFor', 'Code'], ['ResponseFor', 'DocumentId'], ['ResponseFor', 'PromulgationDate']]
        .filter((path) => textIn(header, ...path) === '')
        .map((path) => path.join('/'));
      if (!/^\d\d$/.test(textIn(header, 'StatusCode'))) missing.push('StatusCode');
      if (!/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/.test(textIn(header, 'Timestamp'))) missing.push('Timestamp');
      return missing.length === 0 ? null : `without ${missing.join(', ')}`;
    },
  },
  {
    rule: rule('c-bussiness', '§2.3', 'V', 'Viết Bussiness với hai chữ s, có BussinessDocType 0–3 và Paper', 'Writes Bussiness with double s, with BussinessDocType 0–3 and Paper'),
    of: isDocument,
    fault(call) {
      const business = textIn(xmlOf(call), 'TraceHeaderList', 'Bussiness');
      if (business === '') return 'no Bussiness';
      const right = /^[0-3]$/.test(textIn(business, 'BussinessDocType')) && /^[01]$/.test(textIn(business, 'Paper'));
      return right ? null : `BussinessDocType "${textIn(business, 'BussinessDocType')}", Paper "${textIn(business, 'Paper')}"`;
    },
  },
  {
    rule: rule('c-document-order', '§2.2', 'M', 'Thứ tự phần tử theo VNPT hoặc theo quy chuẩn', "Elements in VNPT's or in the regulation's order"),
    of: isDocument,
    fault(call) {
      const names = childrenOf(xmlOf(call), 'MessageHeader');
      return names.length > 0 && (follows(names, vnptOrder) || follows(names, qcvnOrder)) ? null : names.join(', ');
    },
  },
  {
    rule: rule('c-document-fields', '§2.2', 'S', 'Văn bản có đủ trường bắt buộc', 'A document has its mandatory fields'),
    of: isDocument,
    fault(call) {
      const header = textIn(xmlOf(call), 'MessageHeader');
      const wanted = [
        ['From', 'OrganId'], ['From', 'OrganName'], ['To', 'OrganId'], ['To', 'OrganName'], ['Code', 'CodeNumber'], ['Code', 'CodeNotation'],
        ['PromulgationInfo', 'PromulgationDate'], ['DocumentType', 'Type'], ['DocumentType', 'TypeName'], ['Subject'], ['DocumentId'],
      ];
      const missing = wanted.filter((path) => textIn(header, ...path) === '').map((path) => path.join('/'));
      return missing.length === 0 ? null : `without ${missing.join(', ')}`;
    },
  },
  {
    rule: rule('c-document-dates', '§2.1', 'M', 'Ngày yyyy/MM/dd, thời điểm yyyy/MM/dd HH:mm:ss', 'Days as yyyy/MM/dd, times as yyyy/MM/dd HH:mm:ss'),
    of: isDocument,
    fault(call) {
      const xml = xmlOf(call);
      const day = textIn(xml, 'PromulgationDate');
      const hop = textIn(xml, 'TraceHeader', 'Timestamp');
      return /^\d{4}\/\d\d\/\d\d$/.test(day) && /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/.test(hop) ? null : `"${day}", "${hop}"`;
    },
  },
  {
    rule: rule('c-document-trace', '§2.3', 'V', 'TraceHeader đầu tiên là đơn vị gửi', 'The first TraceHeader is the sender'),
    of: isDocument,
    fault(call) {
      const xml = xmlOf(call);
      const from = textIn(xml, 'From', 'OrganId');
      const first = textIn(textIn(xml, 'TraceHeaderList'), 'TraceHeader', 'OrganId');
      return first === from ? null : `TraceHeader "${first}", From "${from}"`;
    },
  },
  {
    rule: rule('c-manifest', '§2.5', 'M', 'Mỗi tệp có một Reference cùng ContentId và tên', 'Each file has a Reference of the same ContentId and name'),
    of: hasFiles,
    fault(call) {
      const xml = xmlOf(call);
      const references = [...textIn(xml, 'edXMLBody').matchAll(/<(?:\w+:)?Reference\b[^>]*>([\s\S]*?)<\/(?:\w+:)?Reference>/g)].map(
        ([, inner = '']) => `${bareId(textIn(inner, 'ContentId'))} ${textIn(inner, 'AttachmentName')}`,
      );
      const files = attachmentsIn(xml).map(({ contentId, name }) => `${contentId} ${name}`);
      return files.join('|') === references.join('|') ? null : `${String(references.length)} references, ${String(files.length)} files`;
    },
  },
  {
    rule: rule('c-zip-written', '§2.6', 'M', 'pdf, doc, docx, zip để nguyên; loại khác bọc ZIP một mục <uuid>.<đuôi>, application/zip', 'pdf, doc, docx, zip as they are; others in a one-entry ZIP <uuid>.<ext>, application/zip'),
    of: hasFiles,
    fault: (call) => zipFault(xmlOf(call)),
  },
];
