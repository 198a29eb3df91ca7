import type { Result } from '../../foundation/outcome.ts';

/** Why there is no key; the same words as the contract's start failures. */
export type KeyFailureCode = 'key-missing' | 'key-wrong' | 'folder-read-only' | 'disk-full';

export type KeyFailure = {
  readonly code: KeyFailureCode;
  /** `reason` says which of several causes of one code it was; `folder` where. Never anything of the key. */
  readonly params: Readonly<Record<string, string>>;
};

export type ObtainedKey = { readonly key: Buffer; readonly created: boolean };

/**
 * Keeps the 32-byte master key of a profile. `mayCreate` is true only when the profile has no database yet: where
 * data is already there, a new key would silently turn it into noise.
 */
export type KeyKeeper = {
  readonly obtain: (mayCreate: boolean) => Promise<Result<ObtainedKey, KeyFailure>>;
};

/** Length of every master key. */
export const masterKeyBytes = 32;

/** A failure of a keeper. */
export function keyFailure(
  code: KeyFailureCode,
  params: Readonly<Record<string, string>>,
): { readonly ok: false; readonly failure: KeyFailure } {
  return { ok: false, failure: { code, params } };
}
