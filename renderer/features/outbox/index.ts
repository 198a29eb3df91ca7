export { OutboxView } from './views/OutboxView.tsx';
