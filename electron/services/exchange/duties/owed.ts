import type { DutyItem, DutyKind } from '#contract';
import type { ReadDb } from '../../../store/index.ts';

/** One thing that the office owes or has lately done, as the database has it; when it is due is not part of it. */
export type Owed = {
  readonly kind: DutyKind;
  readonly subjectId: string;
  /** the instant at which the duty began: arrival, signature, recall */
  readonly since: string;
  /** 0 to 4, edXML Priority */
  readonly urgency: number;
  /** the day by which it must be done and from which on it is near, where persons set them; else the articles do */
  readonly set?: { readonly day: string; readonly nearFrom: string };
  /** null while it is open */
  readonly doneAt: string | null;
  /** where a person does it */
  readonly open: DutyItem['open'];
};

/** How a subject is called in the list: number and notation, subject, other side. */
export type OwedHead = Pick<DutyItem, 'about' | 'title' | 'party'>;

/** Where facts come from. Each part of the station that owes something is one source. */
export type OwedSource = {
  /** What is open, and what was done since an instant. */
  readonly facts: (db: ReadDb, doneSince: string) => Owed[];
  /** Names of subjects by their ids; ids of other sources are passed over. */
  readonly heads: (db: ReadDb, ids: readonly string[]) => ReadonlyMap<string, OwedHead>;
};
