export { createHandover, type HandoverService, type HostHandover } from './handlers.ts';
