import { cpSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { sharesNumber } from './clerk.ts';
import { compareHeard, compareReceived, compareSent, doubled, lookAtWindow, lookIntoProfile, saidTwice } from './judge.ts';
import { lookAtAxis, type AxisMessage } from './outside.ts';
import { inWorld, misfortunes, retried, settle, type SoakOptions, type SoakReport, type World } from './world.ts';

const mostRounds = 6;

/** What only the axis knew when a copy was put back, over all rounds. */
type Forgotten = {
  /** numbers of documents that the clerk issued after the copy */
  readonly numbers: Set<string>;
  /** DocumentIds of documents that came and were acknowledged after the copy */
  readonly acknowledged: Set<string>;
  /** statuses that came and were acknowledged after it, as `<DocumentId> of <sender>` */
  readonly heard: Set<string>;
  /** statuses that a person's act after the copy caused, as `03 <DocumentId>` */
  readonly byHand: Set<string>;
};

/**
 * The profile is copied while much is on its way, works on, and is put back as it was. What waited in the copy and has
 * left since must not leave again. In every other round the clerk works on after the copy too: those acts are forgotten
 * with everything else, so he does them again, and what that doubles is counted apart.
 */
export function restoreSoak(options: SoakOptions): Promise<SoakReport> {
  return inWorld(options, async (world) => {
    const { axis, station, clerk, profile } = world;
    const forgotten: Forgotten = { numbers: new Set(), acknowledged: new Set(), heard: new Set(), byHand: new Set() };
    const rounds = Math.min(mostRounds, Math.ceil(options.sends / 10));
    for (let round = 0; round < rounds && world.left() > 60; round += 1) {
      await oneRound(world, options, { round, rounds }, forgotten);
      options.say(`restore: ${String(round + 1)} of ${String(rounds)} copies put back`);
    }
    const settled = await settle(world, options.say);
    const outside = await lookAtAxis(axis.control(), world.axisFolder);
    const shown = await lookAtWindow(station);
    await station.close();
    const inside = await lookIntoProfile(profile, outside);
    const twice = saidTwice(outside);
    const byHand = twice.filter((text) => [...forgotten.byHand].some((one) => text.startsWith(`${one} `)));
    const received = compareReceived(outside, inside.held);
    const gone = received.filter((text) => text.startsWith('received and lost: ') && forgotten.acknowledged.has(text.slice(19)));
    const heard = compareHeard(outside, shown);
    const missing = heard.filter((text) => isPartOf(text) && forgotten.heard.has(text.slice(0, text.indexOf(': said'))));
    const meant = clerk.sent.filter(({ number }) => !forgotten.numbers.has(number));
    const known = new Set([...inside.held, ...shown.deliveries.keys()]);
    const owed = inside.found.filter((text) => !isForgotten(text, forgotten));
    // The list of sent messages names neither the document's id nor the status code (axis.md §1.4): when the clerk's
    // statuses after the copy are forgotten, they may be taken for those of the other document with that number.
    const alike = owed.filter((text) => sharesNumber(/^status \d\d of (.*): /.exec(text)?.[1] ?? ''));
    return {
      scenario: 'restore',
      seed: options.seed,
      seconds: (performance.now() - world.started) / 1000,
      figures: {
        'copies put back': rounds,
        'documents sent': clerk.sent.length,
        'documents handed in': clerk.handedIn.length,
        'messages of ours at the axis': outside.ours.length,
        'cannot come back: received and acknowledged after the copy': gone.length,
        'cannot come back: recipients with statuses heard after the copy': missing.length,
        'known to the axis only: our documents issued after the copy': forgotten.numbers.size,
        'messages of ours about documents that the station forgot': outside.ours.filter((one) => !known.has(one.documentId)).length,
        'set aside, mostly statuses about forgotten documents': shown.kept.length,
        'statuses sent twice because the clerk did the same again': byHand.length,
        'cannot be told apart: statuses about two documents of one number': alike.length,
        'statuses settled by telephone': clerk.rungUp.size,
        'incidents logged': station.stderr.filter((line) => line.startsWith('incident')).length,
        ...inside.figures,
      },
      found: [
        ...settled.found,
        ...doubled(outside).map((what) => `sent twice, byte for byte: ${what}`),
        ...twice.filter((text) => !byHand.includes(text)).map((what) => `sent twice: ${what}`),
        ...received.filter((text) => !gone.includes(text)),
        ...compareSent(outside, shown, meant),
        ...heard.filter((text) => !missing.includes(text)),
        ...owed.filter((text) => !alike.includes(text)),
      ],
    };
  });
}

async function oneRound(
  world: World,
  options: SoakOptions,
  { round, rounds }: { readonly round: number; readonly rounds: number },
  forgotten: Forgotten,
): Promise<void> {
  const { axis, station, clerk, profile, random } = world;
  const dice = random(`restore ${String(round)}`);
  const share = (all: number): number => Math.ceil(all / rounds);
  await misfortunes(world, options.seed + round);
  const desk = new AbortController();
  const tidying = clerk.desk(desk.signal);
  await Promise.all([clerk.send(share(options.sends), 40), clerk.handIn(share(options.receipts), 40)]);
  desk.abort();
  await tidying;
  await pause(dice() * 1500);

  // Half of the copies are of a station that was cut off.
  await (dice() < 0.5 ? station.kill() : station.close());
  const copy = `${profile.folder}-copy`;
  cpSync(profile.folder, copy, { recursive: true });
  const before = await lookAtAxis(axis.control(), world.axisFolder);
  await station.start();

  const withClerk = round % 2 === 1;
  const mark = clerk.sent.length;
  await clerk.handIn(5, 100);
  if (withClerk) {
    await clerk.send(5, 50);
    await clerk.tidy();
  }
  await pause(2000 + dice() * 8000);
  await (dice() < 0.5 ? station.kill() : station.close());
  for (const { number } of clerk.sent.slice(mark)) {
    for (const one of [number, `${number}T`]) forgotten.numbers.add(one);
  }
  const after = await retried(() => lookAtAxis(axis.control(), world.axisFolder));
  noteForgotten(before.ours, after.ours, withClerk, forgotten);
  const isDone = ({ states }: AxisMessage): boolean => states.every((state) => state === 'done');
  const doneBefore = new Set(before.toUs.filter(isDone).map(({ docId }) => docId));
  for (const message of after.toUs.filter((one) => isDone(one) && !doneBefore.has(one.docId))) {
    if (message.type.startsWith('status-')) forgotten.heard.add(`${message.documentId} of ${message.from}`);
    else forgotten.acknowledged.add(message.documentId);
  }

  rmSync(profile.folder, { recursive: true });
  cpSync(copy, profile.folder, { recursive: true });
  rmSync(copy, { recursive: true });
  await station.start();
}

function noteForgotten(before: readonly AxisMessage[], after: readonly AxisMessage[], withClerk: boolean, forgotten: Forgotten): void {
  if (!withClerk) return;
  const known = new Set(before.map(({ docId }) => docId));
  for (const { docId, type, documentId } of after) if (!known.has(docId)) forgotten.byHand.add(`${type} ${documentId}`);
}

/** Whether the matrix only lacks some of what was said. */
function isPartOf(text: string): boolean {
  const [, said = '', held = ''] = /said (.*); in the matrix (.*)$/.exec(text) ?? [];
  const left = said.split(' ');
  return held.split(' ').every((code) => {
    const at = left.indexOf(code);
    if (at >= 0) left.splice(at, 1);
    return at >= 0 || code === '';
  });
}

function isForgotten(text: string, { byHand }: Forgotten): boolean {
  const [, code, documentId] = /^status (\d\d) of (.*): /.exec(text) ?? [];
  if (code !== undefined) return byHand.has(`status-${code} ${String(documentId)}`);
  const [, answered] = /^answers about (.*): /.exec(text) ?? [];
  return answered !== undefined && ['15', '16'].some((one) => byHand.has(`status-${one} ${answered}`));
}
