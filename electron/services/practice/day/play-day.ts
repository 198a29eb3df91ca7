import type { OutgoingDetail } from '#contract';
import { keepUnreadable, receiveArrivals, registerArrivals } from './arrivals.ts';
import { amend } from './amend.ts';
import { endOfDay } from './closing.ts';
import { keepEvidence, sendOverBrokenLine } from './cut-line.ts';
import { openDay, type Day, type DayCheck, type DayPorts } from './day.ts';
import { answerEachOther, issueAndSend } from './issue.ts';
import { answerTheirChanges, returnAndUpdate } from './partner-changes.ts';
import { cancelUnsent, takeBack } from './take-back.ts';
import { printBooks } from './whole/books.ts';
import { directWork, enterWithSuggestions } from './whole/direct.ts';
import { closeDossier } from './whole/dossier.ts';
import { handOver } from './whole/hand-over.ts';
import { furnishSigning, signAndSend } from './whole/own-letters.ts';
import { openDesks, type Desks } from './whole/roles.ts';
import { judgeArrivals, type SignedArrival } from './whole/signed-arrivals.ts';
import type { WholeDay } from './whole/whole-day.ts';

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
 * With `whole` three roles sign in, and the office's own work is played as well: judging signatures, direction, drafting and
 * signing, a dossier and its hand-over, registers and reports.
 */
export async function playDay(ports: DayPorts, whole?: WholeDay): Promise<DayResult> {
  const day = openDay(ports);
  const office = whole === undefined ? undefined : { whole, desks: await openDesks(day) };
  const arrived = await receiveArrivals(day);
  await registerArrivals(day, arrived);
  await keepUnreadable(day);
  const asked = office === undefined ? undefined : await morningWork(day, office);
  const first = await issueAndSend(day);
  await answerEachOther(day, first, arrived);
  const recalled = await takeBack(day);
  await cancelUnsent(day);
  await amend(day);
  await answerTheirChanges(day);
  await returnAndUpdate(day);
  const broken = await sendOverBrokenLine(day);
  await keepEvidence(day, [first, recalled, broken], broken);
  const issued = office === undefined || asked === undefined ? [] : await ownWork(day, office, asked);
  const { auditHead, documents } = await endOfDay(day, async () => {
    if (office !== undefined) await printBooks(day, issued);
  });
  const result = { checks: day.checks, documents, ok: day.checks.every((one) => one.ok) };
  ports.keep('ket-qua.json', `${JSON.stringify({ ...result, auditHead }, null, 2)}\n`);
  return result;
}

type Office = { readonly whole: WholeDay; readonly desks: Desks };

/** What came is judged, entered and directed. Answers the letter that the office answers later. */
async function morningWork(day: Day, { whole, desks }: Office): Promise<SignedArrival> {
  await furnishSigning(day, whole, desks);
  const asked = await judgeArrivals(day, whole);
  await enterWithSuggestions(day);
  await directWork(day, desks);
  return asked;
}

/** Our letters are signed and sent, their dossier is closed and handed over. Answers the letters. */
async function ownWork(day: Day, { whole, desks }: Office, asked: SignedArrival): Promise<readonly OutgoingDetail[]> {
  const issued = await signAndSend(day, whole, desks, asked);
  const dossier = await closeDossier(day, desks, asked, issued);
  await handOver(day, whole, desks, dossier);
  await desks.sit('clerk');
  return issued;
}
