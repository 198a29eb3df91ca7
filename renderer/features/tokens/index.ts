/** @public for the signing window */
export { PinBox } from './pin/PinBox.tsx';
export { TokensView } from './views/TokensView.tsx';
