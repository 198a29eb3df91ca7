import { describe, expect, test } from 'vitest';
import { documentOf, documentText, failureOf, readBack } from './edxml-samples.ts';

describe('UTF-16, which every reader of XML knows', () => {
  const text = (encoding: string): string => documentText({ before: `<?xml version="1.0" encoding="${encoding}"?>` });
  const wide = (from: string, order: 'le' | 'be', mark = true): Buffer => {
    const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${from}`, 'utf16le');
    return order === 'le' ? bytes : bytes.swap16();
  };

  test.each([
    ['LE, marked', wide(text('UTF-16'), 'le')],
    ['BE, marked', wide(text('utf-16'), 'be')],
    ['LE, by its declaration', wide(text('UTF-16LE'), 'le', false)],
    ['BE, by its declaration', wide(text('UTF-16BE'), 'be', false)],
    ['marked, without a declaration', wide(documentText({}), 'le')],
    ['marked, and says UTF-8', wide(text('UTF-8'), 'le')],
  ])('%s: the same message as in UTF-8, whatever the pieces', async (_name, bytes) => {
    const usual = documentOf((await readBack(text('UTF-8'))).outcome);
    for (const piece of [1, 2, 3, 7, 100_000]) expect(documentOf((await readBack(bytes, piece)).outcome)).toEqual(usual);
  });

  test('what does not keep to it is refused', async () => {
    const bytes = wide(text('UTF-16'), 'le');
    expect(failureOf((await readBack(bytes.subarray(0, -1))).outcome)[0]).toBe('truncated');
    expect(failureOf((await readBack(Buffer.concat([bytes.subarray(0, 200), Buffer.from([0x00, 0xd8, 0x41, 0x00]), bytes.subarray(200)]))).outcome)[0]).toBe('not-utf8');
    expect(failureOf((await readBack(wide(text('windows-1258'), 'le'))).outcome)[0]).toBe('not-utf8');
    expect(failureOf((await readBack(Buffer.from([0xff, 0xfe]))).outcome)[0]).toBe('not-xml');
  });
});

describe('what a message must not say twice', () => {
  const whole = documentText({});
  const bussiness = (type: string): string => `<Bussiness><BussinessDocType>${type}</BussinessDocType><Paper>0</Paper></Bussiness>`;
  const list = (inside: string): string => `<TraceHeaderList>${inside}</TraceHeaderList>`;
  const hop = '<TraceHeader><OrganId>H37.02</OrganId><Timestamp>2026/11/20 08:00:00</Timestamp></TraceHeader>';
  const inHeader = (more: string): string => whole.replace('</edXMLHeader>', `${more}</edXMLHeader>`);
  const envelope = whole.slice(whole.indexOf('<edXMLEnvelope'), whole.indexOf('</edXMLEnvelope>') + '</edXMLEnvelope>'.length);

  test.each([
    ['two envelopes', whole.replace('</edXMLEnvelope>', `</edXMLEnvelope>${envelope}`), 'edXMLEnvelope'],
    ['a document and a status', inHeader('<Status><StatusCode>13</StatusCode></Status>'), 'MessageHeader'],
    ['two instructions in two places', inHeader(list(bussiness('0')) + bussiness('1')), 'Bussiness'],
    ['two instructions in two lists', inHeader(list(bussiness('0')) + list(hop + bussiness('1'))), 'Bussiness'],
    ['two kinds in one instruction', inHeader(list(bussiness('1').replace('<Paper>', '<BussinessDocType>0</BussinessDocType><Paper>'))), 'BussinessDocType'],
  ])('%s', async (_name, text, element) => {
    expect(failureOf((await readBack(text)).outcome)).toEqual(['invalid-value', element, 'twice']);
  });

  test.each([
    ['in a second list of hops', list(hop) + list(bussiness('1'))],
    ['behind an empty one', list('<Bussiness/>') + bussiness('1')],
    ['with its kind said twice alike', list(bussiness('1').replace('<Paper>', '<BussinessDocType>1</BussinessDocType><Paper>'))],
  ])('but a recall %s is one', async (_name, more) => {
    expect(documentOf((await readBack(inHeader(more))).outcome).business).toMatchObject({ bussinessDocType: '1', paper: '0' });
  });
});
