export { DossiersView } from './DossiersView.tsx';
export { DossierShelf } from './shelf/DossierShelf.tsx';
export { DossierLine } from './suggest/DossierLine.tsx';
export { DossierWishLine } from './suggest/DossierWishLine.tsx';
export { useDossierCommands } from './suggest/use-dossier-commands.tsx';
export { useDossierWish } from './suggest/use-dossier-wish.ts';
