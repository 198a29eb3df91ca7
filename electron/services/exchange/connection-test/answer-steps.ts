import type { Outcome } from '#contract';
import { secondsAhead, clockToleranceSeconds } from '../clock-watch.ts';
import type { AxisFailureCode, HttpAnswer, HttpFailureCode } from '../ports.ts';
import { jsonOf } from '../transports/answers.ts';
import { bad, good, left, warn, type Found } from './found.ts';

/** The first call of a test and when it was made, by our clock. */
export type Knock = {
  readonly outcome: Outcome<HttpAnswer, HttpFailureCode>;
  readonly started: Date;
  readonly ended: Date;
};

/** Whether anything answered in HTTP. */
export function httpStep({ outcome, started, ended }: Knock): Found {
  if (outcome.ok) return good('http-answered', { status: outcome.value.status });
  const { code, params } = outcome.failure;
  const detail = String(params?.['detail'] ?? '');
  if (code === 'time-out') {
    return bad('http-no-answer', { seconds: Math.round((ended.getTime() - started.getTime()) / 1000) });
  }
  if (code === 'cut') return bad('http-cut', { detail });
  return code === 'proxy-auth' ? bad('proxy-auth', { ways: detail }) : bad('http-failed', { code, detail });
}

/** Whether the answer is of the kind that was asked for; `speaks` knows the protocol's own. */
export function protocolStep(answer: HttpAnswer, speaks: (json: object) => boolean): Found {
  const { status } = answer;
  const json = jsonOf(answer.body);
  if (typeof json === 'object' && json !== null && speaks(json)) return good('protocol-spoken');
  if (status === 401 || status === 403) return bad('account-turned-away', { status });
  if (status >= 300 && status < 400) {
    return bad('protocol-moved', { status, location: (answer.headers['location'] ?? '–').slice(0, 200) });
  }
  if (status === 404) return bad('protocol-missing');
  if (answer.body.length === 0) return bad('protocol-empty', { status });
  const text = Buffer.from(answer.body.subarray(0, 20_000)).toString('utf8');
  if (/^\s*</.test(text)) {
    const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? '';
    return bad('protocol-html', { status, title: title.replace(/\s+/g, ' ').trim().slice(0, 100) });
  }
  return bad('protocol-other', { status, type: (answer.headers['content-type'] ?? '–').slice(0, 100) });
}

/** Whether a call that needs the account was let through. */
export function accountStep(outcome: Outcome<unknown, AxisFailureCode>): Found {
  if (outcome.ok) return good('account-accepted');
  const { code, params } = outcome.failure;
  const errorCode = String(params?.['errorCode'] ?? '');
  const errorDesc = String(params?.['errorDesc'] ?? '').slice(0, 300);
  return code === 'axis-refused'
    ? bad('account-refused', { errorCode, errorDesc })
    : bad('account-unclear', { detail: `${errorCode} ${errorDesc}`.trim() });
}

/** Our clock against the other side's (QĐ 28/2018 art. 14.4). */
export function clockStep({ outcome, started, ended }: Knock): Found {
  const seconds = outcome.ok ? secondsAhead(outcome.value.headers['date'], started, ended) : null;
  if (seconds === null) return left('clock-unknown');
  if (Math.abs(seconds) <= clockToleranceSeconds) return good('clock-same', { seconds: Math.abs(seconds) });
  const minutes = Math.round(Math.abs(seconds) / 60);
  return seconds > 0 ? warn('clock-ahead', { minutes }) : warn('clock-behind', { minutes });
}

export type Directory = { readonly found: Found; readonly codes: ReadonlySet<string> | null };

/**
 * Whether our agency code belongs to the account. The protocol says so only when something is sent: what was sent or
 * received under the code proves it, standing in the directory makes it likely.
 */
export function agencyStep(organId: string, seen: ReadonlySet<string>, directory: Directory['codes']): Found {
  if (organId === '') return warn('agency-not-set');
  if (seen.has(organId)) return good('agency-proved', { organId });
  if (directory === null || directory.size === 0) return left('agency-unknowable', { organId });
  return directory.has(organId) ? good('agency-listed', { organId }) : warn('agency-not-listed', { organId });
}
