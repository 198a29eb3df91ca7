import { expect, test } from 'vitest';
import { documentIdOf, documentXml, statusXml } from '../../../electron/services/practice/conformance/edxml-sample.ts';
import { sdkHash, signedHeaders } from '../../../electron/services/practice/conformance/wire.ts';
import { checkClient, clientRuleIds, type Act, type AxisAnswer, type AxisRequest, type ClientDriver, type Finding } from '../../../electron/services/practice/index.ts';

const account = { systemId: '00.29.W00', secret: 'khoa-bi-mat' };
const agency = { code: 'H29.99', name: 'Phường Luyện Tập' };
const partner = { code: 'G09', name: 'Bộ Nội vụ' };

/**
 * A client that speaks the protocol's form rightly and does everything else wrong: acknowledges before it fetches, reads
 * nothing, keeps nothing, takes any answer for success, asks one queue only, sends everything twice.
 */
async function careless(): Promise<readonly Finding[]> {
  let aheadMs = 0;
  const clock = { now: () => new Date(Date.now() + aheadMs) };
  let handle: (request: AxisRequest) => Promise<AxisAnswer> = () => Promise.reject(new Error('not served'));

  function call(verb: string, params: readonly (readonly [string, string])[], body: Uint8Array, contentType = 'application/json'): Promise<AxisAnswer> {
    const headers = signedHeaders({ account, at: clock.now(), contentType, params }).map(([name, value]) => [name.toLowerCase(), value]);
    return handle({ method: verb === 'downloadEdoc' ? 'GET' : 'POST', path: `/adapter/${verb}`, headers: Object.fromEntries(headers), body });
  }

  async function sendTwice(messageType: 'edoc' | 'status', bytes: Uint8Array): Promise<void> {
    const params = [['from', partner.code], ['servicetype', 'eDoc'], ['messagetype', messageType], ['hash-file', sdkHash(bytes)]] as const;
    for (let time = 0; time < 2; time += 1) await call('sendEdoc', params, Buffer.concat([bytes, Buffer.from('\r\n')]), 'application/octet-stream');
  }

  function ownDocument(number: string): Parameters<typeof documentXml>[0] {
    return { from: agency, to: [partner], number, notation: 'UBND', date: '2026/11/22', subject: 'V/v thử' };
  }

  const driver: ClientDriver = {
    agency,
    async round() {
      const listed = await call('getReceivedEdocList', [['servicetype', 'eDoc'], ['messagetype', 'edoc']], Buffer.alloc(0));
      const ids = [...Buffer.from(listed.body).toString('utf8').matchAll(/"docId":"([^"]+)"/g)].map(([, id = '']) => id);
      for (const docId of ids) {
        await call('updateStatus', [['docid', docId], ['status', 'done']], Buffer.from('{}'));
        await call('downloadEdoc', [['docId', docId]], Buffer.alloc(0));
      }
      return '';
    },
    async act(act: Act) {
      if (act.kind === 'send') {
        await sendTwice('edoc', documentXml(ownDocument(act.number)));
        return;
      }
      const about = act.kind === 'ask-back' ? ownDocument(act.number) : { ...ownDocument(act.code.split('/')[0] ?? ''), from: partner, notation: 'KT-TVT' };
      const bytes = statusXml({
        from: partner,
        to: agency.code,
        documentId: documentIdOf(about),
        code: `${about.number}/${about.notation}`,
        date: about.date,
        statusCode: act.kind === 'register' ? '03' : act.kind === 'ask-back' ? '13' : '14',
        description: '',
        at: '2026/11/22 08:00:00',
      });
      await sendTwice('status', bytes);
    },
    later: (seconds) => {
      aheadMs += seconds * 1000;
      return Promise.resolve();
    },
    held: () => Promise.resolve([]),
    takeBack: () => Promise.resolve('asked'),
  };

  return checkClient(
    {
      account,
      partner,
      clock,
      serve: (next) => {
        handle = next;
      },
      open: () => Promise.resolve({ driver, close: () => Promise.resolve() }),
    },
    [],
  );
}

test('a client that only speaks the form passes nothing but the rules about the form', async () => {
  const findings = await careless();
  expect(findings.map(({ id }) => id)).toEqual(clientRuleIds);
  const passing = findings.filter(({ result }) => result === 'pass').map(({ id }) => id);
  expect(passing).toEqual([
    'c-headers',
    'c-system-id',
    'c-content-type',
    'c-version',
    'c-user-agent',
    'c-timestamp-form',
    'c-timestamp-fresh',
    'c-hmac',
    'c-key-order',
    'c-signed-as-sent',
    'c-all-signed',
    'c-no-file-path',
    'c-verbs',
    'c-params',
    'c-bodies',
    'c-cr-lf',
    'c-hash-file',
    'c-ack-words',
    'c-message-type',
    'c-message-prefixes',
    'c-message-utf8',
    'c-status-message-header',
    'c-status-fields',
    'c-bussiness',
    'c-document-order',
    'c-document-fields',
    'c-document-dates',
    'c-document-trace',
  ]);
  expect(findings.filter(({ result }) => result === 'skipped' || result === 'not-knowable').map(({ id }) => id)).toEqual(['c-reads-junk-before', 'c-manifest', 'c-zip-written']);
});
