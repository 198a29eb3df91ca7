export { HandoverView } from './HandoverView.tsx';
