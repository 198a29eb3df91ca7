/** CRLReason (RFC 5280 §5.3.1) by its number. */
const byNumber = {
  0: 'unspecified',
  1: 'keyCompromise',
  2: 'cACompromise',
  3: 'affiliationChanged',
  4: 'superseded',
  5: 'cessationOfOperation',
  6: 'certificateHold',
  8: 'removeFromCRL',
  9: 'privilegeWithdrawn',
  10: 'aACompromise',
} as const;

export type RevocationReason = (typeof byNumber)[keyof typeof byNumber];

/** The reason of a number; one that is not defined says as much as none. */
export function reasonOf(number: number): RevocationReason {
  return Object.hasOwn(byNumber, number) ? byNumber[number as keyof typeof byNumber] : 'unspecified';
}

/** That, since when and why a certificate is revoked. */
export type Revocation = {
  readonly at: Date;
  /** `unspecified` also when the issuer gives none */
  readonly reason: RevocationReason;
  /** since when the key is known or suspected to be in other hands (RFC 5280 §5.3.2) */
  readonly invaliditySince: Date | undefined;
};
