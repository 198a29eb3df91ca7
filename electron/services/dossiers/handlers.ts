import { fail, ok, type Contract, type Handlers, type Outcome } from '#contract';
import type { ReadDb } from '../../store/index.ts';
import { accessOfTarget, previewAccess, saveAccess } from './access/access-acts.ts';
import { currentAsker, mayRead } from './access/readers.store.ts';
import { closeDossier, discardDossier, lockDossier, openDossier, reopenDossier, saveDossier, unlockDossier } from './acts.ts';
import { remarksFor } from './check/check.ts';
import type { DossierDeps } from './deps.ts';
import { catalogsOf, countDossiers, dossierHead, dossiersWith, getDossier, listDossiers } from './dossier.store.ts';
import { findDossiers } from './find/find.ts';
import { actsOn } from './history.store.ts';
import { importDossierTable, lookAtDossierTable, previewDossierTable } from './legacy/import-dossiers.ts';
import { addDocuments, addFile, arrange, moveMembers, saveMember, takeOut } from './members/member-acts.ts';
import { listMembers } from './members/members.store.ts';
import { importPlanTable, lookAtPlanTable, previewPlanTable } from './plan/import-plan.ts';
import { approvePlan, createPlan, endPlan, moveInPlan, removeFromPlan, renumberPlan, saveEntry, saveHeading, savePlan, withdrawPlan } from './plan/plan-acts.ts';
import { getPlan, listPlans, planHead } from './plan/plan.store.ts';
import { prefill } from './prefill.ts';
import { makeDocumentList } from './print/document-list.ts';
import { makeDossierList } from './print/dossier-list.ts';
import { makePlan } from './print/plan-form.ts';
import { suggest } from './suggest/suggest.ts';

/** The `dossiers` methods of the contract. */
export function dossiersHandlers(deps: DossierDeps): Handlers<Contract>['dossiers'] {
  const { store, clock } = deps;

  /** What is read of a dossier, when whoever asks may. */
  function reading<T>(id: string, read: (db: ReadDb) => T): Outcome<T, 'not-found' | 'no-access'> {
    const db = store.read;
    if (dossierHead(db, id) === undefined) return fail('not-found');
    return mayRead(db, currentAsker(db), id) ? ok(read(db)) : fail('no-access');
  }

  return {
    plans: () => ok(listPlans(store.read)),
    plan: ({ id }) => {
      const plan = getPlan(store.read, id);
      return plan === undefined ? fail('not-found') : ok(plan);
    },
    createPlan: (input) => createPlan(deps, input),
    savePlan: (input) => savePlan(deps, input),
    saveHeading: (input) => saveHeading(deps, input),
    saveEntry: (input) => saveEntry(deps, input),
    moveInPlan: (input) => moveInPlan(deps, input),
    removeFromPlan: (input) => removeFromPlan(deps, input),
    renumberPlan: (input) => renumberPlan(deps, input),
    approvePlan: (input) => approvePlan(deps, input),
    withdrawPlan: (input) => withdrawPlan(deps, input),
    closePlan: (input) => endPlan(deps, 'close', input),
    reopenPlan: (input) => endPlan(deps, 'reopen', input),
    lookAtPlanTable: (input) => lookAtPlanTable(deps, input),
    previewPlanTable: (input) => previewPlanTable(deps, input),
    importPlanTable: (input) => importPlanTable(deps, input),
    makePlan: (input) => makePlan(deps, input),

    lookAtDossierTable: (input) => lookAtDossierTable(deps, input),
    previewDossierTable: (input) => previewDossierTable(deps, input),
    importDossierTable: (input) => importDossierTable(deps, input),

    list: (page) => {
      const db = store.read;
      return ok({ items: listDossiers(db, page, currentAsker(db)), counts: countDossiers(db, page.catalog), catalogs: catalogsOf(db) });
    },
    find: (input) => ok(findDossiers(store.read, input, currentAsker(store.read))),
    get: ({ id }) => {
      const found = reading(id, (db) => getDossier(db, id));
      return !found.ok ? found : found.value === undefined ? fail('not-found') : ok(found.value);
    },
    members: ({ dossier, ...page }) => reading(dossier, (db) => ({ items: listMembers(db, dossier, page, currentAsker(db)), total: dossierHead(db, dossier)?.members ?? 0 })),
    ofDocument: ({ document }) => ok(dossiersWith(store.read, document, currentAsker(store.read))),
    suggest: (input) => suggest(store.read, input),
    prefill: (input) => prefill(store.read, clock, input),
    open: (input) => openDossier(deps, input),
    save: (input) => saveDossier(deps, input),
    addDocuments: (input) => addDocuments(deps, input),
    addFile: (input) => addFile(deps, input),
    saveMember: (input) => saveMember(deps, input),
    removeMembers: (input) => takeOut(deps, input),
    arrange: (input) => arrange(deps, input),
    moveMembers: (input) => moveMembers(deps, input),
    check: ({ id, endDate }) => reading(id, (db) => remarksFor(db, id, endDate ?? null, currentAsker(db))),
    close: (input) => closeDossier(deps, input),
    reopen: (input) => reopenDossier(deps, input),
    lock: (input) => lockDossier(deps, input),
    unlock: (input) => unlockDossier(deps, input),
    discard: (input) => discardDossier(deps, input),

    access: (target) => accessOfTarget(store.read, target),
    previewAccess: (input) => previewAccess(store.read, input),
    saveAccess: (input) => saveAccess(deps, input),

    history: ({ id }) => {
      const db = store.read;
      if (planHead(db, id) !== undefined) return ok(actsOn(db, { plan: id }));
      return reading(id, (read) => actsOn(read, { dossier: id }));
    },
    makeDocumentList: (input) => makeDocumentList(deps, input),
    makeDossierList: (input) => makeDossierList(deps, input),
  };
}
