import type { WriteDb } from '../../store/index.ts';

/** What happens to the registers of an office that ends. */
export type OfficeEnding = {
  readonly office: string;
  /** its last day */
  readonly lastDay: string;
  /** instant of the act */
  readonly at: string;
  readonly reason: string;
};

/** Closes what numbers an office still gives, in the caller's transaction; answers how many series. The registers know how. */
export type CloseRegisters = (db: WriteDb, ending: OfficeEnding) => number;
