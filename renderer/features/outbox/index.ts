export { OutboxView } from './views/OutboxView.tsx';
export { RecallDialog } from './views/RecallDialog.tsx';
