/** Test messages as text, put together apart from the station's own writer, so that odd ones can be made too. */

const namespace = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';

export type Party = { readonly code: string; readonly name: string };

export type SampleFile = { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array };

export type SampleDocument = {
  readonly from: Party;
  readonly to: readonly Party[];
  readonly number: string;
  readonly notation: string;
  /** `yyyy/MM/dd` */
  readonly date: string;
  readonly subject: string;
  readonly files?: readonly SampleFile[];
  /** `qcvn`: the numbering of the regulation, `DocumentId` last and the hops before `Bussiness` (axis.md §2.2) */
  readonly order?: 'vnpt' | 'qcvn';
  /** inside the root; default `edXML:` */
  readonly prefix?: string;
  /** put before the XML declaration, or between it and the root */
  readonly junk?: string;
  readonly doctype?: string;
  readonly emptyResponseFor?: boolean;
  readonly hopWithoutOrgan?: boolean;
  /** writes `cid:` in the manifest only */
  readonly cidOnOneSide?: boolean;
};

/** `<OrganId>,<yyyy/MM/dd>,<number>/<notation>`, the form that was observed (axis.md §2.2). */
export function documentIdOf({ from, date, number, notation }: SampleDocument): string {
  return `${from.code},${date},${number}/${notation}`;
}

/** A document message. */
export function documentXml(sample: SampleDocument): Uint8Array {
  const p = sample.prefix ?? 'edXML:';
  const at = `${sample.date} 08:00:00`;
  const el = (name: string, ...content: readonly string[]): string => `<${p}${name}>${content.join('')}</${p}${name}>`;
  const party = ({ code, name }: Party): string => el('OrganId', escape(code)) + el('OrganName', escape(name));
  const id = el('DocumentId', escape(documentIdOf(sample)));
  const head = [
    el('Code', el('CodeNumber', sample.number), el('CodeNotation', sample.notation)),
    el('PromulgationInfo', el('Place', 'Hà Nội'), el('PromulgationDate', sample.date)),
    el('DocumentType', el('Type', '2'), el('TypeDetail', '18'), el('TypeName', 'Công văn')),
    el('Subject', escape(sample.subject)),
    el('Content', escape(sample.subject)),
    el('SignerInfo', el('Position', 'Chánh Văn phòng'), el('FullName', 'Nguyễn Văn Thử')),
  ].join('');
  const other = el('OtherInfo', el('Priority', '0'), el('PageAmount', '1'), el('Direction', 'false'));
  const answered = sample.emptyResponseFor === true ? `<${p}ResponseFor/>` : '';
  const places = el('ToPlaces', el('Place', 'Như trên'));
  const addresses = el('From', party(sample.from)) + sample.to.map((to) => el('To', party(to))).join('');
  const fields =
    sample.order === 'qcvn'
      ? [addresses, head, places, other, answered, el('SteeringType', '0'), id]
      : [addresses, id, head, other, answered, el('SteeringType', '0'), places];
  const business = el('Bussiness', el('BussinessDocType', '0'), el('Paper', '0'));
  const bareHop = sample.hopWithoutOrgan === true ? el('TraceHeader', el('Timestamp', at)) : '';
  const hops = el('TraceHeader', el('OrganId', escape(sample.from.code)), el('Timestamp', at)) + bareHop;
  const trace = el('TraceHeaderList', ...(sample.order === 'qcvn' ? [hops, business] : [business, hops]));
  const files = (sample.files ?? []).map((file, index) => ({ ...file, cid: `tep-${String(index + 1)}` }));
  const manifest = files.map(({ name, cid }) =>
    el('Reference', el('ContentId', `cid:${cid}`), el('ContentType', 'application/zip'), el('Description', escape(name)), el('AttachmentName', escape(name))),
  );
  const declared = p === '' ? '' : ` xmlns:${p.slice(0, -1)}="${namespace}"`;
  const encoded = files.map(
    ({ name, contentType, cid, bytes }) =>
      `<Attachment><ContentId>${sample.cidOnOneSide === true ? '' : 'cid:'}${cid}</ContentId><AttachmentName>${escape(name)}</AttachmentName>` +
      `<Description>${escape(name)}</Description><ContentType>${contentType}</ContentType>` +
      `<${p}ContentTransferEncoded${declared}>${Buffer.from(bytes).toString('base64')}</${p}ContentTransferEncoded></Attachment>`,
  );
  const text =
    `${sample.junk ?? ''}<?xml version="1.0" encoding="UTF-8"?>${sample.doctype ?? ''}<edXML xmlns="${namespace}">` +
    `<${p}edXMLEnvelope${declared}>${el('edXMLHeader', el('MessageHeader', ...fields), trace)}` +
    `${el('edXMLBody', `<${p}edXMLManifest version="1.0">${manifest.join('')}</${p}edXMLManifest>`)}</${p}edXMLEnvelope>` +
    `<AttachmentEncoded>${encoded.join('')}</AttachmentEncoded></edXML>`;
  return Buffer.from(text, 'utf8');
}

export type SampleStatus = {
  readonly from: Party;
  /** the agency that it is told to */
  readonly to: string;
  readonly documentId: string;
  /** number and notation */
  readonly code: string;
  readonly date: string;
  readonly statusCode: string;
  readonly description: string;
  /** `yyyy/MM/dd HH:mm:ss`, Vietnam time */
  readonly at: string;
  /** one integrator writes `Status` (axis.md §2.8) */
  readonly element?: 'MessageHeader' | 'Status';
};

/** A status message (axis.md §2.8). */
export function statusXml(status: SampleStatus): Uint8Array {
  const el = (name: string, ...content: readonly string[]): string => `<edXML:${name}>${content.join('')}</edXML:${name}>`;
  const header = el(
    status.element ?? 'MessageHeader',
    el('From', el('OrganId', status.from.code), el('OrganName', escape(status.from.name))),
    el('ResponseFor', el('OrganId', status.to), el('Code', escape(status.code)), el('DocumentId', escape(status.documentId)), el('PromulgationDate', status.date)),
    el('StaffInfo', el('Staff', 'Văn thư')),
    el('StatusCode', status.statusCode),
    el('Description', escape(status.description)),
    el('Timestamp', status.at),
  );
  const text =
    `<?xml version="1.0" encoding="UTF-8"?><edXML xmlns="${namespace}">` +
    `<edXML:edXMLEnvelope xmlns:edXML="${namespace}">${el('edXMLHeader', header)}</edXML:edXMLEnvelope></edXML>`;
  return Buffer.from(text, 'utf8');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** The text of the first element of this name below the named ones, one after another; '' without one. */
export function textIn(xml: string, ...path: readonly string[]): string {
  let rest = xml;
  for (const name of path) {
    rest = new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([\\s\\S]*?)</(?:\\w+:)?${name}>`).exec(rest)?.[1] ?? '';
  }
  return rest.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** `yyyy/MM/dd HH:mm:ss` in Vietnam time. */
export function vietnamTime(at: Date): string {
  return new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}
