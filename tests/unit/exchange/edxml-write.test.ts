import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newDocumentBusiness } from '../../../electron/services/exchange/edxml/model.ts';
import { writeDocument, writeStatus } from '../../../electron/services/exchange/edxml/write.ts';
import { documentOf, failureOf, namespace, readBack, sampleDocument, sampleStatus, statusOf, valueOf } from './edxml-samples.ts';

const newUuid = (): string => '00000000-0000-4000-8000-000000000001';
const pdf = { contentId: 'f1', name: '7816.signed.pdf', description: 'Văn bản', bytes: Buffer.from('%PDF-1.7\n…') };
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

function wellFormed(bytes: Uint8Array): void {
  execFileSync('xmllint', ['--noout', '--nonet', '-'], { input: bytes });
}

describe('writeDocument', () => {
  test('is exactly this, element for element', async () => {
    const written = text(valueOf(writeDocument(sampleDocument, [pdf], { newUuid })));
    await expect(written.replaceAll('><', '>\n<')).toMatchFileSnapshot('../../fixtures/edxml/document.golden.xml');
  });

  test('root without, envelope with prefix; attachments without but for the content', () => {
    const written = text(valueOf(writeDocument(sampleDocument, [pdf], { newUuid })));
    expect(written).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<edXML xmlns="/);
    expect(written).toContain(`<edXML:edXMLEnvelope xmlns:edXML="${namespace}"><edXML:edXMLHeader><edXML:MessageHeader>`);
    expect(written).toContain('</edXML:edXMLEnvelope><AttachmentEncoded><Attachment><ContentId>cid:f1</ContentId>');
    expect(written).toContain(`<edXML:ContentTransferEncoded xmlns:edXML="${namespace}">JVBE`);
    expect(written).not.toMatch(/<[^>/]*\/>|<([\w:]+)><\/\1>/);
  });

  test('order b of axis.md §2.2, ToPlaces last', () => {
    const written = text(valueOf(writeDocument(sampleDocument, [], { newUuid })));
    const header = /<edXML:MessageHeader>(.*)<\/edXML:MessageHeader>/s.exec(written)?.[1] ?? '';
    const order =
      'From To To DocumentId Code PromulgationInfo DocumentType Subject SignerInfo DueDate OtherInfo ResponseFor SteeringType ToPlaces';
    expect(topLevel(header)).toEqual(order.split(' '));
    expect(written).not.toContain('AttachmentEncoded');
    expect(/<edXML:TraceHeaderList>(.*)<\/edXML:TraceHeaderList>/s.exec(written)?.[1]).toMatch(/^<edXML:Bussiness>/);
  });

  test('comes back as it was, and xmllint finds it well-formed', async () => {
    const bytes = valueOf(writeDocument(sampleDocument, [pdf], { newUuid }));
    wellFormed(bytes);
    const { outcome, files } = await readBack(bytes, 13);
    const message = documentOf(outcome);
    expect(message.header).toEqual(sampleDocument.header);
    expect(message.trace).toEqual(sampleDocument.trace);
    expect(message.business).toEqual(sampleDocument.business);
    expect(message.unknown).toEqual([]);
    expect(message.references[0]).toEqual({
      contentId: 'f1',
      contentType: 'application/zip',
      description: 'Văn bản',
      attachmentName: '7816.signed.pdf',
    });
    expect(files[0]?.bytes.equals(pdf.bytes)).toBe(true);
  });

  test('update and replacement facts come back', async () => {
    const business = {
      ...newDocumentBusiness,
      bussinessDocType: '3' as const,
      bussinessDocReason: 'thay thế',
      documentInfo: { documentInfo: '1', documentReceiver: '0', receivers: [{ organId: 'G01', receiverType: '1' }] },
      replacements: [{ documentId: 'G22,2026/11/01,1/VPCP', organIds: ['G12', 'G01'] }],
    };
    const bytes = valueOf(writeDocument({ ...sampleDocument, business }, [], { newUuid }));
    expect(documentOf((await readBack(bytes)).outcome).business).toEqual(business);
  });

  test('any text comes back, letter for letter', async () => {
    const legal = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      // eslint-disable-next-line no-control-regex -- these are what XML cannot carry
      .filter((value) => value.trim() !== '' && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(value));
    await fc.assert(
      fc.asyncProperty(legal, fc.array(legal, { maxLength: 4 }), fc.integer({ min: 1, max: 50 }), async (subject, places, piece) => {
        const odd = `${subject}\r\n]]>&#x41;`;
        const header = { ...sampleDocument.header, subject: odd, toPlaces: places };
        const bytes = valueOf(writeDocument({ ...sampleDocument, header }, [], { newUuid }));
        const back = documentOf((await readBack(bytes, piece)).outcome).header;
        expect(back.subject).toBe(odd);
        expect(back.toPlaces).toEqual(places);
      }),
      { numRuns: 60 },
    );
  });

  test('any file comes back, whatever its name', async () => {
    const extension = fc.constantFrom('.pdf', '.doc', '.docx', '.xls', '.xslx', '.txt', '.zip', '');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), extension, fc.integer({ min: 1, max: 90 }), async (bytes, ext, piece) => {
        const file = { contentId: 'x', name: `tệp${ext}`, description: '', bytes };
        const written = valueOf(writeDocument(sampleDocument, [file], { newUuid }));
        const { outcome, files } = await readBack(written, piece);
        expect(documentOf(outcome).attachments[0]).toMatchObject({ name: file.name, size: bytes.length });
        expect(Buffer.from(bytes).equals(files[0]?.bytes ?? Buffer.from('none'))).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  test.each([
    ['no receiver', { ...sampleDocument.header, to: [] }, ['missing-element', 'To', undefined]],
    ['a receiver twice', { ...sampleDocument.header, to: [sampleDocument.header.to[0], sampleDocument.header.to[0]] }, ['invalid-value', 'To/OrganId', 'G12']],
    ['a date in another form', { ...sampleDocument.header, dueDate: '2026-11-30' }, ['invalid-value', 'DueDate', '2026-11-30']],
    ['a control letter', { ...sampleDocument.header, subject: 'a\u0007' }, ['illegal-character', 'Subject', 'U+0007']],
    ['half a letter', { ...sampleDocument.header, subject: 'a\ud800' }, ['illegal-character', 'Subject', 'U+D800']],
  ])('refuses %s', (_name, header, failure) => {
    const document = { ...sampleDocument, header: header as typeof sampleDocument.header };
    expect(failureOf(writeDocument(document, [], { newUuid }))).toEqual(failure);
  });
});

describe('writeStatus', () => {
  test('is exactly this, element for element', async () => {
    const written = text(valueOf(writeStatus(sampleStatus)));
    await expect(written.replaceAll('><', '>\n<')).toMatchFileSnapshot('../../fixtures/edxml/status.golden.xml');
  });

  test('comes back as it was, and xmllint finds it well-formed', async () => {
    const bytes = valueOf(writeStatus(sampleStatus));
    wellFormed(bytes);
    const { kind: _kind, statusCodeOnWire: _wire, unknown, ...status } = statusOf((await readBack(bytes, 11)).outcome);
    expect(status).toEqual(sampleStatus);
    expect(unknown).toEqual([]);
  });

  test.each([
    ['14', 'StatusCode'],
    ['7', 'StatusCode'],
  ])('never writes code %s', (statusCode, element) => {
    expect(failureOf(writeStatus({ ...sampleStatus, statusCode }))).toEqual(['invalid-value', element, statusCode]);
  });
});

/** Names of the elements at the top of a fragment. */
function topLevel(fragment: string): readonly string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [, slash, name] of fragment.matchAll(/<(\/?)edXML:(\w+)>/g)) {
    if (slash === '' && depth++ === 0) names.push(name ?? '');
    if (slash === '/') depth--;
  }
  return names;
}
