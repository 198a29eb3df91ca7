import { describe, expect, test } from 'vitest';
import type { EdxmlDocument, EdxmlHeader, EdxmlMessage } from '../../../electron/services/exchange/edxml/model.ts';
import { documentRules, statusRules } from '../../../electron/services/exchange/edxml/rules.ts';
import { violationsOf } from '../../../electron/services/exchange/edxml/violations.ts';
import { writeDocument, writeStatus } from '../../../electron/services/exchange/edxml/write.ts';
import { documentOf, documentText, readBack, sampleDocument, sampleStatus, valueOf } from './edxml-samples.ts';

const today = '2026-11-22';
const newUuid = (): string => 'u';
const pdf = { contentId: 'f1', name: 'a.pdf', description: '', bytes: Buffer.from('%PDF-') };

async function sent(): Promise<EdxmlDocument> {
  return documentOf((await readBack(valueOf(writeDocument(sampleDocument, [pdf], { newUuid })))).outcome);
}

function found(message: EdxmlMessage): readonly string[] {
  return violationsOf(message, { today }).map(({ element, rule }) => `${element} ${rule}`);
}

async function withHeader(change: (header: EdxmlHeader) => Partial<EdxmlHeader>): Promise<EdxmlDocument> {
  const message = await sent();
  return { ...message, header: { ...message.header, ...change(message.header) } };
}

test('what we send has no deviation but the chaotic one', async () => {
  expect(found(await sent())).toEqual([]);
  expect(found({ kind: 'status', ...sampleStatus, statusCodeOnWire: sampleStatus.statusCode, unknown: [] })).toEqual([]);
});

describe('each kind of rule', () => {
  const long = (n: number): string => 'ệ'.repeat(n);
  test.each<[string, (header: EdxmlHeader) => Partial<EdxmlHeader>, readonly string[]]>([
    ['one letter too many', () => ({ subject: long(501) }), ['Subject too-long']],
    ['exactly enough', () => ({ subject: long(500) }), []],
    ['code points, not UTF-16 units', () => ({ subject: '\u{20000}'.repeat(500) }), []],
    ['the 13 of old is no limit', (h) => ({ from: { ...h.from, organId: 'H29.99.99.99.99' } }), []],
    ['36 letters of a code', (h) => ({ from: { ...h.from, organId: 'A'.repeat(36) } }), ['From/OrganId too-long']],
    ['a name missing', (h) => ({ to: h.to.map((to) => ({ ...to, organName: ' ' })) }), ['To/OrganName missing', 'To[2]/OrganName missing']],
    ['a receiver twice', (h) => ({ to: [...h.to, ...h.to.slice(0, 1)] }), ['To[3]/OrganId twice']],
    ['no day', (h) => ({ promulgationInfo: { ...h.promulgationInfo, promulgationDate: '2026/02/30' } }), ['PromulgationInfo/PromulgationDate not-a-date']],
    ['another form', () => ({ dueDate: '2026-11-30' }), ['DueDate other-form']],
    ['tomorrow', (h) => ({ promulgationInfo: { ...h.promulgationInfo, promulgationDate: '2026/11/23' } }), ['PromulgationInfo/PromulgationDate future']],
    ['today', (h) => ({ promulgationInfo: { ...h.promulgationInfo, promulgationDate: '2026/11/22' } }), []],
    ['urgency 5', (h) => ({ otherInfo: { ...h.otherInfo, priority: '5' } }), ['OtherInfo/Priority not-in-list']],
    ['urgency left out', (h) => ({ otherInfo: { ...h.otherInfo, priority: '' } }), ['OtherInfo/Priority missing']],
    ['iNet steering', () => ({ steeringType: '10' }), ['SteeringType not-in-list']],
    ['type 71', (h) => ({ documentType: { ...h.documentType, type: '71' } }), ['DocumentType/Type not-in-list']],
    ['type in words', (h) => ({ documentType: { ...h.documentType, type: 'CV' } }), ['DocumentType/Type not-a-number', 'DocumentType/Type not-in-list']],
    ['pages', (h) => ({ otherInfo: { ...h.otherInfo, pageAmount: '70000', promulgationAmount: 'năm' } }), ['OtherInfo/PromulgationAmount not-a-count', 'OtherInfo/PageAmount not-a-count']],
    ['direction', (h) => ({ otherInfo: { ...h.otherInfo, direction: 'không' } }), ['OtherInfo/Direction not-a-boolean']],
    ['a place too long', () => ({ toPlaces: ['Như trên', long(151)] }), ['ToPlaces/Place[2] too-long']],
    ['a signer without a name', (h) => ({ signerInfo: { ...h.signerInfo, fullName: '' } }), ['SignerInfo/FullName missing']],
    ['no signer at all', () => ({ signerInfo: { competence: '', position: '', fullName: '' } }), []],
  ])('%s', async (_name, change, expected) => {
    expect(found(await withHeader(change))).toEqual(expected);
  });

  test('limit, source and sureness come along, the value is cut', async () => {
    expect(violationsOf(await withHeader(() => ({ subject: long(501) })), { today })).toEqual([
      { element: 'Subject', rule: 'too-long', value: long(100), limit: 500, source: '30', sure: 'P', hard: true },
    ]);
    const half = violationsOf(await withHeader(() => ({ subject: '\u{20000}'.repeat(501) })), { today });
    expect(half[0]?.value).toBe('\u{20000}'.repeat(100));
  });

  test('the acts', async () => {
    const message = await sent();
    const act = (change: Partial<EdxmlDocument['business']>): readonly string[] => found({ ...message, business: { ...message.business, ...change } });
    expect(act({ bussinessDocType: '1' })).toEqual(['Bussiness/BussinessDocReason no-reason']);
    expect(act({ bussinessDocType: '1', bussinessDocReason: 'gửi nhầm' })).toEqual([]);
    expect(act({ bussinessDocType: '2' })).toEqual(['Bussiness/BussinessDocumentInfo updates-nothing']);
    expect(act({ bussinessDocType: '3' })).toEqual(['Bussiness/ReplacementInfoList/ReplacementInfo replaces-nothing']);
    expect(act({ paper: '' })).toEqual(['Bussiness/Paper missing']);
    expect(act({ bussinessDocType: '3', replacements: [{ documentId: '', organIds: ['G01'] }] })).toEqual([
      'Bussiness/ReplacementInfoList/ReplacementInfo/DocumentId missing',
    ]);
  });

  test('manifest and files', async () => {
    const message = await sent();
    expect(found({ ...message, attachments: [] })).toEqual(['Reference/ContentId no-attachment']);
    expect(found({ ...message, references: [] })).toEqual(['Attachment/ContentId no-reference']);
    const twice = { ...message, attachments: [...message.attachments, ...message.attachments] };
    expect(found(twice)).toEqual(['Attachment[2]/ContentId twice']);
  });

  test('a hop without a code, and what the format has once', async () => {
    const trace =
      '<TraceHeaderList><TraceHeader><OrganId>G22</OrganId><Timestamp>2026/11/20 01:02:03</Timestamp></TraceHeader>' +
      '<TraceHeader><Timestamp>20/11/2026 1:02</Timestamp></TraceHeader></TraceHeaderList>';
    const text = documentText({ trace }).replace('<Subject>', '<Subject>một</Subject><Subject>');
    expect(found(documentOf((await readBack(text)).outcome))).toEqual([
      'To/OrganName missing',
      'DocumentType/Type missing',
      'Subject[2] too-many',
      'TraceHeader[2]/OrganId missing',
      'TraceHeader[2]/Timestamp other-form',
    ]);
  });

  test.each([
    [{ statusCode: '15', statusCodeOnWire: '14' }, ['StatusCode not-in-list']],
    [{ statusCode: '09', statusCodeOnWire: '09' }, ['StatusCode not-in-list']],
    [{ statusCode: '02', statusCodeOnWire: '02', description: '' }, ['Description no-reason']],
    [{ statusCode: '03', statusCodeOnWire: '03', description: '' }, []],
    [{ statusCode: '03', statusCodeOnWire: '03', timestamp: '' }, ['Timestamp missing']],
    [{ statusCode: '03', statusCodeOnWire: '03', responseFor: { ...sampleStatus.responseFor, code: '' } }, ['ResponseFor/Code missing']],
  ])('status %j', (change, expected) => {
    expect(found({ kind: 'status', ...sampleStatus, unknown: [], ...change })).toEqual(expected);
  });
});

describe('what keeps a message from being sent', () => {
  test('all of it at once, in document order; the rest does not', () => {
    const header = {
      ...sampleDocument.header,
      from: { ...sampleDocument.header.from, organName: '' },
      content: 'x'.repeat(501),
      subject: '',
      otherInfo: { ...sampleDocument.header.otherInfo, priority: 'khẩn' },
      documentType: { type: '71', typeDetail: '', typeName: 'Công văn' },
    };
    const refused = writeDocument({ ...sampleDocument, header }, [pdf, pdf], { newUuid });
    if (refused.ok) throw new Error('it was written');
    expect(refused.failure).toEqual({ code: 'missing-element', params: { element: 'From/OrganName' } });
    expect(refused.violations.map(({ element, rule }) => `${element} ${rule}`)).toEqual([
      'From/OrganName missing',
      'Subject missing',
      'OtherInfo/Priority not-in-list',
      'Attachment[2]/ContentId twice',
    ]);
  });

  test('soft ones alone are sent', () => {
    const header = { ...sampleDocument.header, content: 'x'.repeat(501), documentType: { type: '71', typeDetail: '', typeName: 'Công văn' } };
    expect(writeDocument({ ...sampleDocument, header }, [], { newUuid }).ok).toBe(true);
    expect(writeStatus({ ...sampleStatus, description: '' }).ok).toBe(true);
  });

  test('limits of one integrator are never hard, lengths of the law always', () => {
    for (const rule of [...documentRules, ...statusRules]) {
      if (rule.max?.[1] === 'B' || rule.max?.[1] === 'S') expect([rule.path, rule.max[3]]).toEqual([rule.path, undefined]);
      if (rule.max?.[1] === '30') expect([rule.path, rule.max[3]]).toEqual([rule.path, 'hard']);
      if (rule.list?.[1] === 'I') expect([rule.path, rule.list[3]]).toEqual([rule.path, undefined]);
    }
  });

  test('every rule stands behind the one of its parent', () => {
    for (const rules of [documentRules, statusRules]) {
      const seen = new Set(['']);
      for (const { path } of rules) {
        expect(seen.has(path.slice(0, Math.max(path.lastIndexOf('/'), 0))), path).toBe(true);
        expect(seen.has(path), path).toBe(false);
        seen.add(path);
      }
    }
  });
});
