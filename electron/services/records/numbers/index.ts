export { numbersHandlers } from './handlers.ts';
export { codeTaken } from './series.store.ts';
export { dayInWords } from './symbol.ts';
export {
  takeArrivalNumber,
  takeHeldNumber,
  takeNumber,
  takeOutgoingNumber,
  type ArrivalNumber,
  type NumberRequest,
  type OutgoingNumber,
} from './take.ts';
