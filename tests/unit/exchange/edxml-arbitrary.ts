import fc from 'fast-check';
import {
  emptyAgency,
  emptyStaff,
  type AttachmentToWrite,
  type DocumentToWrite,
  type EdxmlUnknown,
  type StatusToWrite,
} from '../../../electron/services/exchange/edxml/model.ts';
import { statusCodes } from '../../../electron/services/exchange/edxml/values.ts';

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
// eslint-disable-next-line no-control-regex -- these are what XML cannot carry
const unspeakable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** What breaks writers: both forms of Vietnamese, line ends, tabs, markup, letters beyond the first plane. */
const awkward = fc.constantFrom(
  'Ủy ban nhân dân phường',
  'Ủy ban nhân dân phường'.normalize('NFD'),
  '\r',
  '\r\n',
  '\t',
  '\n',
  ' ',
  ']]>',
  '<![CDATA[',
  '-->',
  '&amp;',
  '&#xD;',
  '<a b="c">',
  '"\'',
  '\u{20000}\u{1f600}',
  '\u0085\u2028\ufeff',
  'cid:',
);

/** Legal text with something to see in it, of at most so many code points. */
function text(max: number): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof(awkward, fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 4 })
    .map((parts) => [...parts.join('').replaceAll(unspeakable, '')].slice(0, max).join(''))
    .map((value) => (value.trim() === '' ? 'x' : value));
}

const optional = (max: number): fc.Arbitrary<string> => fc.oneof(fc.constant(''), text(max));
const list = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(of, { maxLength: 3 });
const day = fc.constantFrom('2026/11/20', '2024/02/29');
const moment = fc.constantFrom('2026/11/20 00:00:00', '2026/11/20 23:59:59');
const number = fc.constantFrom('', '0', '7', '65535');

const agency = fc.record({
  organId: text(35),
  organizationInCharge: optional(40),
  organName: text(200),
  organAdd: optional(40),
  email: optional(40),
  telephone: optional(20),
  fax: optional(20),
  website: optional(40),
});
const staff = fc.record({
  department: optional(40),
  departmentId: optional(40),
  staff: optional(40),
  staffId: optional(40),
  email: optional(40),
  mobile: optional(40),
});
const answered = fc.record({ organId: text(35), code: optional(40), promulgationDate: fc.oneof(fc.constant(''), day), documentId: optional(40) });

const header = fc.record({
  from: agency,
  to: fc.uniqueArray(agency, { minLength: 1, maxLength: 3, selector: (to) => to.organId.trim() }),
  documentId: text(200),
  code: fc.record({ codeNumber: text(11), codeNotation: text(30) }),
  promulgationInfo: fc.record({ place: optional(50), promulgationDate: day }),
  documentType: fc.record({ type: number, typeDetail: number, typeName: text(100) }),
  subject: text(500),
  content: optional(60),
  signerInfo: fc.record({ competence: optional(40), position: optional(100), fullName: optional(50) }),
  dueDate: fc.oneof(fc.constant(''), day),
  otherInfo: fc.record({
    priority: fc.constantFrom('', '0', '4'),
    sphereOfPromulgation: optional(40),
    typerNotation: optional(10),
    promulgationAmount: number,
    pageAmount: number,
    replyFors: optional(40),
    referenceCodes: optional(40),
    direction: fc.constantFrom('', 'true', 'false'),
    appendixes: list(text(40)),
  }),
  responseFor: list(answered),
  steeringType: fc.constantFrom('', '0', '1', '2'),
  responseForTask: list(text(40)),
  applicationType: optional(40),
  toPlaces: list(text(40)),
});

const business = fc
  .record({
    bussinessDocType: fc.constantFrom('0', '1', '2', '3'),
    bussinessDocReason: optional(60),
    documentId: optional(60),
    paper: fc.constantFrom('', '0', '1'),
    documentInfo: fc.record({
      documentInfo: fc.constantFrom('0', '1'),
      documentReceiver: fc.constantFrom('', '0', '1'),
      receivers: list(fc.record({ organId: text(35), receiverType: fc.constantFrom('', '0', '1') })),
    }),
    replacements: fc.array(fc.record({ documentId: text(60), organIds: list(text(35)) }), { minLength: 1, maxLength: 2 }),
    staff,
  });

const name = fc.constantFrom('Foo', 'Mới', '_x-1.y', 'Subject', 'Signature');
const space = fc.constantFrom('', '', '{urn:x}', '{http://example.invalid/a?b=c&d}');
const attributeName = fc.constantFrom('@a', '@Đ', '@{urn:x}a', '@{urn:y}a', `@{${xmlNamespace}}lang`);

/** Elements that are not in the format, below parents that any message with a file has. */
const unknown: fc.Arbitrary<readonly EdxmlUnknown[]> = fc
  .array(
    fc.record({
      parent: fc.constantFrom(
        '',
        'edXMLEnvelope/',
        'edXMLEnvelope/edXMLHeader/',
        'edXMLEnvelope/edXMLHeader/MessageHeader/From/',
        'edXMLEnvelope/edXMLHeader/MessageHeader/To/',
        'edXMLEnvelope/edXMLHeader/MessageHeader/OtherInfo/',
        'edXMLEnvelope/edXMLHeader/TraceHeaderList/TraceHeader/',
        'edXMLEnvelope/edXMLBody/edXMLManifest/Reference/',
        'AttachmentEncoded/Attachment/',
      ),
      step: fc.tuple(space, name).map((parts) => parts.join('')),
      text: text(40),
      attributes: fc.uniqueArray(fc.tuple(attributeName, text(20)), { maxLength: 3, selector: ([one]) => one }),
      children: fc.array(fc.tuple(space, name, text(20)), { maxLength: 2 }),
    }),
    { maxLength: 5 },
  )
  .map((elements) => {
    const counts = new Map<string, number>();
    const counted = (path: string): string => {
      const nth = (counts.get(path) ?? 0) + 1;
      counts.set(path, nth);
      return nth === 1 ? path : `${path}[${String(nth)}]`;
    };
    return elements.flatMap((element) => {
      const here = counted(`${element.parent}${element.step}`);
      return [
        { path: here, text: element.text },
        ...element.attributes.map(([one, value]) => ({ path: `${here}/${one}`, text: value })),
        ...element.children.map(([uri, step, value]) => ({ path: counted(`${here}/${uri}${step}`), text: value })),
      ];
    });
  });

/** A document that may be sent, with a file at least, so that everything unknown has its place. */
export const anyDocument: fc.Arbitrary<DocumentToWrite> = fc.record({
  header,
  trace: fc.array(fc.record({ organId: text(35), timestamp: moment }), { minLength: 1, maxLength: 3 }),
  business,
  unknown,
});

export const anyFiles: fc.Arbitrary<readonly AttachmentToWrite[]> = fc
  .array(
    fc.record({
      name: fc.tuple(text(30), fc.constantFrom('.pdf', '.doc', '.docx', '.xls', '.xslx', '.txt', '.zip', '')).map((parts) => parts.join('')),
      description: optional(40),
      bytes: fc.uint8Array({ maxLength: 300 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((files) => files.map((file, at) => ({ ...file, contentId: `f${String(at)}` })));

export const anyStatus: fc.Arbitrary<StatusToWrite> = fc.record({
  from: agency.map((one) => ({ ...emptyAgency, ...one })),
  responseFor: answered.map((one) => ({ ...one, documentId: one.documentId === '' ? 'd' : one.documentId })),
  staff: staff.map((one) => ({ ...emptyStaff, ...one })),
  statusCode: fc.constantFrom(...statusCodes),
  description: optional(60),
  timestamp: moment,
});
