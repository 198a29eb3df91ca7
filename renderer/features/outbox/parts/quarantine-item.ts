import type { Contract, OutputOf } from '#contract';

/** A message that was set aside. */
export type QuarantineItem = OutputOf<Contract['exchange']['quarantine']>['items'][number];
