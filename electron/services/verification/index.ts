export { differencesSince, type Change, type Differences, type DifferencesContext, type LaterSignature, type SigningRule } from './differences/differences.ts';
export { findDifferences, type SignerFacts } from './differences/find-differences.ts';
export { policy, wordsOf, type ChangeClass, type ChangeCode, type Level } from './differences/policy.ts';
