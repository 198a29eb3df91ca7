export { deviceName } from './parts/doctor-words.tsx';
export { PinBox } from './pin/PinBox.tsx';
export { TokensView } from './views/TokensView.tsx';
