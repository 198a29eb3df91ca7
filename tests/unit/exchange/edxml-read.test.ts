import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesSource, readEdxml, readEdxmlHead } from '../../../electron/services/exchange/edxml/read.ts';
import { zipOne } from '../../../electron/services/exchange/edxml/zip.ts';
import { documentOf, documentText, failureOf, namespace, readBack, statusOf } from './edxml-samples.ts';

const b64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');

function attachment(name: string, content: string, more = ''): string {
  return (
    `<Attachment><ContentId>cid:a1</ContentId><AttachmentName>${name}</AttachmentName>${more}` +
    `<e:ContentTransferEncoded xmlns:e="${namespace}">${content}</e:ContentTransferEncoded></Attachment>`
  );
}

describe('reading documents', () => {
  test('default namespace, any order, unknown elements kept, values byte for byte', async () => {
    const text = documentText({
      message:
        '<Subject>  hai\n dòng &amp; <![CDATA[<cdata>]]> </Subject><DocumentId>id</DocumentId>' +
        '<Foo><Bar>giữ lại</Bar></Foo><To><OrganId>G12</OrganId></To><ResponseFor/><ToPlaces><Place/></ToPlaces>' +
        '<DocumentType><TypeName>Công văn</TypeName><Type>71</Type></DocumentType>' +
        '<PromulgationInfo><PromulgationDate>2026/11/20</PromulgationDate></PromulgationInfo>' +
        '<Code><CodeNotation>A</CodeNotation><CodeNumber>01</CodeNumber></Code><From><OrganId>G22</OrganId></From>',
    });
    const message = documentOf((await readBack(text)).outcome);
    expect(message.header.subject).toBe('  hai\n dòng & <cdata> ');
    expect(message.header.documentType.type).toBe('71');
    expect(message.header.code.codeNumber).toBe('01');
    expect(message.header.responseFor).toEqual([]);
    expect(message.header.toPlaces).toEqual([]);
    expect(message.unknown).toEqual([{ path: 'edXMLEnvelope/edXMLHeader/MessageHeader/Foo/Bar', text: 'giữ lại' }]);
    expect(message.business.bussinessDocType).toBe('0');
    expect(message.envelopeSignature).toBe('absent');
  });

  test('any prefix bound to the namespace', async () => {
    const prefixed = documentText({})
      .replaceAll(/<(\/?)(?=[A-Za-z])/g, '<$1q:')
      .replace('xmlns=', 'xmlns:q=');
    expect(documentOf((await readBack(prefixed)).outcome).header.from.organId).toBe('H37.02');
  });

  test('trace with a hop without OrganId, Bussiness after the hops, recall', async () => {
    const trace =
      '<TraceHeaderList><TraceHeader><OrganId>G22</OrganId><Timestamp>2026/11/20 01:02:03</Timestamp></TraceHeader>' +
      '<TraceHeader><Timestamp>2026/11/20 01:02:04</Timestamp></TraceHeader>' +
      '<Bussiness><BussinessDocType>1</BussinessDocType><BussinessDocReason>sai sót</BussinessDocReason>' +
      '<Paper>0</Paper></Bussiness></TraceHeaderList>';
    const message = documentOf((await readBack(documentText({ trace }))).outcome);
    expect(message.trace).toEqual([
      { organId: 'G22', timestamp: '2026/11/20 01:02:03' },
      { organId: '', timestamp: '2026/11/20 01:02:04' },
    ]);
    expect(message.business).toMatchObject({ bussinessDocType: '1', bussinessDocReason: 'sai sót', paper: '0' });
  });

  test('update and replacement facts', async () => {
    const trace =
      '<TraceHeaderList><Bussiness><DocumentId>d0</DocumentId><BussinessDocType> 2 </BussinessDocType>' +
      '<BussinessDocumentInfo><DocumentInfo>1</DocumentInfo><DocumentReceiver>1</DocumentReceiver><ReceiverList>' +
      '<Receiver><OrganId>G01</OrganId><ReceiverType>0</ReceiverType></Receiver></ReceiverList></BussinessDocumentInfo>' +
      '<ReplacementInfoList><ReplacementInfo><DocumentId>old</DocumentId><OrganIdList><OrganId>G01</OrganId>' +
      '<OrganId>G02</OrganId></OrganIdList></ReplacementInfo></ReplacementInfoList></Bussiness></TraceHeaderList>';
    const { business } = documentOf((await readBack(documentText({ trace }))).outcome);
    expect(business.bussinessDocType).toBe('2');
    expect(business.documentInfo).toEqual({
      documentInfo: '1',
      documentReceiver: '1',
      receivers: [{ organId: 'G01', receiverType: '0' }],
    });
    expect(business.replacements).toEqual([{ documentId: 'old', organIds: ['G01', 'G02'] }]);
  });

  test('an unknown kind of message is not taken for a new document', async () => {
    const trace = '<TraceHeaderList><Bussiness><BussinessDocType>9</BussinessDocType></Bussiness></TraceHeaderList>';
    const { outcome } = await readBack(documentText({ trace }));
    expect(failureOf(outcome)).toEqual(['invalid-value', 'BussinessDocType', '9']);
  });

  test('a signature slot with a value is present, an empty one absent', async () => {
    const dummy = '<Signature><SignatureValue>abc</SignatureValue></Signature>';
    expect(documentOf((await readBack(documentText({ trace: dummy }))).outcome).envelopeSignature).toBe('present');
    expect(documentOf((await readBack(documentText({ trace: '<DigitalSignature/>' }))).outcome).envelopeSignature).toBe(
      'absent',
    );
  });
});

describe('reading attachments', () => {
  test('joined with the manifest when cid: stands on one side only', async () => {
    const manifest =
      '<Reference><ContentId>a1</ContentId><ContentType>application/zip</ContentType>' +
      '<AttachmentName>tên.pdf</AttachmentName><Description>mô tả</Description></Reference>';
    const { outcome, files } = await readBack(documentText({ manifest, attachments: attachment('', b64('%PDF-1.7 x')) }));
    expect(documentOf(outcome).attachments).toEqual([
      {
        index: 0,
        contentId: 'a1',
        name: 'tên.pdf',
        description: 'mô tả',
        mediaType: 'application/pdf',
        contentType: '',
        size: 10,
        unzipped: false,
      },
    ]);
    expect(files[0]?.bytes.toString()).toBe('%PDF-1.7 x');
    expect(files[0]?.closed).toBe(true);
  });

  test('metadata after the content', async () => {
    const late =
      `<Attachment><ContentTransferEncoded>${b64(zipOne('x.txt', Buffer.from('trong')))}</ContentTransferEncoded>` +
      '<AttachmentName>ghi chú.txt</AttachmentName><ContentType>application/zip</ContentType>' +
      '<ContentId>z</ContentId></Attachment>';
    const { outcome, files } = await readBack(documentText({ attachments: late }), 7);
    expect(documentOf(outcome).attachments[0]).toMatchObject({ contentId: 'z', name: 'ghi chú.txt', size: 5, unzipped: true });
    expect(files[0]?.bytes.toString()).toBe('trong');
  });

  test('attachments before the envelope, several, one empty', async () => {
    const text = documentText({});
    const encoded = `<AttachmentEncoded>${attachment('a.pdf', b64('%PDF-'))}<Attachment><AttachmentName>rỗng.txt</AttachmentName></Attachment></AttachmentEncoded>`;
    const moved = text.replace('<AttachmentEncoded></AttachmentEncoded>', '').replace('<edXMLEnvelope>', `${encoded}<edXMLEnvelope>`);
    const { outcome, files } = await readBack(moved);
    expect(documentOf(outcome).attachments.map((one) => [one.name, one.size])).toEqual([['a.pdf', 5], ['rỗng.txt', 0]]);
    expect(files.map((file) => file.closed)).toEqual([true, true]);
  });

  test.each([1, 2, 3, 5, 64, 100_000])('Base64 in lines, with entities, comments and CDATA, in pieces of %i bytes', async (piece) => {
    const bytes = Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 7) % 256));
    const text = b64(bytes);
    const odd =
      `\r\n ${text.slice(0, 301)}\n${text.slice(301, 600)}&#xD;\n${text.slice(600, 801)}<!-- a > b -->` +
      `${text.slice(801, 900)}<![CDATA[${text.slice(900)}]]>\n`;
    const { outcome, files } = await readBack(documentText({ attachments: attachment('số.bin', odd) }), piece);
    expect(documentOf(outcome).attachments[0]?.size).toBe(999);
    expect(files[0]?.bytes.equals(bytes)).toBe(true);
  });

  test.each([
    ['a letter outside', 'QUJD*UJD', '*'],
    ['an element inside', 'QUJD<b/>', '<'],
    ['content after the padding', 'QQ==QUJD', '='],
    ['a group cut short', 'QUJDQ', ''],
    ['padding missing', 'QUJDQQ', ''],
  ])('Base64 with %s is refused and the writer aborted', async (_name, content, value) => {
    const { outcome, files } = await readBack(documentText({ attachments: attachment('a.bin', content) }), 100_000);
    expect(failureOf(outcome)).toEqual(['invalid-base64', 'ContentTransferEncoded', value]);
    for (const file of files) expect(file.closed).toBe(false);
  });

  test('a 40 MB attachment streams through without being gathered', async () => {
    const line = Buffer.alloc(3 * 1024 * 1024, 0x5a).toString('base64');
    const [head = '', tail = ''] = documentText({ attachments: attachment('lớn.bin', '@@') }).split('@@');
    async function* source(): AsyncIterable<Uint8Array> {
      yield await Promise.resolve(Buffer.from(head));
      for (let at = 0; at < 14; at++) yield Buffer.from(line);
      yield Buffer.from(tail);
    }
    let largest = 0;
    let size = 0;
    const outcome = await readEdxml(source(), () => ({
      write: async (bytes) => {
        await Promise.resolve();
        largest = Math.max(largest, bytes.length);
        size += bytes.length;
      },
      close: () => Promise.resolve(),
      abort: () => Promise.resolve(),
    }));
    expect(outcome.ok).toBe(true);
    expect(size).toBe(14 * 3 * 1024 * 1024);
    expect(largest).toBeLessThan(100_000);
  });

  test('line breaks as references, as .NET writes them, are passed over without the content being gathered', async () => {
    const line = `${Buffer.alloc(57, 0x5a).toString('base64')}&#xD;\n&#13;&#x0A; &#9;`.repeat(2000);
    const [head = '', tail = ''] = documentText({ attachments: attachment('lớn.bin', '@@') }).split('@@');
    for (const piece of [997, 65_536]) {
      let size = 0;
      let largest = 0;
      const whole = Buffer.from(head + line.repeat(20) + tail);
      async function* source(): AsyncIterable<Uint8Array> {
        for (let at = 0; at < whole.length; at += piece) yield await Promise.resolve(whole.subarray(at, at + piece));
      }
      const outcome = await readEdxml(source(), () => ({
        write: async (bytes) => {
          await Promise.resolve();
          size += bytes.length;
          largest = Math.max(largest, bytes.length);
        },
        close: () => Promise.resolve(),
        abort: () => Promise.resolve(),
      }));
      expect([outcome.ok, size]).toEqual([true, 57 * 2000 * 20]);
      expect(largest).toBeLessThan(70_000);
    }
  });

  test.each([
    // A letter like any other, written with more trouble: one too many here.
    ['&#x41;', 'invalid-base64'],
    ['&amp;', 'invalid-base64'],
    // Without its end it swallows the rest of the file.
    ['&#xD', 'truncated'],
    ['&#', 'truncated'],
  ])('another reference, %s, is no white space', async (reference, code) => {
    const { outcome } = await readBack(documentText({ attachments: attachment('a.bin', `QUJD${reference}QUJD`) }), 3);
    expect(failureOf(outcome)[0]).toBe(code);
  });

  test('a writer that fails is aborted and its error goes up', async () => {
    let aborted = false;
    const reading = readEdxml(bytesSource(Buffer.from(documentText({ attachments: attachment('a', b64('abcdef')) }))), () => ({
      write: () => Promise.reject(new Error('đĩa đầy')),
      close: () => Promise.resolve(),
      abort: () => {
        aborted = true;
        return Promise.resolve();
      },
    }));
    await expect(reading).rejects.toThrow('đĩa đầy');
    expect(aborted).toBe(true);
  });
});

describe('reading statuses', () => {
  const body =
    '<From><OrganId>G12</OrganId></From><ResponseFor><OrganId>G22</OrganId><Code>7816/VPCP-TTĐT</Code>' +
    '<DocumentId>d</DocumentId></ResponseFor><StatusCode>@</StatusCode><Description>lý do</Description>' +
    '<Timestamp>2026/11/20 10:00:00</Timestamp>';

  test.each(['MessageHeader', 'Status'])('in %s', async (name) => {
    const text = documentText({ header: `<${name}>${body.replace('@', '03')}</${name}>` });
    expect(statusOf((await readBack(text)).outcome)).toMatchObject({ statusCode: '03', description: 'lý do' });
  });

  test.each([
    ['14', '15'],
    ['3', '03'],
    [' 16 ', '16'],
    ['09', '09'],
  ])('%j is read as %s, the wire form kept', async (wire, code) => {
    const text = documentText({ header: `<MessageHeader>${body.replace('@', wire)}</MessageHeader>` });
    expect(statusOf((await readBack(text)).outcome)).toMatchObject({ statusCode: code, statusCodeOnWire: wire });
  });

  test('a code that is no number is refused', async () => {
    const text = documentText({ header: `<MessageHeader>${body.replace('@', 'OK')}</MessageHeader>` });
    expect(failureOf((await readBack(text)).outcome)).toEqual(['invalid-value', 'StatusCode', 'OK']);
  });
});

describe('what is not a usable message', () => {
  test.each([
    ['nothing', '', 'not-xml'],
    ['text', 'xin chào', 'not-xml'],
    ['digits before the declaration', `123<?xml version="1.0"?>${documentText({})}`, 'not-xml'],
    ['a second root', `${documentText({})}<a/>`, 'not-xml'],
    ['an unbound prefix', '<edXML:edXML/>', 'not-xml'],
    ['an undefined entity', documentText({ header: '<MessageHeader>&nbsp;</MessageHeader>' }), 'not-xml'],
    ['DOCTYPE', documentText({ before: '<!DOCTYPE edXML [<!ENTITY a "b">]>' }), 'doctype'],
    ['another namespace', documentText({}).replace(namespace, 'http://www.go.vn/eDoc'), 'wrong-root'],
    ['no namespace', '<edXML/>', 'wrong-root'],
    ['another root', `<Envelope xmlns="${namespace}"/>`, 'wrong-root'],
    ['another encoding', documentText({ before: '<?xml version="1.0" encoding="UTF-16"?>' }), 'not-utf8'],
    ['cut in the header', documentText({}).slice(0, 300), 'truncated'],
    ['cut in a tag', documentText({}).slice(0, 30), 'truncated'],
    ['cut before the last tag', documentText({}).slice(0, -8), 'truncated'],
    ['no header', `<edXML xmlns="${namespace}"/>`, 'missing-element'],
  ])('%s', async (_name, text, code) => {
    expect(failureOf((await readBack(text)).outcome)[0]).toBe(code);
  });

  test('a BOM and CR LF behind the root do no harm', async () => {
    expect((await readBack(`\ufeff${documentText({})}\r\n`, 1)).outcome.ok).toBe(true);
  });

  test('bytes that are not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from(documentText({}).slice(0, 100)), Buffer.from([0xff, 0xfe])]);
    expect(failureOf((await readBack(bytes)).outcome)[0]).toBe('not-utf8');
  });

  test('cut in the middle of a letter', async () => {
    const whole = Buffer.from(documentText({}));
    const at = whole.indexOf(Buffer.from('ử'));
    expect(failureOf((await readBack(whole.subarray(0, at + 1))).outcome)[0]).toBe('truncated');
  });

  test.each([
    ['<OrganId>H37.02</OrganId>', 'From/OrganId'],
    ['<To><OrganId>G12</OrganId></To>', 'To'],
    ['<CodeNumber>15</CodeNumber>', 'Code/CodeNumber'],
    ['<CodeNotation>ST-VP</CodeNotation>', 'Code/CodeNotation'],
    ['<PromulgationDate>2026/11/20</PromulgationDate>', 'PromulgationInfo/PromulgationDate'],
    ['<TypeName>Công văn</TypeName>', 'DocumentType/TypeName'],
    ['<Subject>thử</Subject>', 'Subject'],
    ['<DocumentId>x1</DocumentId>', 'DocumentId'],
  ])('without %s', async (element, named) => {
    const { outcome } = await readBack(documentText({}).replace(element, ''));
    expect(failureOf(outcome)).toEqual(['missing-element', named, undefined]);
  });

  test('too much metadata, too deep', async () => {
    const many = documentText({ header: `<MessageHeader>${'<a/>'.repeat(2000)}</MessageHeader>` });
    expect(failureOf((await readBack(many, 1000, { metadataChars: 10_000 })).outcome)[0]).toBe('too-large');
    const deep = documentText({ header: '<a>'.repeat(100) });
    expect(failureOf((await readBack(deep)).outcome)[0]).toBe('too-large');
  });
});

describe('what would fill the memory or keep a station busy', () => {
  const limits = { metadataChars: 10_000, attachments: 3, unzippedBytes: 10_000 };
  const long = 'x'.repeat(20_000);
  test.each([
    ['an attribute', documentText({ trace: `<Foo a="${long}"/>` })],
    ['an attribute that never ends', documentText({ trace: `<Foo a="${long}` })],
    ['many attributes', documentText({ trace: `<Foo ${Array.from({ length: 500 }, (_, n) => `a${String(n)}=""`).join(' ')}/>` })],
    ['a long namespace, many times', documentText({ trace: `<n:a xmlns:n="urn:${'x'.repeat(1500)}">${'<n:b>1</n:b>'.repeat(20)}</n:a>` })],
    ['a comment', documentText({ trace: `<!--${long}-->` })],
    ['comments', documentText({ trace: `<!--${'x'.repeat(500)}-->`.repeat(40) })],
    ['a comment that never ends', documentText({ trace: `<!--${long}` })],
    ['an instruction', documentText({ trace: `<?a ${long}?>` })],
    ['a text', documentText({ trace: `<Foo>${long}</Foo>` })],
    ['a name', documentText({ trace: `<${long}/>` })],
    ['files without end', documentText({ attachments: attachment('a.bin', '').repeat(4) })],
    ['content that hides behind a comment', documentText({ attachments: attachment('a.bin', `QUJD<!-- -->${'QUJD'.repeat(5000)}`) })],
  ])('%s', async (_name, text) => {
    const { outcome, files } = await readBack(text, 700, limits);
    expect(failureOf(outcome)[0]).toBe('too-large');
    for (const file of files) expect(file.closed || file.aborted).toBe(true);
  });

  test('three files of the same message are none too many', async () => {
    const { outcome } = await readBack(documentText({ attachments: attachment('a.bin', '').repeat(3) }), 700, limits);
    expect(outcome.ok).toBe(true);
  });
});

describe('whatever comes, there is an answer', () => {
  const whole = Buffer.from(
    documentText({
      before: '<?xml version="1.0" encoding="UTF-8"?>',
      manifest: '<Reference><ContentId>cid:a1</ContentId></Reference>',
      attachments: attachment('a.txt', b64(zipOne('x.txt', Buffer.from('nội dung')))),
    }),
  );

  test('every cut is a failure, never a shorter message', async () => {
    for (let at = 0; at < whole.length; at++) {
      const { outcome } = await readBack(whole.subarray(0, at), 97);
      expect(outcome.ok, `cut at ${at}`).toBe(false);
    }
  });

  test('changed bytes', async () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 300 }), async (changes, piece) => {
        const spoilt = Buffer.from(whole);
        for (const [at, byte] of changes) spoilt.writeUInt8(byte, at);
        const { outcome, files } = await readBack(spoilt, piece);
        expect(typeof outcome.ok).toBe('boolean');
        if (outcome.ok) for (const file of files) expect(file.closed).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

test('a 12 MB file in a transport ZIP comes out in reasonable time', async () => {
  const content = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => (at * at * 31 + at) & 0xff));
  const wrappedFile = zipOne('x.xls', Buffer.concat([content, content, content, content]));
  const { outcome } = await readBack(documentText({ attachments: attachment('số liệu.xls', b64(wrappedFile)) }), 65_536);
  expect(documentOf(outcome).attachments[0]).toMatchObject({ size: 12_000_000, unzipped: true });
});

test('readEdxmlHead gives the message without keeping files', async () => {
  const outcome = await readEdxmlHead(bytesSource(Buffer.from(documentText({ attachments: attachment('a.pdf', b64('%PDF-')) }))));
  expect(documentOf(outcome).attachments[0]?.size).toBe(5);
});
