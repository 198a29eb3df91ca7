/**
 * An expected result or an expected failure with its facts, for the layers below the contract. The contract has
 * its own `Outcome`, whose failures are codes for the window.
 */
export type Result<T, F> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F };
