export { CopiesTab } from './copies/CopiesTab.tsx';
export { HandoverView } from './HandoverView.tsx';
export { HeldPackage } from './holdings/HeldPackage.tsx';
