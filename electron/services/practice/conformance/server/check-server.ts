import type { Clock } from '../../../../foundation/clock.ts';
import type { HttpPort } from '../../../exchange/index.ts';
import { judged, type Finding } from '../rule.ts';
import { callCases } from './call-cases.ts';
import { directoryCases } from './directory-cases.ts';
import { queueCases } from './queue-cases.ts';
import { sendCases } from './send-cases.ts';
import type { ServerCase } from './server-case.ts';
import { talkWith, type ServerTarget } from './talk.ts';

const cases: readonly ServerCase[] = [...callCases, ...directoryCases, ...sendCases, ...queueCases];

/** The ids of the rules for a server. */
export const serverRuleIds: readonly string[] = cases.map(({ rule }) => rule.id);

/**
 * Tries every rule for a server over real HTTP, one after another. It sends test messages from `target.from` to
 * `target.to` and acknowledges them itself; each case looks only at its own.
 * @param only ids of the rules to try; empty: all
 * @param done told of each finding as it is made
 */
export async function checkServer(
  target: ServerTarget,
  ports: { readonly http: HttpPort; readonly clock: Clock },
  only: readonly string[],
  done: (finding: Finding) => void = () => undefined,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  // Numbers of documents are unlike those of earlier runs, which a server may remember.
  const run = Math.floor(ports.clock.now().getTime() / 1000) % 100_000;
  for (const [index, { rule, run: tryIt }] of cases.entries()) {
    if (only.length > 0 && !only.includes(rule.id)) continue;
    const talk = talkWith(target, ports, `${String(run)}${String(index).padStart(2, '0')}`);
    const finding = await judged(rule, () => tryIt(talk));
    await talk.tidy();
    findings.push(finding);
    done(finding);
  }
  return findings;
}
