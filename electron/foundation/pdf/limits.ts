import { PdfStop } from './faults.ts';

export type PdfLimits = {
  /** nesting of arrays and dictionaries, and of trees of pages and fields */
  readonly depth: number;
  /** bytes of one object without its stream data */
  readonly objectBytes: number;
  /** values inside one object */
  readonly objectItems: number;
  /** highest object number (ISO 32000-1 Annex C) */
  readonly objectNumber: number;
  /** cross-reference entries of all revisions together */
  readonly entries: number;
  readonly revisions: number;
  /** bytes of one stream after its filters */
  readonly decodedBytes: number;
  /** filters of one stream */
  readonly filters: number;
  /** objects in one object stream */
  readonly objectStreamItems: number;
  /** nodes of the page tree or of the field tree */
  readonly treeNodes: number;
  /** faults that are kept */
  readonly faults: number;
  /** bytes looked at or decoded, over all questions to one file */
  readonly work: number;
  /** time spent inside this reader, over all questions to one file */
  readonly milliseconds: number;
};

/** Far above any real file, low enough that a hostile one costs seconds and some 100 MiB. */
export const pdfLimits: PdfLimits = {
  depth: 100,
  objectBytes: 8 * 1024 * 1024,
  objectItems: 500_000,
  objectNumber: 8_388_607,
  entries: 2_000_000,
  revisions: 1000,
  decodedBytes: 64 * 1024 * 1024,
  filters: 4,
  objectStreamItems: 100_000,
  treeNodes: 200_000,
  faults: 1000,
  work: 2 * 1024 * 1024 * 1024,
  milliseconds: 20_000,
};

/** Ends every reading in bounded time: counts work, and the time that passes while a question is being answered. */
export type Budget = {
  readonly limits: PdfLimits;
  /** Counts `units` (bytes, roughly) of work near byte `at`; stops the reading when work or time is used up. */
  readonly spend: (units: number, at: number) => void;
  /** Runs a question with the clock on. */
  readonly during: <T>(question: () => T) => T;
};

const unitsBetweenLooks = 65_536;

export function newBudget(limits: PdfLimits): Budget {
  let spent = 0;
  let nextLook = 0;
  let used = 0;
  let since: number | undefined;
  return {
    limits,
    spend(units, at) {
      spent += units;
      if (spent < nextLook) return;
      nextLook = spent + unitsBetweenLooks;
      const now = since === undefined ? 0 : performance.now() - since;
      if (spent <= limits.work && used + now <= limits.milliseconds) return;
      // What is used up stays so, also for who goes on after a fault.
      nextLook = 0;
      throw new PdfStop('too-long', at);
    },
    during(question) {
      if (since !== undefined) return question();
      since = performance.now();
      try {
        return question();
      } finally {
        used += performance.now() - since;
        since = undefined;
      }
    },
  };
}
