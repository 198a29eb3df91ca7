import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { documentXml, statusXml } from '../../../electron/services/practice/conformance/edxml-sample.ts';
import type { Recorded } from '../../../electron/services/practice/conformance/client/scripted-axis.ts';
import { messageRules } from '../../../electron/services/practice/conformance/client/watch-messages.ts';
import { watched, watchRules } from '../../../electron/services/practice/conformance/client/watch-rules.ts';
import { instantOfTimestamp, sdkHash, signedHeaders } from '../../../electron/services/practice/conformance/wire.ts';
import { bombZip, oneEntryZip, onlyEntryOf } from '../../../electron/services/practice/conformance/zip-sample.ts';
import { hashFileAsSdk, vxpHeaders } from '../../../electron/services/exchange/transports/vxp-envelope.ts';
import { clientRuleIds } from '../../../electron/services/practice/index.ts';

const account = { systemId: '00.29.W00', secret: 'khoa-bi-mat' };
const at = new Date('2026-11-22T01:02:03.004Z');
const ward = { code: 'H29.99', name: 'Phường Luyện Tập' };
const ministry = { code: 'G09', name: 'Bộ Nội vụ' };

const status = statusXml({
  from: ward,
  to: 'G09',
  documentId: 'G09,2026/11/22,7/VP',
  code: '7/VP',
  date: '2026/11/22',
  statusCode: '01',
  description: 'Đã đến',
  at: '2026/11/22 08:02:03',
});
const document = documentXml({
  from: ward,
  to: [ministry],
  number: '7',
  notation: 'UBND',
  date: '2026/11/22',
  subject: 'V/v thử',
  files: [
    { name: 'a.pdf', contentType: 'application/pdf', bytes: Buffer.from('%PDF-1.4') },
    { name: 'b.xlsx', contentType: 'application/zip', bytes: oneEntryZip(`${randomUUID()}.xlsx`, Buffer.from('PK')) },
  ],
});

type Form = { readonly verb: string; readonly method: string; readonly contentType: string; readonly params: readonly (readonly [string, string])[]; readonly body: Uint8Array };

function sending(messageType: 'edoc' | 'status', file: Uint8Array, hash = sdkHash(file)): Form {
  const params = [['from', ward.code], ['servicetype', 'eDoc'], ['messagetype', messageType], ['hash-file', hash]] as const;
  return { verb: 'sendEdoc', method: 'POST', contentType: 'application/octet-stream', params, body: Buffer.concat([file, Buffer.from('\r\n')]) };
}

const empty = Buffer.alloc(0);
const json = 'application/json';
const forms = {
  list: { verb: 'getReceivedEdocList', method: 'POST', contentType: json, params: [['servicetype', 'eDoc'], ['messagetype', 'edoc']], body: empty },
  ack: { verb: 'updateStatus', method: 'POST', contentType: json, params: [['docid', '1'], ['status', 'done']], body: Buffer.from('{}') },
  status: sending('status', status),
  document: sending('edoc', document),
} satisfies Record<string, Form>;

function recorded(form: Form, spoil: (headers: [string, string][]) => [string, string][] = (all) => all): Recorded {
  const { contentType, params, verb, method, body } = form;
  const headers = spoil(signedHeaders({ account, at, contentType, params })).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  return { at, verb, method, headers: Object.fromEntries(headers), body };
}

function replaced(name: string, change: (value: string) => string): (headers: [string, string][]) => [string, string][] {
  return (headers) => headers.map(([key, value]) => [key, key.toLowerCase() === `xroadvnpt-${name}`.toLowerCase() ? change(value) : value]);
}

function inXml(file: Uint8Array, before: string | RegExp, after: string): Uint8Array {
  const text = Buffer.from(file).toString('utf8');
  const changed = text.replace(before, after);
  if (changed === text) throw new Error(`not in the message: ${String(before)}`);
  return Buffer.from(changed, 'utf8');
}

const statusWith = (before: string | RegExp, after: string): Recorded => recorded(sending('status', inXml(status, before, after)));
const documentWith = (before: string | RegExp, after: string): Recorded => recorded(sending('edoc', inXml(document, before, after)));
const rules = [...watchRules, ...messageRules];
const right = Object.values(forms).map((form) => recorded(form));

/** The rules that do not hold with one call more than the right ones. */
function failing(call: Recorded | null): readonly string[] {
  const calls = call === null ? right : [...right, call];
  return rules.filter((watch) => watched(watch, calls, account).result !== 'pass').map(({ rule }) => rule.id);
}

/** One spoilt call for each rule that is judged over all calls. */
const spoilt: Readonly<Record<string, Recorded>> = {
  'c-headers': recorded(forms.list, (headers) => headers.filter(([name]) => name !== 'XroadVnpt-sign-header-key' && name !== 'XroadVnpt-version')),
  'c-system-id': { ...recorded(forms.list), headers: Object.fromEntries(signedHeaders({ account: { ...account, systemId: 'x' }, at, contentType: json, params: forms.list.params }).map(([name, value]) => [name.toLowerCase(), value])) },
  'c-content-type': recorded({ ...forms.list, contentType: 'text/xml' }),
  'c-version': recorded(forms.list, replaced('version', () => '4')),
  'c-user-agent': recorded(forms.list, (headers) => headers.map(([name, value]) => [name, name === 'User-Agent' ? 'curl' : value])),
  'c-timestamp-form': recorded(forms.list, replaced('timestamp', (value) => value.replace('+0', '+07'))),
  'c-timestamp-fresh': { ...recorded(forms.list), at: new Date(at.getTime() + 60_000) },
  'c-hmac': recorded(forms.list, replaced('hash-header', (value) => value.toUpperCase())),
  'c-key-order': recorded(forms.list, replaced('sign-header-key', (value) => value.split(';').toReversed().join(';'))),
  'c-signed-as-sent': recorded(forms.list, replaced('messagetype', () => 'status')),
  'c-all-signed': recorded(forms.list, (headers) => [...headers, ['XroadVnpt-fromDate', '2026-11-22']]),
  'c-no-file-path': recorded(forms.list, (headers) => [...headers, ['XroadVnpt-filePath', '/tmp/a.edxml']]),
  'c-verbs': recorded({ ...forms.list, method: 'GET' }),
  'c-params': recorded({ ...forms.list, params: forms.list.params.slice(0, 1) }),
  'c-bodies': recorded({ ...forms.ack, body: empty }),
  'c-cr-lf': recorded({ ...forms.status, body: status }),
  'c-hash-file': recorded(sending('status', status, sdkHash(Buffer.concat([status, Buffer.from('\r\n')])))),
  'c-ack-words': recorded({ ...forms.ack, params: [['docid', '1'], ['status', 'received']] }),
  'c-message-type': recorded(sending('edoc', inXml(document, '<edXML:SteeringType>', '<edXML:StatusCode>01</edXML:StatusCode><edXML:SteeringType>'))),
  'c-never-14': statusWith('<edXML:StatusCode>01', '<edXML:StatusCode>14'),
  'c-message-prefixes': statusWith(/<edXML:(StaffInfo)>(.*)<\/edXML:StaffInfo>/, '<$1>$2</$1>'),
  'c-message-utf8': recorded(sending('status', Buffer.concat([Buffer.from('\ufeff'), status]))),
  'c-status-message-header': statusWith(/edXML:MessageHeader/g, 'edXML:Status'),
  'c-status-fields': statusWith('2026/11/22 08:02:03', '2026-11-22T08:02:03'),
  'c-bussiness': documentWith(/Bussiness>/g, 'Business>'),
  'c-document-order': documentWith(/(<edXML:Code>.*<\/edXML:Code>)(<edXML:PromulgationInfo>.*<\/edXML:PromulgationInfo>)/, '$2$1'),
  'c-document-fields': documentWith('<edXML:CodeNotation>UBND</edXML:CodeNotation>', ''),
  'c-document-dates': documentWith('<edXML:PromulgationDate>2026/11/22', '<edXML:PromulgationDate>22/11/2026'),
  'c-document-trace': documentWith('<edXML:TraceHeader><edXML:OrganId>H29.99', '<edXML:TraceHeader><edXML:OrganId>G09'),
  'c-manifest': documentWith('<edXML:ContentId>cid:tep-2', '<edXML:ContentId>cid:tep-3'),
  'c-zip-written': documentWith('<ContentType>application/zip', '<ContentType>application/xlsx'),
};

/** Rules that cannot be broken without breaking others. */
const alongside: Readonly<Record<string, readonly string[]>> = {
  'c-headers': ['c-version', 'c-key-order'],
  'c-timestamp-form': ['c-signed-as-sent'],
  'c-message-type': ['c-document-order'],
  'c-status-message-header': ['c-status-fields'],
};

test('right calls keep every rule that is judged over all calls', () => {
  expect(failing(null)).toEqual([]);
});

test('there is a spoilt call for each of them', () => {
  expect(Object.keys(spoilt).toSorted()).toEqual(rules.map(({ rule }) => rule.id).toSorted());
  expect(clientRuleIds).toEqual(expect.arrayContaining(Object.keys(spoilt)));
});

test.each(Object.entries(spoilt))('%s is found, and nothing else', (id, call) => {
  expect(failing(call).toSorted()).toEqual([id, ...(alongside[id] ?? [])].toSorted());
});

test('the envelope written here and the one of the transport are the same', () => {
  const params = [['from', 'H29.99'], ['servicetype', 'eDoc']] as const;
  const ours = vxpHeaders({ ...account, at, contentType: json, params });
  expect(signedHeaders({ account, at, contentType: json, params })).toEqual(ours);
  expect(Object.fromEntries(ours)['XroadVnpt-timestamp']).toBe('22112026T080203+0004');
  expect(instantOfTimestamp('22112026T080203+0004')).toEqual(at);
  expect(instantOfTimestamp('32112026T080203+0004')).toBeNull();
  for (let index = 0; index < 50; index += 1) {
    const file = Buffer.from(String(index));
    expect(sdkHash(file)).toBe(hashFileAsSdk(file));
  }
});

test('a ZIP with one entry is read back; a bomb is small, and what is broken is none', () => {
  const zip = oneEntryZip('á.txt', Buffer.from('nội dung'));
  expect(onlyEntryOf(zip)).toEqual({ name: 'á.txt', content: Buffer.from('nội dung') });
  expect(onlyEntryOf(zip.slice(0, -30))).toBeNull();
  expect(onlyEntryOf(Buffer.from('%PDF-1.4'))).toBeNull();
  const bomb = bombZip('a.txt', 32);
  expect(bomb.length).toBeLessThan(64 * 1024);
  expect(onlyEntryOf(bomb)?.content.length).toBe(32 * 1024 * 1024);
});
