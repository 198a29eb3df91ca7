export { DossiersView } from './DossiersView.tsx';
export { DossierLine } from './suggest/DossierLine.tsx';
export { useDossierCommands } from './suggest/use-dossier-commands.tsx';
