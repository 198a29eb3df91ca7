export { HandoverView } from './HandoverView.tsx';
export { HeldPackage } from './holdings/HeldPackage.tsx';
