export { namesNobody } from './addressees.ts';
export { PaperActs } from './views/PaperActs.tsx';
export { PrintingView } from './views/PrintingView.tsx';
export { useMakeAndShow } from './use-make-and-show.ts';
export { useShowPrinted } from './use-show-printed.ts';
