import { expect, test } from 'vitest';
import { ok } from '#contract';
import { callJournal } from '../../../electron/services/exchange/call-journal.ts';
import type { HttpPort } from '../../../electron/services/exchange/ports.ts';

test('an answer that repeats the request, in its headers or its text, brings no secret into the journal', async () => {
  const http: HttpPort = ({ headers }) => {
    async function* body() {
      yield await Promise.resolve(ok(Buffer.from(`<pre>${headers.map(([name, value]) => `${name}: ${value}`).join('\n')}</pre>`)));
    }
    const echoed = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
    return Promise.resolve(ok({ status: 500, headers: { ...echoed, 'x-request': 'auth=the-token', 'set-cookie': 'sid=1' }, body: body(), abort: () => undefined }));
  };
  const journal = callJournal(http, { now: () => new Date('2026-11-22T01:00:00.000Z') });
  const { calls } = await journal.during(async () => {
    const answer = await journal.http({
      method: 'GET',
      url: 'https://127.0.0.1/v1/list',
      headers: [['Authorization', 'Bearer the-token'], ['X-SecretKey', 'very-secret'], ['X-SystemId', 'tvt']],
      body: null,
      timeoutMs: 1000,
      maxBytes: 10_000,
      allowPlainHttp: false,
    });
    if (!answer.ok) throw new Error('no answer');
    for await (const piece of answer.value.body) if (!piece.ok) throw new Error('no body');
  });
  const text = JSON.stringify(calls);
  expect(text).toContain('X-SystemId: tvt');
  for (const secret of ['the-token', 'very-secret', 'sid=1']) expect(text).not.toContain(secret);
});
