/** What was done for a caller, or the code and words of the refusal (axis.md §1.6). */
export type Served<T> = { readonly value: T } | Refused;

type Refused = { readonly errorCode: string; readonly errorDesc: string };

/** A refusal in the axis' words. */
export function refuse(errorCode: string, errorDesc: string): Refused {
  return { errorCode, errorDesc };
}
