import type { Result } from '../../../foundation/outcome.ts';
import type { Missing } from '../missing.ts';
import { targetIsFree, withOriginal, writeCopy, type SigningFiles } from '../prepare.ts';
import { Refused, refusals, refusalsOf, type SigningRefusal } from '../refusals.ts';
import type { SigningLevel } from '../wish.ts';
import { extended, type Extension, type ExtensionWish } from './extend.ts';
import type { EvidenceDeps } from './gather.ts';
import { withPart } from './part.ts';

/** A file whose signatures have more than before. */
export type Completed = Extension & {
  readonly path: string;
  readonly size: number;
  /** the lowest that a signature of the file has reached; null when one does not hold */
  readonly level: SigningLevel | null;
};

const order: readonly SigningLevel[] = ['B', 'T', 'LT', 'LTA'];

/**
 * Completes the signatures of a file that was signed before, perhaps without network, into a new file: a missing time, the
 * evidence for checking them later, a time-stamp over that. What cannot be had is told in `missing`, and what could be had is
 * kept; a file to which nothing could be added is refused. A file of level LTA gets a further time-stamp: it is renewed.
 */
export async function complete(deps: EvidenceDeps, { source, target }: SigningFiles, wish: Omit<ExtensionWish, 'only'>): Promise<Result<Completed, SigningRefusal>> {
  const copied = refusals(() => {
    targetIsFree(target);
    return withOriginal(source, (file, mode) => writeCopy({ target }, file.bytes, { baseSize: file.bytes.size, bytes: Buffer.alloc(0), signature: undefined }, 'sha256', mode));
  });
  if (!copied.ok) return copied;
  const { copy, size: before } = copied.value;
  return refusalsOf(() =>
    withPart(copy, target, async (part) => {
      const extension = await extended(deps, part, wish);
      if (part.size === before && extension.way === null) throw refusalFor(extension.missing);
      return { value: { ...extension, path: target, size: part.size, level: lowest(extension) }, isDone: true };
    }),
  );
}

function refusalFor(missing: Missing | null): Refused {
  return new Refused(missing === null ? { code: 'level-reached' } : { code: 'not-completed', ...missing });
}

function lowest({ levels }: Extension): SigningLevel | null {
  const reached = levels.map(({ level }) => level);
  return reached.includes(null) ? null : (order.find((level) => reached.includes(level)) ?? null);
}
