export { currentAsker, mayRead, mayReadMember } from './access/readers.store.ts';
export type { DossierDeps } from './deps.ts';
export { remarksOn } from './check/check.ts';
export { countDossiers, getDossier, insertDossier, isCodeTaken, isOnItsWay } from './dossier.store.ts';
export { dossiersHandlers } from './handlers.ts';
export { noteAct } from './history.store.ts';
export { everyMember, insertFile } from './members/members.store.ts';
export { documentsForPackage, dossierForPackage, type ActWords, type PackagedDocument, type PackagedDossier, type PackagedFile, verdictOn } from './package/dossier-for-package.ts';
export { readableOwnFile } from './members/own-file.ts';
