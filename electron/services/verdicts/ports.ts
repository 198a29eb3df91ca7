import type { Material, Question } from '../verification/index.ts';
import type { Verdict } from '#contract';

/** The bytes of a file, given away; or where they lie for a moment. */
export type FileSource = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'path'; readonly path: string };

export type Looked = {
  readonly verdict: Verdict;
  readonly material: readonly Material[];
  /** the authorities were asked, or need not be, and none was out of reach */
  readonly online: boolean;
};

/** Looks at a file outside the core's own thread. The host provides it. Never rejects. */
export type LookAt = (source: FileSource, question: Question, mayAsk: boolean) => Promise<Looked>;

/** A sentence of the catalogue in Vietnamese. */
export type Words = (key: string, params: Readonly<Record<string, string | number>>) => string;

