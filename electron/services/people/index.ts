export { actorOf, admit, sessionOf } from './session.ts';
export { signingStateOn } from './delegations.ts';
export { signingLines, type SigningAct, type SigningPerson, type SigningState } from './signing-lines.ts';
export { presentOffice } from './offices.store.ts';
export { personOf, personsNamed, staffing, unitOf } from './staff.store.ts';
export { peopleHandlers } from './handlers.ts';
export { outfitOffice, type StaffOutline } from './practice-staff.store.ts';
export type { CloseRegisters } from './ports.ts';
