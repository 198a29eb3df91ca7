export { countDossiers } from './dossier.store.ts';
export { dossiersHandlers } from './handlers.ts';
export { dossierForPackage, type ActWords, type PackagedDocument, type PackagedDossier, type PackagedFile } from './package/dossier-for-package.ts';
export { readableOwnFile } from './members/own-file.ts';
