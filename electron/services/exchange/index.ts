export { createExchange, type AxisState, type Exchange, type ExchangeDeps } from './exchange.ts';
export type { ExchangeStep } from './inbox.ts';
export { hasReceived } from './inbox.store.ts';
export { queueStatusWith } from './outbox.store.ts';
export type * from './ports.ts';
export { vxpTransport } from './transports/vxp.ts';
