import { wholeAnswer } from '../transports/whole-answer.ts';
import { lgspTokenOf } from '../transports/lgsp-answer.ts';
import { lgspPaths, lgspTransport } from '../transports/lgsp-rest.ts';
import { accountStep } from './answer-steps.ts';
import { bad, left } from './found.ts';
import type { Talk, TalkOptions } from './talk.ts';

/** A provincial broker (axis.md §1.8 [S]). A login that was refused is not made a second time. */
export function lgspTalk(options: TalkOptions): Talk {
  const { axis, secrets, http, clock, timeoutMs, allowPlainHttp } = options;
  const { endpoint, systemId, username, applicationCode } = axis;
  const { secret, password } = secrets;

  return {
    knock() {
      if (password === '' || secret === '') return null;
      return wholeAnswer(http, {
        method: 'POST',
        url: `${endpoint.replace(/\/+$/, '')}${lgspPaths.login}`,
        headers: [
          ['Content-Type', 'application/json; charset=utf-8'],
          ['Accept', 'application/json'],
        ],
        body: Buffer.from(JSON.stringify({ username, password, applicationCode }), 'utf8'),
        timeoutMs,
        allowPlainHttp,
        maxBytes: 1024 * 1024,
      });
    },
    // Brokers disagree about the names (see lgsp-answer.ts).
    speaks: (json) =>
      Object.keys(json).some((name) => /^(code|success|message|data|status|error_?code|access_?token|token)$/i.test(name)),

    async account(answer) {
      if (password === '' || secret === '') return { found: bad('account-no-secret'), codes: [] };
      const token = lgspTokenOf(answer);
      if (!token.ok) return { found: accountStep(token), codes: [] };
      // System id and secret key are judged by the first call after the login.
      const transport = lgspTransport({
        endpoint,
        systemId,
        secret,
        username,
        password,
        applicationCode,
        http,
        clock,
        allowPlainHttp,
        timeoutMs,
      });
      const rows = await transport.list('edoc');
      return { found: accountStep(rows), codes: rows.ok ? rows.value.map((row) => row.to) : [] };
    },

    directory: () => Promise.resolve({ found: left('directory-unknown-way'), codes: null }),
    optional: () => Promise.resolve(left('optional-unknown-way')),
  };
}
