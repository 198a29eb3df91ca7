import type { Outcome } from '#contract';
import type { AxisFailureCode, HttpAnswer, HttpFailureCode } from '../ports.ts';
import { jsonOf, noAnswer } from '../transports/answers.ts';
import { okAnswer, queueOf } from '../transports/vxp-answer.ts';
import { vxpHeaders, type VxpCall } from '../transports/vxp-envelope.ts';
import { wholeAnswer } from '../transports/whole-answer.ts';
import { accountStep, type Directory } from './answer-steps.ts';
import { bad, good, warn } from './found.ts';
import type { Talk, TalkOptions } from './talk.ts';

/** Nobody's id: the question is whether the verb exists. */
const noDocId = 'tvt-kiem-tra-ket-noi';
const directoryBytes = 96 * 1024 * 1024;

/** The national axis' own protocol (axis.md §1.2–1.4): verbs that only read. */
export function vxpTalk(options: TalkOptions): Talk {
  const { axis, secrets, http, clock } = options;
  const endpoint = axis.endpoint.replace(/\/+$/, '');

  function ask(
    verb: string,
    params: VxpCall['params'],
    limits: { readonly method?: 'GET' | 'POST'; readonly body?: Uint8Array; readonly timeoutMs?: number; readonly maxBytes?: number } = {},
  ): Promise<Outcome<HttpAnswer, HttpFailureCode>> {
    const { systemId } = axis;
    const contentType = 'application/json';
    return wholeAnswer(http, {
      method: limits.method ?? 'POST',
      url: `${endpoint}/${verb}`,
      headers: vxpHeaders({ systemId, secret: secrets.secret, at: clock.now(), contentType, params }),
      body: limits.body ?? null,
      timeoutMs: limits.timeoutMs ?? options.timeoutMs,
      allowPlainHttp: options.allowPlainHttp,
      maxBytes: limits.maxBytes ?? 32 * 1024 * 1024,
    });
  }

  return {
    knock: () => ask('getReceivedEdocList', [['servicetype', 'eDoc'], ['messagetype', 'edoc']]),
    speaks: (json) => 'status' in json || 'ErrorCode' in json,

    account(answer) {
      if (secrets.secret === '') return Promise.resolve({ found: bad('account-no-secret'), codes: [] });
      const rows = queueOf(answer);
      return Promise.resolve({ found: accountStep(rows), codes: rows.ok ? rows.value.map((row) => row.to) : [] });
    },

    async directory() {
      // Over a hundred thousand rows were seen (axis.md §1.4).
      const answer = await ask('getAgenciesList', [], { timeoutMs: options.directoryMs, maxBytes: directoryBytes });
      return directoryOf(answer.ok ? okAnswer(answer.value) : noAnswer(answer.failure));
    },

    async optional() {
      const list = [['servicetype', 'eDoc'], ['messagetype', 'edoc']] as const;
      const download = verbVerdict(await ask('downloadEdoc', [['docId', noDocId]], { method: 'GET' }));
      const count = verbVerdict(await ask('countReceiveEdoc', list, { body: Buffer.from('{}') }));
      return good('optional-asked', { download, count });
    },
  };
}

function directoryOf(said: Outcome<Readonly<Record<string, unknown>>, AxisFailureCode>): Directory {
  if (!said.ok) {
    const { errorCode, errorDesc } = said.failure.params ?? {};
    const detail = `${errorCode ?? ''} ${errorDesc ?? ''}`.trim().slice(0, 300);
    return { found: warn('directory-refused', { detail }), codes: null };
  }
  const rows: readonly unknown[] = Array.isArray(said.value['data']) ? said.value['data'] : [];
  const codes = new Set(rows.flatMap((row) => codesOf(row)));
  return { found: rows.length === 0 ? warn('directory-empty') : good('directory-read', { count: rows.length }), codes };
}

/** Old and new code of an agency, which are both live (axis.md §3). */
function codesOf(row: unknown): string[] {
  if (typeof row !== 'object' || row === null) return [];
  const fields = row as Readonly<Record<string, unknown>>;
  return [fields['code'], fields['oldCode']].filter((code): code is string => typeof code === 'string' && code !== '');
}

/** Whether a verb exists, as far as its answer to a call without effect tells. */
function verbVerdict(outcome: Outcome<HttpAnswer, HttpFailureCode>): 'yes' | 'no' | 'unknown' {
  if (!outcome.ok) return 'unknown';
  const { status, body } = outcome.value;
  const json = jsonOf(body);
  const speaks = typeof json === 'object' && json !== null && ('status' in json || 'ErrorCode' in json);
  if (speaks) return status === 404 || status === 405 ? 'no' : 'yes';
  if (status === 404 || status === 405 || status === 501) return 'no';
  return 'unknown';
}
