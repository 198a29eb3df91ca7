import type { Clock } from '../../../../foundation/clock.ts';
import type { AxisAnswer, AxisRequest } from '../../axis/protocol.ts';
import type { Party } from '../edxml-sample.ts';
import { judged, type Finding } from '../rule.ts';
import type { Account } from '../wire.ts';
import { readCases } from './read-cases.ts';
import { receiveCases } from './receive-cases.ts';
import { scriptedAxis, type Recorded, type ScriptedAxis } from './scripted-axis.ts';
import { sendCases } from './send-cases.ts';
import { stageOf, type ClientCase, type ClientDriver } from './stage.ts';
import { statusCases } from './status-cases.ts';
import { messageRules } from './watch-messages.ts';
import { watched, watchRules } from './watch-rules.ts';

const cases: readonly ClientCase[] = [...receiveCases, ...readCases, ...statusCases, ...sendCases];
const watches = [...watchRules, ...messageRules];

/** The ids of the rules for a client. */
export const clientRuleIds: readonly string[] = [...cases, ...watches].map(({ rule }) => rule.id);

/** The client that is checked, and the way to it. */
export type ClientUnderTest = {
  readonly account: Account;
  /** who writes to the client */
  readonly partner: Party;
  /** the clock that the client goes by */
  readonly clock: Clock;
  /** Whoever calls the server from now on is answered by this. */
  readonly serve: (handle: (request: AxisRequest) => Promise<AxisAnswer>) => void;
  /** The client at the beginning of a case; a fresh one where that is possible. */
  readonly open: (axis: ScriptedAxis) => Promise<{ readonly driver: ClientDriver; readonly close: () => Promise<void> }>;
};

/**
 * Tries every rule for a client: each case has an axis of its own that plays it, and what holds for every call is judged
 * over all of them at the end.
 * @param only ids of the rules to try; empty: all. What holds for every call is always judged.
 * @param done told of each finding as it is made
 */
export async function checkClient(
  client: ClientUnderTest,
  only: readonly string[],
  done: (finding: Finding) => void = () => undefined,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const calls: Recorded[] = [];
  const tell = (finding: Finding): void => {
    findings.push(finding);
    done(finding);
  };
  for (const [index, { rule, play }] of cases.entries()) {
    if (only.length > 0 && !only.includes(rule.id)) continue;
    const axis = scriptedAxis(client.clock, (call) => calls.push(call));
    client.serve(axis.handle);
    const { driver, close } = await client.open(axis);
    try {
      tell(await judged(rule, () => play(stageOf(axis, driver, client.partner, `9${String(index).padStart(2, '0')}`, client.clock.now))));
    } finally {
      await close();
    }
  }
  for (const watch of watches) {
    tell({ ...watch.rule, ...watched(watch, calls, client.account) });
  }
  return findings;
}
