/** What a token, its driver or its process may answer instead of doing what it was asked. */
export const tokenFailureCodes = [
  // the module's file
  'module-not-found',
  'module-not-readable',
  'module-not-a-library',
  'module-wrong-system',
  'module-wrong-bitness',
  'module-without-pkcs11',
  // its loading
  'driver-not-built',
  'module-not-loadable',
  'module-refused',
  // its process
  'module-hangs',
  'module-crashed',
  'stopped',
  // which token, certificate, key
  'token-absent',
  'token-ambiguous',
  'token-removed',
  'token-not-recognised',
  'session-lost',
  'too-many-sessions',
  'certificate-absent',
  'certificate-not-readable',
  'key-absent',
  'key-may-not-sign',
  'key-not-supported',
  'mechanism-not-offered',
  // the PIN
  'pin-needed',
  'pin-empty',
  'pin-doubtful',
  'pin-wrong',
  'pin-refused',
  'pin-final-try',
  'pin-locked',
  'pin-expired',
  'pin-not-set',
  'pin-on-device',
  'pin-pad-unsupported',
  'other-user-logged-in',
  'cancelled-on-device',
  // the rest
  'device-failed',
  'driver-failed',
  'signature-wrong',
] as const;
export type TokenFailureCode = (typeof tokenFailureCodes)[number];

export type ReturnCode = {
  /** CK_RV as the module returned it */
  readonly value: number;
  /** its name in the standard; `CKR_VENDOR_DEFINED` from 0x80000000 on, `CKR_UNKNOWN` for what is in no table */
  readonly name: string;
};

/** `done` and `already-logged-in` are not failures; all else is a `TokenFailureCode`. */
type Meaning = TokenFailureCode | 'done' | 'already-logged-in';

/**
 * Every return code of PKCS#11 v2.40 (pkcs11t.h) and those that v3.1 added, and what each means to the person at the
 * token. Codes that only a fault of ours or of the module can cause are `driver-failed`.
 */
export const returnCodes: readonly (readonly [value: number, name: string, meaning: Meaning])[] = [
  [0x0, 'CKR_OK', 'done'],
  [0x1, 'CKR_CANCEL', 'cancelled-on-device'],
  [0x2, 'CKR_HOST_MEMORY', 'driver-failed'],
  [0x3, 'CKR_SLOT_ID_INVALID', 'token-removed'],
  [0x5, 'CKR_GENERAL_ERROR', 'driver-failed'],
  [0x6, 'CKR_FUNCTION_FAILED', 'driver-failed'],
  [0x7, 'CKR_ARGUMENTS_BAD', 'driver-failed'],
  [0x8, 'CKR_NO_EVENT', 'driver-failed'],
  [0x9, 'CKR_NEED_TO_CREATE_THREADS', 'module-refused'],
  [0xa, 'CKR_CANT_LOCK', 'module-refused'],
  [0x10, 'CKR_ATTRIBUTE_READ_ONLY', 'driver-failed'],
  [0x11, 'CKR_ATTRIBUTE_SENSITIVE', 'driver-failed'],
  [0x12, 'CKR_ATTRIBUTE_TYPE_INVALID', 'driver-failed'],
  [0x13, 'CKR_ATTRIBUTE_VALUE_INVALID', 'driver-failed'],
  [0x1b, 'CKR_ACTION_PROHIBITED', 'key-may-not-sign'],
  [0x20, 'CKR_DATA_INVALID', 'driver-failed'],
  [0x21, 'CKR_DATA_LEN_RANGE', 'driver-failed'],
  [0x30, 'CKR_DEVICE_ERROR', 'device-failed'],
  [0x31, 'CKR_DEVICE_MEMORY', 'device-failed'],
  [0x32, 'CKR_DEVICE_REMOVED', 'token-removed'],
  [0x40, 'CKR_ENCRYPTED_DATA_INVALID', 'driver-failed'],
  [0x41, 'CKR_ENCRYPTED_DATA_LEN_RANGE', 'driver-failed'],
  [0x42, 'CKR_AEAD_DECRYPT_FAILED', 'driver-failed'],
  [0x50, 'CKR_FUNCTION_CANCELED', 'cancelled-on-device'],
  [0x51, 'CKR_FUNCTION_NOT_PARALLEL', 'driver-failed'],
  [0x54, 'CKR_FUNCTION_NOT_SUPPORTED', 'driver-failed'],
  [0x60, 'CKR_KEY_HANDLE_INVALID', 'session-lost'],
  [0x62, 'CKR_KEY_SIZE_RANGE', 'key-not-supported'],
  [0x63, 'CKR_KEY_TYPE_INCONSISTENT', 'key-not-supported'],
  [0x64, 'CKR_KEY_NOT_NEEDED', 'driver-failed'],
  [0x65, 'CKR_KEY_CHANGED', 'driver-failed'],
  [0x66, 'CKR_KEY_NEEDED', 'driver-failed'],
  [0x67, 'CKR_KEY_INDIGESTIBLE', 'driver-failed'],
  [0x68, 'CKR_KEY_FUNCTION_NOT_PERMITTED', 'key-may-not-sign'],
  [0x69, 'CKR_KEY_NOT_WRAPPABLE', 'driver-failed'],
  [0x6a, 'CKR_KEY_UNEXTRACTABLE', 'driver-failed'],
  [0x70, 'CKR_MECHANISM_INVALID', 'mechanism-not-offered'],
  [0x71, 'CKR_MECHANISM_PARAM_INVALID', 'mechanism-not-offered'],
  [0x82, 'CKR_OBJECT_HANDLE_INVALID', 'session-lost'],
  [0x90, 'CKR_OPERATION_ACTIVE', 'driver-failed'],
  [0x91, 'CKR_OPERATION_NOT_INITIALIZED', 'driver-failed'],
  [0xa0, 'CKR_PIN_INCORRECT', 'pin-wrong'],
  [0xa1, 'CKR_PIN_INVALID', 'pin-refused'],
  [0xa2, 'CKR_PIN_LEN_RANGE', 'pin-refused'],
  [0xa3, 'CKR_PIN_EXPIRED', 'pin-expired'],
  [0xa4, 'CKR_PIN_LOCKED', 'pin-locked'],
  [0xb0, 'CKR_SESSION_CLOSED', 'session-lost'],
  [0xb1, 'CKR_SESSION_COUNT', 'too-many-sessions'],
  [0xb3, 'CKR_SESSION_HANDLE_INVALID', 'session-lost'],
  [0xb4, 'CKR_SESSION_PARALLEL_NOT_SUPPORTED', 'driver-failed'],
  [0xb5, 'CKR_SESSION_READ_ONLY', 'driver-failed'],
  [0xb6, 'CKR_SESSION_EXISTS', 'driver-failed'],
  [0xb7, 'CKR_SESSION_READ_ONLY_EXISTS', 'driver-failed'],
  [0xb8, 'CKR_SESSION_READ_WRITE_SO_EXISTS', 'other-user-logged-in'],
  [0xc0, 'CKR_SIGNATURE_INVALID', 'signature-wrong'],
  [0xc1, 'CKR_SIGNATURE_LEN_RANGE', 'signature-wrong'],
  [0xd0, 'CKR_TEMPLATE_INCOMPLETE', 'driver-failed'],
  [0xd1, 'CKR_TEMPLATE_INCONSISTENT', 'driver-failed'],
  [0xe0, 'CKR_TOKEN_NOT_PRESENT', 'token-removed'],
  [0xe1, 'CKR_TOKEN_NOT_RECOGNIZED', 'token-not-recognised'],
  [0xe2, 'CKR_TOKEN_WRITE_PROTECTED', 'driver-failed'],
  [0xf0, 'CKR_UNWRAPPING_KEY_HANDLE_INVALID', 'driver-failed'],
  [0xf1, 'CKR_UNWRAPPING_KEY_SIZE_RANGE', 'driver-failed'],
  [0xf2, 'CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT', 'driver-failed'],
  [0x100, 'CKR_USER_ALREADY_LOGGED_IN', 'already-logged-in'],
  [0x101, 'CKR_USER_NOT_LOGGED_IN', 'pin-needed'],
  [0x102, 'CKR_USER_PIN_NOT_INITIALIZED', 'pin-not-set'],
  [0x103, 'CKR_USER_TYPE_INVALID', 'driver-failed'],
  [0x104, 'CKR_USER_ANOTHER_ALREADY_LOGGED_IN', 'other-user-logged-in'],
  [0x105, 'CKR_USER_TOO_MANY_TYPES', 'other-user-logged-in'],
  [0x110, 'CKR_WRAPPED_KEY_INVALID', 'driver-failed'],
  [0x112, 'CKR_WRAPPED_KEY_LEN_RANGE', 'driver-failed'],
  [0x113, 'CKR_WRAPPING_KEY_HANDLE_INVALID', 'driver-failed'],
  [0x114, 'CKR_WRAPPING_KEY_SIZE_RANGE', 'driver-failed'],
  [0x115, 'CKR_WRAPPING_KEY_TYPE_INCONSISTENT', 'driver-failed'],
  [0x120, 'CKR_RANDOM_SEED_NOT_SUPPORTED', 'driver-failed'],
  [0x121, 'CKR_RANDOM_NO_RNG', 'device-failed'],
  [0x130, 'CKR_DOMAIN_PARAMS_INVALID', 'key-not-supported'],
  [0x140, 'CKR_CURVE_NOT_SUPPORTED', 'key-not-supported'],
  [0x150, 'CKR_BUFFER_TOO_SMALL', 'driver-failed'],
  [0x160, 'CKR_SAVED_STATE_INVALID', 'driver-failed'],
  [0x170, 'CKR_INFORMATION_SENSITIVE', 'driver-failed'],
  [0x180, 'CKR_STATE_UNSAVEABLE', 'driver-failed'],
  [0x190, 'CKR_CRYPTOKI_NOT_INITIALIZED', 'module-refused'],
  [0x191, 'CKR_CRYPTOKI_ALREADY_INITIALIZED', 'module-refused'],
  [0x1a0, 'CKR_MUTEX_BAD', 'module-refused'],
  [0x1a1, 'CKR_MUTEX_NOT_LOCKED', 'module-refused'],
  [0x1b0, 'CKR_NEW_PIN_MODE', 'pin-expired'],
  [0x1b1, 'CKR_NEXT_OTP', 'driver-failed'],
  [0x1b5, 'CKR_EXCEEDED_MAX_ITERATIONS', 'driver-failed'],
  [0x1b6, 'CKR_FIPS_SELF_TEST_FAILED', 'device-failed'],
  [0x1b7, 'CKR_LIBRARY_LOAD_FAILED', 'module-refused'],
  [0x1b8, 'CKR_PIN_TOO_WEAK', 'pin-refused'],
  [0x1b9, 'CKR_PUBLIC_KEY_INVALID', 'key-not-supported'],
  [0x200, 'CKR_FUNCTION_REJECTED', 'cancelled-on-device'],
  [0x201, 'CKR_TOKEN_RESOURCE_EXCEEDED', 'too-many-sessions'],
  [0x202, 'CKR_OPERATION_CANCEL_FAILED', 'driver-failed'],
  [0x203, 'CKR_KEY_EXHAUSTED', 'key-may-not-sign'],
  [0x204, 'CKR_PENDING', 'driver-failed'],
  [0x205, 'CKR_SESSION_ASYNC_NOT_SUPPORTED', 'driver-failed'],
];

const byValue = new Map(returnCodes.map(([value, name, meaning]) => [value, { name, meaning }]));

/**
 * What a CK_RV is called and means. The names that pkcs11js gives are not used: it calls everything after v2.40
 * CKR_VENDOR_DEFINED.
 */
export function meaningOf(value: number): { readonly returned: ReturnCode; readonly meaning: Meaning } {
  const known = byValue.get(value);
  const name = known?.name ?? (value >= 0x80000000 ? 'CKR_VENDOR_DEFINED' : 'CKR_UNKNOWN');
  return { returned: { value, name }, meaning: known?.meaning ?? 'driver-failed' };
}
