import { keepUnreadable, receiveArrivals, registerArrivals } from './arrivals.ts';
import { amend } from './amend.ts';
import { endOfDay } from './closing.ts';
import { keepEvidence, sendOverBrokenLine } from './cut-line.ts';
import { openDay, type DayCheck, type DayPorts } from './day.ts';
import { answerEachOther, issueAndSend } from './issue.ts';
import { answerTheirChanges, returnAndUpdate } from './partner-changes.ts';
import { cancelUnsent, takeBack } from './take-back.ts';

export type DayResult = {
  readonly checks: readonly DayCheck[];
  /** received documents in the register at the end */
  readonly documents: number;
  readonly ok: boolean;
};

/**
 * The practice day between three agencies: the practice ward and two partners, over the practice axis with real HTTP
 * and real edXML. Documents arrive and are registered; ours are sent, accepted, refused, answered, taken back, updated
 * and replaced; the partners take back, replace and correct theirs, and have one returned; the line breaks twice. Each claim is checked against what
 * the axis saw. Needs a practice core that does nothing by itself, and partners that wait for `advance`.
 */
export async function playDay(ports: DayPorts): Promise<DayResult> {
  const day = openDay(ports);
  const arrived = await receiveArrivals(day);
  await registerArrivals(day, arrived);
  await keepUnreadable(day);
  const first = await issueAndSend(day);
  await answerEachOther(day, first, arrived);
  const recalled = await takeBack(day);
  await cancelUnsent(day);
  await amend(day);
  await answerTheirChanges(day);
  await returnAndUpdate(day);
  const broken = await sendOverBrokenLine(day);
  await keepEvidence(day, [first, recalled, broken], broken);
  const { auditHead, documents } = await endOfDay(day);
  const result = { checks: day.checks, documents, ok: day.checks.every((one) => one.ok) };
  ports.keep('ket-qua.json', `${JSON.stringify({ ...result, auditHead }, null, 2)}\n`);
  return result;
}
