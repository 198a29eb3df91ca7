export { differencesSince } from './differences/differences.ts';
export { findDifferences } from './differences/find-differences.ts';
export { policy } from './differences/policy.ts';
