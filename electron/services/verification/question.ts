import type { JudgeDeps } from './certificate/judge.ts';
import type { FindDifferences } from './ports.ts';
import type { ExpectedAgency } from './who/signer.ts';

export type VerifyDeps = JudgeDeps & {
  /** of the table of anchors, for the report */
  readonly edition: string;
  readonly differences: FindDifferences;
};

export type Question = {
  /** the time at which is judged: now */
  readonly at: Date;
  /** when the very bytes came to this station; it vouches for that itself */
  readonly arrivedAt?: Date | undefined;
  readonly expected?: ExpectedAgency | undefined;
};
