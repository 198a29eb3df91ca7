export { IncomingView } from './views/IncomingView.tsx';
export { Trace } from './views/Trace.tsx';
