export { outgoingNotation, takeOutgoingNumber, type NumberedAs, type TakenOutgoing } from './outgoing-number.store.ts';
