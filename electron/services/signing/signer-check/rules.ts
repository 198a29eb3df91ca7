import type { DoubtPolicy, SignerAspect, SignerDoubt, SignerRule } from '#contract';

type Rest = Omit<SignerRule, 'code'>;
const usual = (aspect: SignerAspect, policy: DoubtPolicy, source: string, confidence: SignerRule['confidence'], fixed = false): Rest => ({ aspect, usual: policy, fixed, source, confidence });

/*
 * NĐ 68/2024/NĐ-CP art. 29 orders the steps: certificate (art. 31), path (art. 32), sign, time. Its art. 29 was read, arts. 31 and 32
 * are known by what others say of them (records-rules.md). TT 15/2025/TT-BKHCN art. 5, read, has signing software check the
 * certificate before it lets sign; that circular is about public services, and holds for these certificates by analogy only
 * (signing.md §1.5).
 */
const validity = 'NĐ 68/2024/NĐ-CP Điều 29, 31; TT 15/2025/TT-BKHCN Điều 5';
const path = 'NĐ 68/2024/NĐ-CP Điều 29, 32';
const algorithms = 'TT 15/2025/TT-BKHCN Phụ lục I';
/** Annex II says so of who verifies: where the status cannot be checked, a warning must be shown. */
const unchecked = 'TT 15/2025/TT-BKHCN Phụ lục II';

const rules: Readonly<Record<SignerDoubt, Rest>> = {
  'clock-doubtful': usual('clock', 'warn', 'QĐ 28/2018/QĐ-TTg Điều 14', 'inferred'),
  'not-yet-valid': usual('validity', 'refuse', validity, 'secondary', true),
  expired: usual('validity', 'refuse', validity, 'secondary', true),
  'validity-uncertain': usual('validity', 'refuse', validity, 'inferred'),
  'expires-soon': usual('validity', 'warn', '', 'inferred'),
  'key-usage': usual('usage', 'refuse', 'TT 15/2025/TT-BKHCN Phụ lục II; RFC 5280 §4.2.1.3', 'read'),
  'key-short': usual('algorithms', 'refuse', algorithms, 'read'),
  'key-unsupported': usual('algorithms', 'refuse', algorithms, 'read', true),
  // The whole first generation of the government's certificates is signed so (samples); its successor is not.
  'sha1-in-path': usual('algorithms', 'warn', algorithms, 'read'),
  'path-refused': usual('path', 'refuse', path, 'secondary'),
  'path-untrusted': usual('path', 'refuse', path, 'secondary'),
  // Tokens carry the person's certificate only: without a network the first path is not found.
  'path-incomplete': usual('path', 'warn', path, 'inferred'),
  revoked: usual('status', 'refuse', validity, 'secondary', true),
  suspended: usual('status', 'refuse', validity, 'secondary', true),
  'status-unknown': usual('status', 'warn', unchecked, 'inferred'),
  'kept-evidence': usual('status', 'warn', unchecked, 'inferred'),
  'not-checked-online': usual('status', 'warn', unchecked, 'inferred'),
  'authority-revoked': usual('status', 'refuse', path, 'secondary', true),
  'authority-status-unknown': usual('status', 'warn', path, 'inferred'),
};

/** Every doubt with what usually follows from it, and where that is said. */
export const signerRules: readonly SignerRule[] = (Object.keys(rules) as SignerDoubt[]).map((code) => ({ code, ...rules[code] }));

/** What follows from a doubt under an office's policy. */
export function stateOf(code: SignerDoubt, policy: Readonly<Partial<Record<SignerDoubt, DoubtPolicy>>>): 'warning' | 'refuse' {
  const rule = rules[code];
  const follows = rule.fixed ? rule.usual : (policy[code] ?? rule.usual);
  return follows === 'warn' ? 'warning' : 'refuse';
}

/** The aspect that a doubt belongs to. */
export function aspectOf(code: SignerDoubt): SignerAspect {
  return rules[code].aspect;
}

/** A doubt whose policy an office may not loosen, though it tries to; undefined when there is none. */
export function loosened(policy: Readonly<Partial<Record<SignerDoubt, DoubtPolicy>>>): SignerDoubt | undefined {
  return signerRules.find(({ code, fixed, usual: follows }) => fixed && policy[code] !== undefined && policy[code] !== follows)?.code;
}
