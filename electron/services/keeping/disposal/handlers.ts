import { fail, ok, type CodeOf, type Contract, type DisposalAct, type DisposalDetail, type Handlers, type InputOf, type Outcome, type OutputOf, type StoredFile } from '#contract';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import { all, changeOne, run, sql, type ReadDb, type Sql, type WriteDb } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { firstDamaged } from '../../records/index.ts';
import { findDeadlines } from '../deadlines/deadlines.store.ts';
import { readRules } from '../deadlines/rules.ts';
import type { KeepingDeps } from '../deps.ts';
import { listDestroyed, previewOf } from './destroy.store.ts';
import { getDisposal, getItems, insertDisposal, insertItem, insertStep, listDisposals, listItems, releaseItems, stateOf } from './disposal.store.ts';
import { refusalOf } from './judge.store.ts';
import { printDisposal } from './print/make.ts';
import { stepOf } from './steps.ts';

type Keeping = Contract['keeping'];
type Names =
  | 'disposals' | 'disposal' | 'items' | 'disposalPreview' | 'destroyed' | 'createDisposal' | 'addDossiers' | 'removeItem' | 'noteItem' | 'submit'
  | 'giveOpinion' | 'conclude' | 'appraise' | 'sendBack' | 'decide' | 'revoke' | 'destroy' | 'cancelDisposal' | 'printDisposal';

export type DisposalDeps = KeepingDeps & {
  /** lists that changed */
  readonly changed: (disposals: readonly string[]) => void;
  /** a destruction was decided to begin */
  readonly begin: () => void;
};

/** What an act changes beside the state, and writes into the log. */
type Change = { readonly note: string; readonly file?: StoredFile | null; readonly set?: Sql; readonly detail?: Parameters<typeof appendAudit>[1]['detail']; readonly work?: (db: WriteDb, at: string, by: string) => void };

/** The methods about the disposal of what is worthless (TT 05/2025/TT-BNV art. 48–49). */
export function disposalHandlers(deps: DisposalDeps): Pick<Handlers<Contract>['keeping'], Names> {
  const { store, clock } = deps;
  const today = (): string => vietnamDay(clock.now());

  function detail(db: ReadDb, id: string): DisposalDetail {
    const found = getDisposal(db, id);
    if (found === undefined) throw new Error('the list is not there');
    return found;
  }

  function audit(db: WriteDb, action: string, id: string, at: string, by: string, more: Change['detail'] = {}): void {
    appendAudit(db, { at, actor: by, action: `disposal.${action}`, subjectKind: 'disposal', subjectId: id, detail: more });
  }

  /** A list that still may be changed as it is made, or seen by the council; else the refusal. */
  function standing(db: ReadDb, id: string, state: 'drafting' | 'council'): Refusal | undefined {
    const now = stateOf(db, id);
    return now === undefined ? fail('not-found') : now === state ? undefined : fail('disposal-state', { state: now });
  }

  /** One step of the table with all that it changes, or the refusal. */
  function step(db: WriteDb, id: string, act: DisposalAct, { note, file = null, set, detail: more = {}, work }: Change): Refusal | { readonly ok: true; readonly value: DisposalDetail } {
    const from = stateOf(db, id);
    if (from === undefined) return fail('not-found');
    const to = stepOf(act, from);
    if (to === undefined) return fail('disposal-state', { state: from });
    const at = instantOf(clock);
    const by = actorOf(db).name;
    work?.(db, at, by);
    const fields = set === undefined ? sql`` : sql`, ${set}`;
    changeOne(db, sql`UPDATE disposal SET state = ${to}, ended_at = ${to === 'cancelled' ? at : null}${fields} WHERE id = ${id}`);
    insertStep(db, id, { act, from, to, at, by, note, file });
    audit(db, act, id, at, by, { ...more, from, to, ...(note === '' ? {} : { note }), ...(file === null ? {} : { file: file.name, sha256: file.sha256 }) });
    return ok(detail(db, id));
  }

  /** Runs what changes one list, and tells of it. */
  function changing<T>(id: string, work: (db: WriteDb) => T): T {
    const outcome = store.write(work);
    deps.changed([id]);
    return outcome;
  }

  /** Why the file of a step cannot be taken, or its day. */
  async function unfit(file: StoredFile | null, day: string): Promise<ReturnType<typeof fail<'file-damaged' | 'day-in-future'>> | undefined> {
    if (day > today()) return fail('day-in-future', { field: 'day' });
    const damaged = file === null ? undefined : await firstDamaged(store.blobs, [file]);
    return damaged === undefined ? undefined : fail('file-damaged', { file: damaged });
  }

  return {
    disposals: ({ after, limit }) => {
      const items = listDisposals(store.read, after, limit + 1);
      return ok({ items: items.slice(0, limit), next: items.length > limit ? (items[limit - 1]?.id ?? null) : null });
    },
    disposal: ({ disposal }) => {
      const found = getDisposal(store.read, disposal);
      return found === undefined ? fail('not-found') : ok(found);
    },
    items: ({ disposal, after, limit }) => {
      if (stateOf(store.read, disposal) === undefined) return fail('not-found');
      const items = listItems(store.read, disposal, after, limit + 1);
      return ok({ items: items.slice(0, limit), next: items.length > limit ? (items[limit - 1]?.id ?? null) : null });
    },
    disposalPreview: ({ disposal }) => (stateOf(store.read, disposal) === undefined ? fail('not-found') : ok(previewOf(store.read, disposal))),
    destroyed: ({ disposal, after, limit }) => {
      const items = listDestroyed(store.read, disposal, after, limit + 1);
      return ok({ items: items.slice(0, limit), next: items.length > limit ? (items[limit - 1]?.id ?? null) : null });
    },
    createDisposal: ({ title, expired }) => {
      const made = store.write((db) => {
        const at = instantOf(clock);
        const by = actorOf(db).name;
        const id = insertDisposal(db, title, at, by);
        insertStep(db, id, { act: 'create', from: null, to: 'drafting', at, by, note: '', file: null });
        const dossiers = expired ? expiredNow(db, today()) : [];
        for (const dossier of dossiers) insertItem(db, id, dossier, 'expired', at);
        audit(db, 'created', id, at, by, { title, expired, dossiers });
        return detail(db, id);
      });
      deps.changed([made.id]);
      return ok(made);
    },
    addDossiers: ({ disposal, dossiers, reason }) =>
      changing(disposal, (db): Outcome<OutputOf<Keeping['addDossiers']>, CodeOf<Keeping['addDossiers']>> => {
        const refused = standing(db, disposal, 'drafting');
        if (refused !== undefined) return refused;
        const wanted = [...new Set(dossiers)];
        for (const dossier of wanted) {
          const why = refusalOf(db, dossier, { reason, today: today() });
          if (why !== undefined) return fail(why.code, why.params);
        }
        const at = instantOf(clock);
        for (const dossier of wanted) insertItem(db, disposal, dossier, reason, at);
        audit(db, 'listed', disposal, at, actorOf(db).name, { reason, dossiers: wanted });
        return ok(detail(db, disposal));
      }),
    removeItem: ({ item }) => {
      const disposal = getItems(store.read, [item])[0]?.disposal ?? '';
      return changing(disposal, (db) => {
        const refused = standing(db, disposal, 'drafting');
        if (refused !== undefined) return refused;
        const dossier = getItems(db, [item])[0]?.dossier ?? '';
        releaseItems(db, { item });
        audit(db, 'unlisted', disposal, instantOf(clock), actorOf(db).name, { dossier });
        return ok(detail(db, disposal));
      });
    },
    noteItem: ({ item, note }) => {
      const disposal = getItems(store.read, [item])[0]?.disposal ?? '';
      return changing(disposal, (db) => {
        const refused = standing(db, disposal, 'drafting');
        if (refused !== undefined) return refused;
        changeOne(db, sql`UPDATE disposal_item SET note = ${note} WHERE id = ${item}`);
        audit(db, 'noted', disposal, instantOf(clock), actorOf(db).name, { item, note });
        return ok(shown(db, [item])[0] as OutputOf<Keeping['noteItem']>);
      });
    },
    submit: ({ disposal }) =>
      changing(disposal, (db) => {
        if (getDisposal(db, disposal)?.counts.dossiers === 0) return fail('disposal-empty');
        return step(db, disposal, 'submit', { note: '' });
      }),
    giveOpinion: ({ items, opinion, note, by }) => {
      const found = getItems(store.read, items);
      const disposal = found[0]?.disposal ?? '';
      return changing(disposal, (db) => {
        if (found.length !== new Set(items).size || found.some((item) => item.disposal !== disposal)) return fail('not-found');
        const refused = standing(db, disposal, 'council');
        if (refused !== undefined) return refused;
        run(db, sql`UPDATE disposal_item SET opinion = ${opinion}, opinion_note = ${note}, opinion_by = ${by} WHERE id IN (SELECT value FROM json_each(${JSON.stringify(items)})) AND state = 'proposed'`);
        audit(db, 'opinion', disposal, instantOf(clock), actorOf(db).name, { opinion, note, by, items: [...items] });
        return ok(shown(db, items));
      });
    },
    conclude: async ({ disposal, members, metOn, conclusion, file }) => {
      const wrong = await unfit(file, metOn);
      if (wrong !== undefined) return wrong;
      return changing(disposal, (db): Outcome<OutputOf<Keeping['conclude']>, CodeOf<Keeping['conclude']>> => {
        const { open = 0, dossiers = 0, kept = 0 } = getDisposal(db, disposal)?.counts ?? {};
        if (stateOf(db, disposal) === 'council' && open > 0) return fail('opinions-missing', { count: open });
        if (stateOf(db, disposal) === 'council' && kept === dossiers) return fail('nothing-to-destroy');
        return step(db, disposal, 'conclude', {
          note: conclusion,
          file,
          set: sql`members = ${JSON.stringify(members)}, met_on = ${metOn}, conclusion = ${conclusion}`,
          detail: { members: members.map((one) => ({ ...one })), metOn, kept, toDestroy: dossiers - kept },
        });
      });
    },
    appraise: async ({ disposal, agency, number, day, opinion, file }) => {
      const wrong = await unfit(file, day);
      if (wrong !== undefined) return wrong;
      return changing(disposal, (db) =>
        step(db, disposal, 'appraise', {
          note: opinion,
          file,
          set: sql`appraiser = ${agency}, appraisal_number = ${number}, appraisal_day = ${day}, appraisal_opinion = ${opinion}`,
          detail: { agency, number, day },
        }),
      );
    },
    sendBack: ({ disposal, reason }) =>
      changing(disposal, (db) =>
        step(db, disposal, 'send-back', {
          note: reason,
          set: sql`members = '', met_on = NULL, conclusion = '', appraiser = '', appraisal_number = '', appraisal_day = NULL, appraisal_opinion = ''`,
          work: (write) => void run(write, sql`UPDATE disposal_item SET opinion = NULL, opinion_note = '', opinion_by = '' WHERE disposal = ${disposal} AND state = 'proposed'`),
        }),
      ),
    decide: async ({ disposal, decision, file }) => {
      const wrong = await unfit(file, decision.day);
      if (wrong !== undefined) return wrong;
      return changing(disposal, (db): Outcome<OutputOf<Keeping['decide']>, CodeOf<Keeping['decide']>> => {
        const before = getDisposal(db, disposal);
        if (before?.state === 'concluded' && before.appraisal === null && readRules(db).depositsToHistorical) return fail('appraisal-missing');
        const latest = [before?.council?.metOn ?? '', before?.appraisal?.day ?? ''].toSorted().at(-1) ?? '';
        if (decision.day < latest) return fail('decision-early', { field: 'day', met: latest });
        const { number, day, signer, signerPosition } = decision;
        return step(db, disposal, 'decide', {
          note: '',
          file,
          set: sql`decision_number = ${number}, decision_day = ${day}, signer = ${signer}, signer_position = ${signerPosition}`,
          detail: { ...decision },
        });
      });
    },
    revoke: ({ disposal, reason }) =>
      changing(disposal, (db) => step(db, disposal, 'revoke', { note: reason, set: sql`decision_number = '', decision_day = NULL, signer = '', signer_position = ''` })),
    destroy: ({ disposal, number }) => {
      const begun = changing(disposal, (db): Outcome<OutputOf<Keeping['destroy']>, CodeOf<Keeping['destroy']>> => {
        const before = getDisposal(db, disposal);
        if (before?.state === 'decided') {
          if (before.decision?.number !== number) return fail('decision-number', { field: 'number' });
          const changed = changedSince(db, disposal, today());
          if (changed !== undefined) return changed;
        }
        return step(db, disposal, 'destroy', { note: '', detail: { decision: number } });
      });
      if (begun.ok) deps.begin();
      return begun;
    },
    cancelDisposal: ({ disposal, reason }) =>
      changing(disposal, (db) => step(db, disposal, 'cancel', { note: reason, work: (write) => { releaseItems(write, { disposal, kept: false }); } })),
    printDisposal: (input) => printDisposal(deps, input),
  };
}

type Refusal = ReturnType<typeof fail<'not-found' | 'disposal-state'>>;

function shown(db: ReadDb, ids: readonly string[]): OutputOf<Keeping['giveOpinion']> {
  return getItems(db, ids).map(({ disposal: _, ...item }) => item);
}

/** Every dossier whose term is over and that may be on a list; the others are left where they are. */
function expiredNow(db: ReadDb, today: string): string[] {
  const found: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = findDeadlines(db, readRules(db), { kind: 'expiry', from: null, to: today, listed: false, after, limit: 500 }, today);
    for (const { dossier } of page.items) if (refusalOf(db, dossier, { reason: 'expired', today }) === undefined) found.push(dossier);
    if (page.next === null) return found;
    after = page.next;
  }
}

/** What has changed of a dossier since it was decided, so that nothing is destroyed. */
function changedSince(db: ReadDb, disposal: string, today: string): ReturnType<typeof fail<'dossier-permanent' | 'dossier-frozen' | 'dossier-in-handover' | 'dossier-not-expired' | 'dossier-not-closed'>> | undefined {
  const items = all<{ dossier: string; reason: InputOf<Keeping['addDossiers']>['reason'] }>(
    db,
    sql`SELECT dossier, reason FROM disposal_item WHERE disposal = ${disposal} AND state = 'proposed' AND opinion = 'destroy' ORDER BY id`,
  );
  for (const { dossier, reason } of items) {
    const why = refusalOf(db, dossier, { reason, today, on: disposal });
    if (why === undefined) continue;
    const { code, params } = why;
    if (code === 'dossier-permanent' || code === 'dossier-frozen' || code === 'dossier-in-handover' || code === 'dossier-not-expired' || code === 'dossier-not-closed') return fail(code, params);
    throw new Error(`a dossier on the list is ${code}`);
  }
  return undefined;
}
