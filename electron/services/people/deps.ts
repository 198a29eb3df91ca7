import type { Clock } from '../../foundation/clock.ts';
import type { Store, WriteDb } from '../../store/index.ts';
import type { CloseRegisters } from './ports.ts';

export type PeopleDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** a practice profile has a fixed agency */
  readonly practice: boolean;
  readonly closeRegisters: CloseRegisters;
  /** this office has another name or code once the transaction stands */
  readonly officeChanged: (db: WriteDb) => void;
  /** who is signed in, or who can sign in, changed and stands */
  readonly sessionChanged: () => void;
};
