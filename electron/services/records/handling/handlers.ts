import { fail, ok, type Contract, type Handlers, type HandlingDetail, type Outcome } from '#contract';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import { afterCommit } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { stateOf } from '../incoming.store.ts';
import type { PrintCopies } from '../print/print-copy.ts';
import type { RegisterDeps } from '../register-incoming.ts';
import { endPart, finish, present, presentMany, progress, reopen, returnToSender, setDeadline, takeBack, transfer } from './acts.ts';
import { currentActor } from './actor.ts';
import { answeredBy, possibleReplies } from './answers.store.ts';
import { boardItems, boardRows, boardTotal } from './board.store.ts';
import { readHandlingSettings, saveHandlingSettings } from './deadline-rules.store.ts';
import { handlingDetail } from './detail.ts';
import { direct } from './direct.ts';
import { dueFrame } from './due.ts';
import { partiesOn } from './parties.store.ts';
import { putStampPlace } from './stamp.store.ts';

export type HandlingDeps = RegisterDeps & {
  /** told after a document moved, or its people or day changed */
  readonly changed: (ids: readonly string[]) => void;
  /** told after near-due days or the office's rules changed */
  readonly settingsChanged: () => void;
  readonly copies: PrintCopies;
};

/** The `handling` methods of the contract. */
export function handlingHandlers(deps: HandlingDeps): Handlers<Contract>['handling'] {
  const { store, clock } = deps;

  /** A command answers with the document as it is after it. */
  function after<Code extends string>(outcome: Outcome<{ readonly id: string }, Code>): Outcome<HandlingDetail, Code> {
    if (!outcome.ok) return outcome;
    deps.changed([outcome.value.id]);
    const detail = handlingDetail(store.read, clock, outcome.value.id);
    if (detail === undefined) throw new Error('a document is never removed');
    return ok(detail);
  }

  return {
    get: ({ id }) => {
      const detail = handlingDetail(store.read, clock, id);
      return detail === undefined ? fail('not-found') : ok(detail);
    },
    parties: () => ok(partiesOn(store.read, vietnamDay(clock.now()))),
    present: (input) => after(present(deps, input)),
    presentMany: (input) => {
      const outcome = presentMany(deps, input);
      if (outcome.ok) deps.changed(outcome.value.filter((one) => one.failure === null).map(({ id }) => id));
      return outcome;
    },
    takeBack: (input) => after(takeBack(deps, input)),
    direct: (input) => after(direct(deps, input)),
    transfer: (input) => after(transfer(deps, input)),
    progress: (input) => after(progress(deps, input)),
    endPart: (input) => after(endPart(deps, input)),
    finish: (input) => after(finish(deps, input)),
    reopen: (input) => after(reopen(deps, input)),
    returnToSender: (input) => after(returnToSender(deps, input)),
    setDeadline: (input) => after(setDeadline(deps, input)),
    answers: ({ id, text }) => (stateOf(store.read, id) === undefined ? fail('not-found') : ok(possibleReplies(store.read, id, text.trim()))),
    answeredBy: ({ outgoing }) => ok(answeredBy(store.read, outgoing)),
    settings: () => ok(readHandlingSettings(store.read)),
    saveSettings: (settings) =>
      store.write((db) => {
        const at = instantOf(clock);
        const before = readHandlingSettings(db);
        saveHandlingSettings(db, settings, at);
        appendAudit(db, {
          at,
          actor: currentActor(db).name,
          action: 'settings.handling-saved',
          subjectKind: 'settings',
          subjectId: 'handling',
          detail: { ...settings, before },
        });
        afterCommit(db, deps.settingsChanged);
        return ok(settings);
      }),
    board: ({ by }) => {
      const frame = dueFrame(store.read, clock);
      const { today, soonUntil, certain } = frame;
      return ok({ today, soonUntil, certain, total: boardTotal(store.read, frame), rows: boardRows(store.read, by, frame) });
    },
    boardList: (page) => ok(boardItems(store.read, dueFrame(store.read, clock), page)),
    placeStamp: ({ file, x, y }) => store.write((db) => (putStampPlace(db, file, x, y) ? ok({ x, y }) : fail('not-found'))),
    stamp: ({ file }) => deps.copies.stamp(file),
    printCopy: (input) => deps.copies.make(input),
  };
}
