import { rmSync } from 'node:fs';
import { entropy } from '../../../foundation/entropy.ts';
import type { Result } from '../../../foundation/outcome.ts';
import type { LetteringFonts } from '../appearance/lettering.ts';
import { targetIsFree, type SigningFiles } from '../prepare.ts';
import { refusals, type SigningRefusal } from '../refusals.ts';
import { signFile, type SignAttributes, type SignDeps, type Signed } from '../sign-file.ts';
import type { SigningWish } from '../wish.ts';
import { issueWish, type IssuePlan } from './issue-plan.ts';

/** An issued file: its last signature, what any of them lacks, and how many the agency made. */
export type Issued = Signed & { readonly signatures: number };

/**
 * Carries a plan out: each step is signed by the same key, so a token is logged into once and asked as often as there are
 * steps. All or nothing: what was made on the way goes when a step fails. Once the authority gave no time, the later
 * steps do not wait for it again, and the answer says what the first of them lacks.
 */
export async function issueFile<F>(
  deps: SignDeps,
  { source, target, tsa }: SigningFiles & { readonly tsa: string | null },
  plan: IssuePlan,
  signer: Omit<SigningWish, 'field' | 'appearance' | 'lock' | 'fill' | 'certify'>,
  fonts: LetteringFonts,
  sign: SignAttributes<F>,
): Promise<Result<Issued, SigningRefusal | { readonly code: 'not-signed'; readonly cause: F }>> {
  const free = refusals(() => { targetIsFree(target); });
  if (!free.ok) return free;
  const run = entropy(6).toString('hex');
  const made: string[] = [];
  let signed: Signed | undefined;
  let missing: Signed['missing'] = null;
  try {
    for (const index of plan.steps.keys()) {
      const from = made.at(-1) ?? source;
      const isLast = index === plan.steps.length - 1;
      const to = isLast ? target : `${target}.${run}.${String(index + 1)}.part`;
      const wish = issueWish(plan, index, from, fonts);
      if (!wish.ok) return wish;
      const one: Awaited<ReturnType<typeof signFile<F>>> = await signFile(deps, { source: from, target: to, tsa: missing === null ? tsa : null }, { ...signer, ...(isLast || signer.level === 'B' ? {} : { level: 'T' as const }), ...wish.value }, sign);
      if (!one.ok) return one;
      if (!isLast) made.push(to);
      signed = one.value;
      missing ??= one.value.missing;
    }
    if (signed === undefined) throw new Error('a plan without steps');
    return { ok: true, value: { ...signed, missing, signatures: plan.steps.length } };
  } finally {
    for (const path of made) rmSync(path, { force: true });
  }
}
