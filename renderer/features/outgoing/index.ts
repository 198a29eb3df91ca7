export { OutgoingView } from './views/OutgoingView.tsx';
