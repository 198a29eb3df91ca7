export { SignatureLabels } from './labels/SignatureLabels.tsx';
export { goToSigning } from './parts/go.ts';
export { SigningLine } from './parts/SigningLine.tsx';
export { useSigningCommands } from './parts/use-signing-commands.tsx';
export { useMaySign, useWaiting, useWaitingPapers } from './parts/waiting.ts';
export { SigningView } from './SigningView.tsx';
