import { fail, ok, type CodeOf, type Contract, type Handlers, type HandoverRunning, type Outcome, type ReceiptDetail } from '#contract';
import { vietnamDay } from '../../foundation/clock.ts';
import type { ReadDb } from '../../store/index.ts';
import { currentAsker, mayRead } from '../dossiers/index.ts';
import { dueCopies, listCopies, waitingPapers } from './copies/copies.store.ts';
import { copyRules, downloadDays, removeDays } from './copies/copy-law.ts';
import { makeCopies, readableDossier } from './copies/make-copies.ts';
import { discardCopy, notePaper, paperToSign, removeCopy, type PaperToSign, type SignedPaper } from './copies/papers.ts';
import { enterMinutes, importMinutes } from './giving/answer.ts';
import { addToBatch, giveUpBatch, handBatch, makeBatch, removeFromBatch, saveBatch, withdrawBatch } from './giving/batch-acts.ts';
import { everyItem, getBatch, listBatches, listCandidates, listItems, remarksOfBatch } from './giving/batch.store.ts';
import { checkBatch } from './giving/check-batch.ts';
import { packageBatch, type PackagingOrder } from './giving/package-batch.ts';
import { judgeGiven } from './making/judge-given.ts';
import { lookAtOrder } from './making/look.ts';
import { layIn, lyingPackages, showLying } from './making/lying.ts';
import { makePackages } from './making/make.ts';
import { compareMinutes } from './minutes/compare.ts';
import { makeBatchMinutes, makeReceiptMinutes } from './minutes/make-minutes.ts';
import { makeCertification } from './holdings/certify.ts';
import { documentsOf, getArchived, heldOf, listUseCopies } from './holdings/holdings.store.ts';
import { archivePackage } from './holdings/keep-archival.ts';
import { makeUseCopy } from './holdings/make-use-copy.ts';
import { readablePackage } from './holdings/of-package.ts';
import { bringCertification, discardCertification, listCertifications } from './holdings/waiting-certification.ts';
import type { HandoverDeps } from './ports.ts';
import { conclude } from './receiving/conclude.ts';
import { decide, saveReceipt, startReceipt } from './receiving/receipt-acts.ts';
import { getReceipt, listFiles, listPackages, listReceipts } from './receiving/receipts.store.ts';
import { takeIn } from './receiving/take-in.ts';
import { handoverRuns } from './runs.ts';

type Methods = Contract['handover'];

/** What a host may do that names folders itself. */
export type HostHandover = {
  readonly packageTo: (order: PackagingOrder, signal?: AbortSignal) => ReturnType<typeof packageBatch>;
  readonly takeFrom: (receipt: string, places: readonly string[], signal?: AbortSignal) => Promise<Outcome<ReceiptDetail, CodeOf<Methods['takeIn']>>>;
};

export type HandoverService = {
  readonly handlers: Pick<Handlers<Contract>, 'handover' | 'packages' | 'holdings' | 'copies'>;
  readonly state: () => HandoverRunning;
  readonly host: HostHandover;
  /** papers of the archive that the agency signs, for the signing desk */
  readonly papers: { readonly toSign: (db: ReadDb, id: string) => PaperToSign | undefined; readonly note: (signed: SignedPaper) => ReturnType<typeof notePaper> };
  readonly stop: () => Promise<void>;
};

function found<T>(value: T | undefined): Outcome<T, 'not-found'> {
  return value === undefined ? fail('not-found') : ok(value);
}

/** Nộp lưu: giving dossiers to an archive, and taking them over (NĐ 30/2020 art. 30; TT 05/2025/TT-BNV chapter IV). */
export function createHandover(deps: HandoverDeps): HandoverService {
  const { store } = deps;
  const runs = handoverRuns(deps);
  /** Answers about a held package to who may read all of it. */
  const readable = <T>(id: string, read: (db: ReadDb) => T): Outcome<T, 'not-found' | 'no-access'> => {
    const found = readablePackage(store.read, id);
    return found.ok ? ok(read(store.read)) : found;
  };
  return {
    state: runs.state,
    stop: runs.stop,
    papers: { toSign: paperToSign, note: (signed) => notePaper(deps, signed) },
    host: {
      packageTo: (order, signal) => packageBatch(deps, runs, order, signal),
      takeFrom: (receipt, places, signal) => takeIn(deps, runs, receipt, places, signal),
    },
    handlers: {
      handover: {
        running: () => ok(runs.state()),
        stop: async () => {
          await runs.stop();
          return ok(runs.state());
        },

        batches: (page) => ok(listBatches(store.read, page)),
        batch: ({ id }) => found(getBatch(store.read, id)),
        items: ({ batch, ...page }) => (getBatch(store.read, batch) === undefined ? fail('not-found') : ok(listItems(store.read, batch, page))),
        candidates: (page) => ok(listCandidates(store.read, page)),
        make: (input) => makeBatch(deps, input),
        save: (input) => saveBatch(deps, input),
        addDossiers: (input) => addToBatch(deps, input),
        removeDossiers: (input) => removeFromBatch(deps, input),
        check: (input) => checkBatch(deps, runs, input),
        remarks: ({ id }) => (getBatch(store.read, id) === undefined ? fail('not-found') : ok(remarksOfBatch(store.read, id))),
        package: ({ id, version, seen, output, drive }) => packageBatch(deps, runs, { id, version, seen, output, folder: null, drive }),
        withdraw: (input) => withdrawBatch(deps, input),
        hand: (input) => handBatch(deps, input),
        cancel: (input) => giveUpBatch(deps, input),
        makeList: async ({ id, retention, format }) => {
          if (getBatch(store.read, id) === undefined) return fail('not-found');
          const dossiers = everyItem(store.read, id).map(({ dossier }) => dossier);
          return dossiers.length === 0 ? fail('nothing-to-print') : deps.printList({ dossiers, retention, format });
        },
        makeMinutes: (input) => makeBatchMinutes(deps, input),
        importMinutes: (input) => importMinutes(deps, input),
        enterMinutes: (input) => enterMinutes(deps, input),
        compareMinutes: (input) => compareMinutes(deps, input),

        receipts: (page) => ok(listReceipts(store.read, page)),
        receipt: ({ id }) => found(getReceipt(store.read, id)),
        packages: ({ receipt, ...page }) => (getReceipt(store.read, receipt) === undefined ? fail('not-found') : ok(listPackages(store.read, receipt, page))),
        files: ({ package: id, ...page }) => found(listFiles(store.read, id, page)),
        startReceipt: (input) => startReceipt(deps, input),
        saveReceipt: (input) => saveReceipt(deps, input),
        takeIn: ({ id, drive }) => takeIn(deps, runs, id, null, undefined, drive),
        decide: (input) => decide(deps, input),
        conclude: (input) => conclude(deps, runs, input),
        makeReceiptMinutes: (input) => makeReceiptMinutes(deps, input),
      },
      holdings: {
        archived: ({ package: id }) => readable(id, (db) => getArchived(db, id) ?? null),
        documents: ({ package: id, ...page }) => readable(id, (db) => documentsOf(db, id, page)),
        useCopies: ({ package: id, ...page }) => readable(id, (db) => listUseCopies(db, id, page)),
        ofDossier: ({ dossier }) => {
          const held = heldOf(store.read, dossier);
          return held === undefined ? ok(null) : readable(held.package, () => held);
        },
        archive: (input) => archivePackage(deps, runs, input),
        certifications: ({ package: id }) => readable(id, (db) => listCertifications(db, id)),
        bringCertification: (input) => bringCertification(deps, input),
        discardCertification: (input) => discardCertification(deps, input),
        makeCertification: (input) => makeCertification(deps, input),
        makeUseCopy: (input) => makeUseCopy(deps, runs, input),
      },
      copies: {
        rules: () => ok({ downloadDays, removeDays, rules: [...copyRules] }),
        list: ({ dossier, ...page }) => {
          const found = readableDossier(store.read, dossier);
          return found.ok ? ok(listCopies(store.read, dossier, page, vietnamDay(deps.clock.now()))) : found;
        },
        due: () => {
          const asker = currentAsker(store.read);
          return ok(dueCopies(store.read, vietnamDay(deps.clock.now())).filter(({ dossier }) => mayRead(store.read, asker, dossier)));
        },
        waiting: () => ok(waitingPapers(store.read)),
        make: (input) => makeCopies(deps, input),
        discard: (input) => discardCopy(deps, input),
        remove: (input) => removeCopy(deps, input),
      },
      packages: {
        look: async (order) => {
          const { packages, remarks, stopping } = await lookAtOrder(deps, order);
          return ok({ packages, remarks, stopping });
        },
        lying: async () => ok({ place: deps.place, drives: [...(await deps.drives())], packages: [...(await lyingPackages(deps))] }),
        make: (input) => makePackages(deps, runs, input),
        judge: (input) => judgeGiven(deps, runs, input),
        show: (input) => showLying(deps, input),
        layIn: (input) => layIn(deps, input),
      },
    },
  };
}
