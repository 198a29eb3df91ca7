export { IncomingView } from './views/IncomingView.tsx';
