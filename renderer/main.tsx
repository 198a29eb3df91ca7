import './bridge/no-eval.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { connect } from './bridge/connection.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App connection={connect()} nonce={nonceOfPage()} />);

/** The host replaces the placeholder at serving time; styles made at run time carry the value. */
function nonceOfPage(): string {
  return document.querySelector<HTMLMetaElement>('meta[name=tvt-nonce]')?.content ?? '';
}
