import { rule, verdict, type Rule, type Verdict } from '../rule.ts';
import { instantOfTimestamp, sdkHash, wireHmac, wirePrefix, wireUserAgent, wireVersion, type Account } from '../wire.ts';
import type { Recorded } from './scripted-axis.ts';

/** A rule that every call of a run must keep. `fault` names what is wrong with a call; null when nothing is. */
export type WatchRule = {
  readonly rule: Rule;
  /** of which calls it speaks; default all */
  readonly of?: (call: Recorded) => boolean;
  readonly fault: (call: Recorded, account: Account) => string | null;
};

type Form = { readonly method: 'GET' | 'POST'; readonly body: 'empty' | '{}' | 'file' | 'json'; readonly params: readonly string[] };

/** Method, body and parameters of each verb as the SDK really sends them (axis.md §1.3). */
const forms: Readonly<Record<string, Form>> = {
  getReceivedEdocList: { method: 'POST', body: 'empty', params: ['servicetype', 'messagetype'] },
  getEdoc: { method: 'POST', body: '{}', params: ['docId'] },
  downloadEdoc: { method: 'GET', body: 'empty', params: ['docId'] },
  sendEdoc: { method: 'POST', body: 'file', params: ['from', 'servicetype', 'messagetype', 'hash-file'] },
  updateStatus: { method: 'POST', body: '{}', params: ['docid', 'status'] },
  getSentEdocList: { method: 'POST', body: 'empty', params: ['servicetype', 'messagetype'] },
  countReceiveEdoc: { method: 'POST', body: '{}', params: [] },
  countReceiveStatus: { method: 'POST', body: '{}', params: [] },
  getAgenciesList: { method: 'POST', body: 'empty', params: [] },
  getAgenciesListQD20: { method: 'POST', body: 'empty', params: ['level'] },
  getSynchronizeUnit: { method: 'POST', body: 'empty', params: [] },
  registerAgency: { method: 'POST', body: 'json', params: [] },
  deleteAgency: { method: 'POST', body: '{}', params: ['AgencyCode'] },
};

const prefix = wirePrefix.toLowerCase();
const signedBy = ['sign-header-key', 'sign-header', 'hash-header', 'version'];

function header(call: Recorded, name: string): string {
  return call.headers[`${prefix}${name.toLowerCase()}`] ?? '';
}

function signedJson(call: Recorded): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(header(call, 'sign-header'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const isSend = (call: Recorded): boolean => call.verb === 'sendEdoc';

/** Rules about the form of every call (axis.md §1.2, §1.3). */
export const watchRules: readonly WatchRule[] = [
  {
    rule: rule('c-headers', '§1.2', 'M', 'Lời gọi nào cũng có đủ header của phong bì', 'Every call has all headers of the envelope'),
    fault(call) {
      const missing = ['systemid', 'timestamp', 'Content-Type', ...signedBy].filter((name) => header(call, name) === '');
      return missing.length === 0 ? null : `lacking ${missing.join(', ')}`;
    },
  },
  {
    rule: rule('c-system-id', '§1.2', 'M', 'systemid là mã trung tâm đã cấp', 'systemid is the code of the centre'),
    fault: (call, { systemId }) => (header(call, 'systemid') === systemId ? null : `systemid "${header(call, 'systemid')}"`),
  },
  {
    rule: rule('c-content-type', '§1.2', 'M', 'Content-Type đúng lệnh, và header ký cùng giá trị', 'Content-Type fits the verb, and the signed one is the same'),
    fault(call) {
      const wanted = isSend(call) ? 'application/octet-stream' : 'application/json';
      const given = call.headers['content-type'] ?? '';
      return given === wanted && header(call, 'Content-Type') === given ? null : `"${given}", signed "${header(call, 'Content-Type')}"`;
    },
  },
  {
    rule: rule('c-version', '§1.2', 'M', `version ${wireVersion}`, `version ${wireVersion}`),
    fault: (call) => (header(call, 'version') === wireVersion ? null : `version "${header(call, 'version')}"`),
  },
  {
    rule: rule('c-user-agent', '§1.2', 'M', `User-Agent ${wireUserAgent}`, `User-Agent ${wireUserAgent}`),
    fault: (call) => (call.headers['user-agent'] === wireUserAgent ? null : `"${call.headers['user-agent'] ?? ''}"`),
  },
  {
    rule: rule('c-timestamp-form', '§1.2', 'M', "timestamp dạng ddMMyyyy'T'HHmmss+0SSS", "timestamp as ddMMyyyy'T'HHmmss+0SSS"),
    fault: (call) => (instantOfTimestamp(header(call, 'timestamp')) === null ? `"${header(call, 'timestamp')}"` : null),
  },
  {
    rule: rule('c-timestamp-fresh', '§1.2', 'I', 'timestamp là giờ Việt Nam lúc gọi, mới cho từng lời gọi', 'timestamp is the Vietnam time of the call, fresh each time'),
    of: (call) => instantOfTimestamp(header(call, 'timestamp')) !== null,
    fault(call) {
      const ms = Math.abs((instantOfTimestamp(header(call, 'timestamp'))?.getTime() ?? 0) - call.at.getTime());
      return ms <= 20_000 ? null : `${String(Math.round(ms / 1000))} s off`;
    },
  },
  {
    rule: rule('c-hmac', '§1.2', 'M', 'hash-header là HMAC-SHA256 của sign-header, hex thường', 'hash-header is the HMAC-SHA256 of sign-header, lower-case hex'),
    fault: (call, { secret }) => (header(call, 'hash-header') === wireHmac(secret, header(call, 'sign-header')) ? null : 'another value'),
  },
  {
    rule: rule('c-key-order', '§1.2', 'M', 'sign-header-key liệt kê đúng thứ tự các khóa trong JSON', 'sign-header-key names the keys in the order of the JSON'),
    fault(call) {
      const keys = Object.keys(signedJson(call) ?? {});
      const named = header(call, 'sign-header-key').split(';').map((name) => wirePrefix + name);
      return keys.length > 0 && keys.join() === named.join() ? null : `"${header(call, 'sign-header-key')}"`;
    },
  },
  {
    rule: rule('c-signed-as-sent', '§1.2', 'M', 'Giá trị trong JSON đúng bằng header gửi đi', 'The values of the JSON are those of the headers'),
    fault(call) {
      const json = signedJson(call);
      if (json === null) return 'no JSON';
      const differs = Object.entries(json).find(([name, value]) => typeof value !== 'string' || call.headers[name.toLowerCase()] !== value);
      return differs === undefined ? null : differs[0];
    },
  },
  {
    rule: rule('c-all-signed', '§1.2', 'M', 'Mọi tham số gửi đi đều được ký', 'Every parameter that is sent is signed'),
    fault(call) {
      const signed = new Set(Object.keys(signedJson(call) ?? {}).map((name) => name.toLowerCase()));
      const free = Object.keys(call.headers).filter(
        (name) => name.startsWith(prefix) && !signedBy.includes(name.slice(prefix.length)) && !signed.has(name) && name !== `${prefix}filepath`,
      );
      return free.length === 0 ? null : `unsigned ${free.join(', ')}`;
    },
  },
  {
    rule: rule('c-no-file-path', '§1.2', 'I', 'Không gửi header filePath (lộ đường dẫn máy trạm)', 'No filePath header (it tells a local path)'),
    fault: (call) => (header(call, 'filePath') === '' ? null : 'filePath'),
  },
  {
    rule: rule('c-verbs', '§1.3', 'M', 'Chỉ gọi các lệnh đã biết, đúng phương thức', 'Only known verbs are called, by their method'),
    fault(call) {
      const form = forms[call.verb];
      return form !== undefined && form.method === call.method ? null : `${call.method} ${call.verb}`;
    },
  },
  {
    rule: rule('c-params', '§1.3', 'V', 'Lệnh nào cũng có đủ tham số; servicetype là eDoc', 'Every verb has its parameters; servicetype is eDoc'),
    of: (call) => Object.hasOwn(forms, call.verb),
    fault(call) {
      const params = forms[call.verb]?.params ?? [];
      const missing = params.filter((name) => header(call, name) === '');
      if (missing.length > 0) return `${call.verb} lacking ${missing.join(', ')}`;
      return params.includes('servicetype') && header(call, 'servicetype') !== 'eDoc' ? `servicetype "${header(call, 'servicetype')}"` : null;
    },
  },
  {
    rule: rule('c-bodies', '§1.3', 'V', 'Thân của lệnh đúng mẫu: rỗng hoặc {}', 'Bodies are as the verb wants them: empty or {}'),
    of: (call) => ['empty', '{}'].includes(forms[call.verb]?.body ?? ''),
    fault(call) {
      const text = Buffer.from(call.body).toString('utf8');
      return text === (forms[call.verb]?.body === '{}' ? '{}' : '') ? null : `${call.verb} "${text.slice(0, 40)}"`;
    },
  },
  {
    rule: rule('c-cr-lf', '§1.3', 'M', 'Sau tệp gửi đi có CR LF', 'CR LF follows the file that is sent'),
    of: isSend,
    fault: ({ body }) => (body.at(-2) === 0x0d && body.at(-1) === 0x0a ? null : 'no CR LF'),
  },
  {
    rule: rule('c-hash-file', '§1.3', 'M', 'hash-file viết như SDK, không tính CR LF', "hash-file spelt the SDK's way, CR LF left out"),
    of: isSend,
    fault(call) {
      const { body } = call;
      const file = body.at(-2) === 0x0d && body.at(-1) === 0x0a ? body.subarray(0, -2) : body;
      return header(call, 'hash-file') === sdkHash(file) ? null : 'another value';
    },
  },
  {
    rule: rule('c-ack-words', '§1.3', 'V', 'updateStatus chỉ nói processing, done hoặc fail', 'updateStatus says processing, done or fail only'),
    of: ({ verb }) => verb === 'updateStatus',
    fault: (call) => (['processing', 'done', 'fail'].includes(header(call, 'status')) ? null : `"${header(call, 'status')}"`),
  },
  {
    rule: rule('c-message-type', '§2.8', 'V', 'Trạng thái gửi với messagetype=status, văn bản với edoc', 'Statuses are sent with messagetype=status, documents with edoc'),
    of: isSend,
    fault(call) {
      const isStatus = /<(?:\w+:)?StatusCode>/.test(Buffer.from(call.body).toString('utf8'));
      return header(call, 'messagetype') === (isStatus ? 'status' : 'edoc') ? null : `"${header(call, 'messagetype')}"`;
    },
  },
  {
    rule: rule('c-never-14', '§2.8', 'V', 'Không gửi mã trạng thái ngoài chín mã đã biết (không gửi 14)', 'Sends none but the nine known status codes (never 14)'),
    of: (call) => isSend(call) && header(call, 'messagetype') === 'status',
    fault(call) {
      const code = /<(?:\w+:)?StatusCode>([^<]*)</.exec(Buffer.from(call.body).toString('utf8'))?.[1] ?? '';
      return ['01', '02', '03', '04', '05', '06', '13', '15', '16'].includes(code) ? null : `"${code}"`;
    },
  },
];

/** Judges one rule over all calls of a run. */
export function watched(watch: WatchRule, calls: readonly Recorded[], account: Account): Verdict {
  const about = watch.of === undefined ? calls : calls.filter(watch.of);
  if (about.length === 0) return { result: 'skipped', seen: 'no such call' };
  const faults = about.flatMap((call) => {
    const fault = watch.fault(call, account);
    return fault === null ? [] : [`${call.verb}: ${fault}`];
  });
  return verdict(faults.length === 0, faults.length === 0 ? `${String(about.length)} calls` : `${String(faults.length)} of ${String(about.length)}: ${faults[0] ?? ''}`);
}
