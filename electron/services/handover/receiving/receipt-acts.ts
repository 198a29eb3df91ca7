import { fail, ok, type CodeOf, type Contract, type InputOf, type Outcome, type ReceiptDetail, type ReceivedPackage } from '#contract';
import { instantOf } from '../../../foundation/clock.ts';
import { actorOf } from '../../people/index.ts';
import { currentOffice } from '../../settings/index.ts';
import { note } from '../giving/on-batch.ts';
import type { HandoverDeps } from '../ports.ts';
import { onReceipt, receiptNow } from './on-receipt.ts';
import { everyPackage, insertReceipt, setDecision, updateReceipt } from './receipts.store.ts';

type Methods = Contract['handover'];
type Answer<M extends keyof Methods> = Outcome<ReceiptDetail, CodeOf<Methods[M]>>;

export function startReceipt(deps: HandoverDeps, { fields }: InputOf<Methods['startReceipt']>): Answer<'startReceipt'> {
  return deps.store.write((db) => {
    const moment = { at: instantOf(deps.clock), by: actorOf(db).name };
    const id = insertReceipt(db, currentOffice(db), fields, moment);
    note(db, 'handover-receipt', id, 'receipt-begun', moment, { title: fields.title, sender: fields.sender.code, agreement: fields.agreement, turn: fields.turn });
    return ok(receiptNow(db, id));
  });
}

export function saveReceipt(deps: HandoverDeps, input: InputOf<Methods['saveReceipt']>): Answer<'saveReceipt'> {
  return onReceipt(deps, input, (db, receipt, moment) => {
    updateReceipt(db, receipt.id, input.fields);
    note(db, 'handover-receipt', receipt.id, 'receipt-changed', moment, { title: input.fields.title, sender: input.fields.sender.code });
    return ok(null);
  });
}

/** Whether a package may be accepted at all: what failed, or came twice in one hand-over, may not (TT 05/2025 art. 24.1.a, 24.2). */
function mayAccept({ passed, duplicate, reasons }: Pick<ReceivedPackage, 'passed' | 'duplicate' | 'reasons'>): boolean {
  return passed && duplicate !== 'same-receipt' && !reasons.some(({ code }) => code === 'held-content' || code === 'held-package');
}

/**
 * Writes what was decided. Of one that is like something held a person decides by name (art. 24.1.b); asked for all, it is refused
 * for that.
 */
export function decide(deps: HandoverDeps, input: InputOf<Methods['decide']>): Answer<'decide'> {
  return onReceipt(deps, input, (db, receipt, moment): Outcome<null, 'not-found' | 'refusal-reason-needed' | 'not-acceptable'> => {
    const all = everyPackage(db, receipt.id);
    if (input.packages === null) {
      for (const one of all.filter(({ decision }) => decision === null)) {
        const isGood = mayAccept(one) && one.duplicate === 'none';
        setDecision(db, one.id, isGood ? 'accepted' : 'refused', isGood ? '' : refusalWords(deps, one), moment.at, moment.by);
      }
    } else {
      if (input.decision === 'refused' && input.reason === '') return fail('refusal-reason-needed', { field: 'reason' });
      const chosen = new Set(input.packages);
      const named = all.filter(({ id, dossier }) => chosen.has(id) && dossier === null);
      if (named.length !== chosen.size) return fail('not-found');
      const unfit = input.decision === 'accepted' ? named.find((one) => !mayAccept(one)) : undefined;
      if (unfit !== undefined) return fail('not-acceptable', { code: unfit.fileCode === '' ? unfit.name : unfit.fileCode });
      for (const { id } of named) setDecision(db, id, input.decision, input.reason, moment.at, moment.by);
    }
    const after = everyPackage(db, receipt.id).map(({ objectId, fileCode, decision, decisionReason }) => ({ objectId, fileCode, decision, reason: decisionReason }));
    note(db, 'handover-receipt', receipt.id, 'decided', moment, { packages: input.packages === null ? 'all' : [...input.packages], after });
    return ok(null);
  });
}

/** Longer reasons stand in the list of files; the minutes name the first. */
const namedReasons = 3;

/** Why a package is refused, in Vietnamese, as the minutes have it. */
function refusalWords({ words }: HandoverDeps, { reasons }: Pick<ReceivedPackage, 'reasons'>): string {
  const said = reasons.slice(0, namedReasons).map(({ code, file, params }) => {
    const sentence = code === 'rule' ? words(`package.rule.${String(params['rule'])}`, params) : words(`handover.reason.${code}`, params);
    return file === '' ? sentence : `${file}: ${sentence}`;
  });
  const more = reasons.length - said.length;
  const text = [...said, ...(more > 0 ? [words('handover.moreReasons', { count: more })] : [])].join(' ');
  return text === '' ? words('handover.reason.unreadable', {}) : text.slice(0, 1900);
}
