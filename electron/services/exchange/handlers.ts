import { fail, ok, type Contract, type FileRef, type Handlers, type Outcome } from '#contract';
import { actorOf } from '../people/index.ts';
import { getOutgoing } from '../records/index.ts';
import type { FilingDeps } from './filing.ts';
import { countQuarantine, listQuarantine } from './inbox.store.ts';
import { cancelSend, moveUp, settleDoubt } from './outbox-acts.ts';
import { listOutbox } from './outbox.store.ts';
import { recallDocument } from './recall-document.ts';
import { deliveriesOf } from './recipients.store.ts';
import { deviationsNow } from './replacement.ts';
import { replaceDocument, sendDocument, updateDocument, type SendDeps } from './send-document.ts';
import { deliveryLines } from './sent-lines.ts';
import { settleAlarm } from './settle-alarm.ts';
import { countWithheld, listWithheld } from './withheld.store.ts';

type All = Handlers<Contract>['exchange'];

/** Makes and stores the evidence files of one of our documents; composing a PDF is the host's to provide fonts for. */
export type MakeEvidence = (document: string) => Promise<Outcome<{ json: FileRef; pdf: FileRef }, 'not-found' | 'nothing-sent'>>;

export type HandlerDeps = SendDeps & {
  readonly filing: FilingDeps;
  readonly evidence: MakeEvidence;
  readonly receiveNow: All['receiveNow'];
  readonly sendNow: All['sendNow'];
  readonly replay: (id: string, actor: string) => ReturnType<All['replay']>;
};

/** The `exchange` methods of the contract. */
export function exchangeHandlers(deps: HandlerDeps): All {
  const { store, clock } = deps;
  return {
    receiveNow: deps.receiveNow,
    sendNow: deps.sendNow,
    outbox: () => ok(listOutbox(store.read)),
    cancelSend: (input) => cancelSend(deps, input),
    moveUp: (input) => moveUp(deps, input),
    settleDoubt: (input) => settleDoubt(deps, input),
    sendDocument: (input) => sendDocument(deps, input),
    recallDocument: (input) => recallDocument(deps, input),
    updateDocument: (input) => updateDocument(deps, input),
    replaceDocument: (input) => replaceDocument(deps, input),
    deliveries: ({ document }) =>
      getOutgoing(store.read, document) === undefined
        ? fail('not-found')
        : ok(deliveriesOf(store.read, document, clock.now())),
    deliveryLines: (page) => ok(deliveryLines(store.read, page, clock.now())),
    settleAlarm: (input) => settleAlarm(deps, input),
    makeEvidence: ({ document }) => deps.evidence(document),
    quarantine: (page) => ok({ items: listQuarantine(store.read, page), total: countQuarantine(store.read) }),
    deviations: ({ document }) => ok(deviationsNow(store.read, document)),
    withheld: (page) => ok({ items: listWithheld(store.read, page), total: countWithheld(store.read) }),
    replay: ({ id }) => deps.replay(id, actorOf(store.read).name),
  };
}
