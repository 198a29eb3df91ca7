import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { emptyStaff, newDocumentBusiness, type DocumentToWrite, type StatusToWrite } from '../../../electron/services/exchange/edxml/model.ts';
import { statusCodes } from '../../../electron/services/exchange/edxml/values.ts';
import { violationsOf } from '../../../electron/services/exchange/edxml/violations.ts';
import { writeDocument, writeStatus } from '../../../electron/services/exchange/edxml/write.ts';
import { documentOf, namespace, readBack, sampleDocument, sampleStatus, statusOf, valueOf } from './edxml-samples.ts';

const newUuid = (): string => '00000000-0000-4000-8000-000000000001';
const pdf = { contentId: 'f1', name: '7816.signed.pdf', description: 'Văn bản', bytes: Buffer.from('%PDF-1.7\n…') };

/** As the fixtures have it: a line for each tag. */
function lines(bytes: Uint8Array): string {
  execFileSync('xmllint', ['--noout', '--nonet', '-'], { input: bytes });
  return Buffer.from(bytes).toString('utf8').replaceAll('><', '>\n<');
}

/** The same message with the namespace as the default one everywhere, and with another prefix. */
function forms(bytes: Uint8Array): readonly (readonly [name: string, text: string])[] {
  const text = Buffer.from(bytes).toString('utf8');
  const bare = text.replaceAll(`xmlns:edXML="${namespace}"`, '').replaceAll(/<(\/?)edXML:/g, '<$1');
  const prefixed = bare.replaceAll(/<(\/?)(?=[A-Za-z])/g, '<$1q:').replace('xmlns=', 'xmlns:q=');
  return [['as written', text], ['without prefix', bare], ['prefix everywhere', prefixed]];
}

/** A message with every element that the format knows. */
const full: DocumentToWrite = {
  ...sampleDocument,
  header: {
    ...sampleDocument.header,
    content: 'V/v kết nối',
    otherInfo: { ...sampleDocument.header.otherInfo, sphereOfPromulgation: 'Nội bộ', replyFors: 'r', referenceCodes: 'c' },
    responseForTask: ['NV-01', 'NV-02'],
    applicationType: 'a',
  },
  business: {
    ...newDocumentBusiness,
    bussinessDocType: '3',
    bussinessDocReason: 'thay thế',
    documentId: 'G22,2026/11/01,1/VPCP',
    documentInfo: { documentInfo: '1', documentReceiver: '1', receivers: [{ organId: 'G01', receiverType: '0' }] },
    replacements: [{ documentId: 'G22,2026/11/01,1/VPCP', organIds: ['G12', 'G01'] }],
    staff: { ...emptyStaff, department: 'Phòng Văn thư', departmentId: '1', staff: 'Trần Thị Thử', staffId: '2', email: 'a@b.example', mobile: '09' },
  },
};

describe('documents in both orders', () => {
  const orders = {
    vnpt:
      'From To To DocumentId Code PromulgationInfo DocumentType Subject Content SignerInfo DueDate OtherInfo ResponseFor ' +
      'SteeringType ResponseForTask ApplicationType ToPlaces',
    qcvn:
      'From To To Code PromulgationInfo DocumentType Subject Content SignerInfo DueDate ToPlaces OtherInfo ResponseFor ' +
      'SteeringType ResponseForTask ApplicationType DocumentId',
  } as const;

  test.each(['vnpt', 'qcvn'] as const)('%s is exactly this, and comes back the same in every form of prefixes', async (order) => {
    const bytes = valueOf(writeDocument(full, [pdf], { newUuid, order }));
    const written = lines(bytes);
    await expect(written).toMatchFileSnapshot(`../../fixtures/edxml/document-full.${order}.golden.xml`);
    const header = /<edXML:MessageHeader>(.*)<\/edXML:MessageHeader>/s.exec(written)?.[1] ?? '';
    expect(topLevel(header)).toEqual(orders[order].split(' '));
    const trace = /<edXML:TraceHeaderList>(.*)<\/edXML:TraceHeaderList>/s.exec(written)?.[1] ?? '';
    expect(topLevel(trace)).toEqual(order === 'vnpt' ? ['Bussiness', 'TraceHeader'] : ['TraceHeader', 'Bussiness']);
    for (const [name, text] of forms(bytes)) {
      const back = documentOf((await readBack(text)).outcome);
      expect([name, back.header, back.trace, back.business]).toEqual([name, full.header, full.trace, full.business]);
      expect([name, back.unknown, back.attachments.map((one) => one.size)]).toEqual([name, [], [pdf.bytes.length]]);
    }
  });
});

describe('statuses', () => {
  const said: Readonly<Record<(typeof statusCodes)[number], string>> = {
    '01': 'Đã đến',
    '02': 'Gửi nhầm nơi nhận',
    '03': 'Đã tiếp nhận',
    '04': 'Phân công xử lý',
    '05': 'Đang xử lý',
    '06': 'Hoàn thành',
    '13': 'Lấy lại để sửa số liệu',
    '15': 'Đồng ý',
    '16': 'Từ chối, đã giải quyết xong',
  };

  /** 13 is the sender's own: from it, about the document at the receiver (axis.md §2.8). */
  function status(statusCode: (typeof statusCodes)[number]): StatusToWrite {
    const own = { ...sampleStatus.from, organId: 'G22', organName: 'Văn phòng Chính phủ' };
    const turned = { from: own, responseFor: { ...sampleStatus.responseFor, organId: 'G12' } };
    return { ...sampleStatus, ...(statusCode === '13' ? turned : {}), statusCode, description: said[statusCode] };
  }

  test.each(statusCodes)('%s is exactly this, and comes back the same in every form of prefixes and in Status', async (code) => {
    const bytes = valueOf(writeStatus(status(code)));
    await expect(lines(bytes)).toMatchFileSnapshot(`../../fixtures/edxml/status-${code}.golden.xml`);
    for (const [name, text] of forms(bytes)) {
      for (const renamed of [text, text.replaceAll('MessageHeader', 'Status')]) {
        const back = statusOf((await readBack(renamed)).outcome);
        const { kind: _kind, statusCodeOnWire, unknown, ...rest } = back;
        expect([name, rest, statusCodeOnWire, unknown]).toEqual([name, status(code), code, []]);
        expect(violationsOf(back, { today: '2026-11-22' })).toEqual([]);
      }
    }
  });
});

function topLevel(fragment: string): readonly string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [, slash, name] of fragment.matchAll(/<(\/?)edXML:(\w+)>/g)) {
    if (slash === '' && depth++ === 0) names.push(name ?? '');
    if (slash === '/') depth--;
  }
  return names;
}
