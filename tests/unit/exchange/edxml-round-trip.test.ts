import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EdxmlUnknown } from '../../../electron/services/exchange/edxml/model.ts';
import { echoOf } from '../../../electron/services/exchange/edxml/unknown.ts';
import { writeDocument, writeDocumentTo, writeStatus } from '../../../electron/services/exchange/edxml/write.ts';
import { anyDocument, anyFiles, anyStatus } from './edxml-arbitrary.ts';
import { documentOf, documentText, failureOf, readBack, sampleDocument, statusOf, valueOf } from './edxml-samples.ts';

const newUuid = (): string => '00000000-0000-4000-8000-000000000001';

function wellFormed(bytes: Uint8Array): void {
  execFileSync('xmllint', ['--noout', '--nonet', '-'], { input: bytes });
}

const inOrder = (unknown: readonly EdxmlUnknown[]): readonly string[] => unknown.map(({ path, text }) => `${path} ${text}`).toSorted();

describe('whatever may be sent comes back as it was', () => {
  test('documents, in both orders, at once and as a stream', async () => {
    const order = fc.constantFrom('vnpt' as const, 'qcvn' as const);
    await fc.assert(
      fc.asyncProperty(anyDocument, anyFiles, order, fc.integer({ min: 1, max: 400 }), async (document, files, profile, piece) => {
        const options = { newUuid, order: profile };
        const bytes = valueOf(writeDocument(document, files, options));
        wellFormed(bytes);
        const { outcome, files: read } = await readBack(bytes, piece);
        const back = documentOf(outcome);
        expect(back.header).toEqual(document.header);
        expect(back.trace).toEqual(document.trace);
        expect(back.business).toEqual(document.business);
        expect(inOrder(back.unknown)).toEqual(inOrder(document.unknown ?? []));
        expect(back.attachments.map(({ name, description, contentId }) => ({ name, description, contentId }))).toEqual(
          files.map(({ name, description, contentId }) => ({ name, description, contentId })),
        );
        for (const [at, file] of files.entries()) expect(read[at]?.bytes.equals(Buffer.from(file.bytes))).toBe(true);

        const parts: Buffer[] = [];
        const sources = files.map((file) => ({ ...file, size: file.bytes.length, open: () => inPieces(file.bytes, piece) }));
        const written = await writeDocumentTo(document, sources, options, async (part) => void parts.push(Buffer.from(part)));
        expect(Buffer.concat(parts).equals(Buffer.from(bytes))).toBe(true);
        expect(written).toEqual({ ok: true, value: bytes.length });
      }),
      { numRuns: 100 },
    );
  });

  test('statuses', async () => {
    await fc.assert(
      fc.asyncProperty(anyStatus, fc.integer({ min: 1, max: 400 }), async (status, piece) => {
        const bytes = valueOf(writeStatus(status));
        wellFormed(bytes);
        const { kind: _kind, statusCodeOnWire: _wire, unknown, ...back } = statusOf((await readBack(bytes, piece)).outcome);
        expect(back).toEqual(status);
        expect(unknown).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is not understood', () => {
  const base = 'edXMLEnvelope/edXMLHeader';
  const message =
    '<From><OrganId>H37.02</OrganId></From><To x="1"/><To><OrganId>G12</OrganId></To>' +
    '<To><OrganId>G01</OrganId><Ward n="5" xmlns:x="urn:x" x:n="6">phường</Ward><Ward>hai</Ward></To>' +
    '<Code><CodeNumber>15</CodeNumber><CodeNotation>ST-VP</CodeNotation></Code>' +
    '<PromulgationInfo><PromulgationDate>2026/11/20</PromulgationDate></PromulgationInfo>' +
    '<DocumentType><TypeName>Công văn</TypeName></DocumentType><Subject>một</Subject><Subject lang="vi">hai</Subject>' +
    '<DocumentId>x1</DocumentId><z:Foo xmlns:z="urn:z"><z:Bar>\tgiữ  \r\n lại</z:Bar><Bar>ta</Bar></z:Foo>';
  const trace =
    '<TraceHeaderList actor="a" version="1.0"><TraceHeader><OrganId>G22</OrganId><Timestamp>2026/11/20 01:02:03</Timestamp>' +
    '<Node>n1</Node></TraceHeader><Bussiness><BussinessDocType>0</BussinessDocType><Hint>h</Hint></Bussiness></TraceHeaderList>' +
    '<Signature><SignatureValue>abc</SignatureValue></Signature>';
  const expected = [
    [`${base}/MessageHeader/To[2]/Ward`, 'phường'],
    [`${base}/MessageHeader/To[2]/Ward/@n`, '5'],
    [`${base}/MessageHeader/To[2]/Ward/@{urn:x}n`, '6'],
    [`${base}/MessageHeader/To[2]/Ward[2]`, 'hai'],
    [`${base}/MessageHeader/Subject[2]`, 'hai'],
    [`${base}/MessageHeader/Subject[2]/@lang`, 'vi'],
    [`${base}/MessageHeader/{urn:z}Foo/{urn:z}Bar`, '\tgiữ  \n lại'],
    [`${base}/MessageHeader/{urn:z}Foo/Bar`, 'ta'],
    [`${base}/TraceHeaderList/@actor`, 'a'],
    [`${base}/TraceHeaderList/@version`, '1.0'],
    [`${base}/TraceHeaderList/TraceHeader/Node`, 'n1'],
    [`${base}/TraceHeaderList/Bussiness/Hint`, 'h'],
    [`${base}/Signature/SignatureValue`, 'abc'],
  ] as const;

  test('is kept with its place: attributes, repetitions, other namespaces', async () => {
    const document = documentOf((await readBack(documentText({ message, trace }), 9)).outcome);
    expect(document.header.to.map((to) => to.organId)).toEqual(['G12', 'G01']);
    const seen = new Set(document.unknown.map(({ path, text }) => `${path} ${text}`));
    expect(seen).toEqual(new Set(expected.map(([path, text]) => `${path} ${text}`)));
  });

  test('goes back to its place; an echo leaves out receivers, instruction and signature', async () => {
    const document = documentOf((await readBack(documentText({ message, trace }))).outcome);
    const header = { ...document.header, from: sampleDocument.header.from };
    const again = documentOf((await readBack(valueOf(writeDocument({ ...document, header }, [], { newUuid })))).outcome);
    expect(inOrder(again.unknown)).toEqual(inOrder(document.unknown));
    expect(echoOf(document).map(({ path }) => path)).toEqual([
      `${base}/MessageHeader/Subject[2]`,
      `${base}/MessageHeader/Subject[2]/@lang`,
      `${base}/MessageHeader/{urn:z}Foo/{urn:z}Bar`,
      `${base}/MessageHeader/{urn:z}Foo/Bar`,
      `${base}/TraceHeaderList/@actor`,
      `${base}/TraceHeaderList/@version`,
      `${base}/TraceHeaderList/TraceHeader/Node`,
    ]);
  });

  test('of files, in several lists of them too', async () => {
    const file = (id: string): string =>
      `<Attachment><ContentId>${id}</ContentId><AttachmentName>${id}.pdf</AttachmentName><FieldName>f-${id}</FieldName>` +
      '<ContentTransferEncoded>JVBERg==</ContentTransferEncoded></Attachment>';
    const text = documentText({ attachments: file('a') }).replace('</edXML>', `<AttachmentEncoded>${file('b')}</AttachmentEncoded></edXML>`);
    const document = documentOf((await readBack(text)).outcome);
    expect(document.attachments.map(({ contentId }) => contentId)).toEqual(['a', 'b']);
    expect(document.unknown).toEqual([
      { path: 'AttachmentEncoded/Attachment/FieldName', text: 'f-a' },
      { path: 'AttachmentEncoded/Attachment[2]/FieldName', text: 'f-b' },
    ]);
  });

  test.each([
    [''],
    ['a//b'],
    ['a/@b/c'],
    ['a/1b'],
    ['a/b[0]'],
    ['<a>'],
    ['@xmlns'],
    [`${base}/MessageHeader/To[3]/Foo`],
    [`${base}/TraceHeaderList/TraceHeader[2]/OrganId`],
    ['AttachmentEncoded/Attachment/FieldName'],
    [`${base}/MessageHeader/Subject`],
  ])('%j is refused: no path, no such part, or taken', (path) => {
    const refused = writeDocument({ ...sampleDocument, unknown: [{ path, text: 'x' }] }, [], { newUuid });
    expect(failureOf(refused)).toEqual(['invalid-value', path, undefined]);
  });
});

async function* inPieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}
