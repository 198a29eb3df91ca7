import type { BackupFacts } from './steps.ts';

/** What only the running station knows of itself. */
export type LiveFacts = {
  /** a certificate was picked at this machine, or a token stands ready to sign */
  readonly tokenReady: () => boolean;
  /** the axis answered the last time */
  readonly axisAnswers: () => boolean;
  readonly backup: () => BackupFacts;
};
