/**
 * How sure the written knowledge of the axis is of a rule: P primary legal source, V the vendor's word, M measured, S
 * another integrator's, I inferred, NF not found. Nobody can be held to what is less than P, V or M.
 */
export type Certainty = 'P' | 'V' | 'M' | 'S' | 'I' | 'NF';

export type Rule = {
  readonly id: string;
  /** paragraph of the axis reference, or article of a law */
  readonly basis: string;
  readonly certainty: Certainty;
  readonly vi: string;
  readonly en: string;
};

/**
 * - `skipped`: not tried, or something that it builds on did not come about; `seen` says what
 * - `not-knowable`: tried, but what would be right is written nowhere, or does not show from where we stand
 */
export type Verdict = { readonly result: 'pass' | 'fail' | 'skipped' | 'not-knowable'; readonly seen: string };

export type Finding = Rule & Verdict;

/** A rule in one line of a table. */
export function rule(id: string, basis: string, certainty: Certainty, vi: string, en: string): Rule {
  return { id, basis, certainty, vi, en };
}

/** The rule holds or not; `seen` either way. */
export function verdict(holds: boolean, seen: string): Verdict {
  return { result: holds ? 'pass' : 'fail', seen };
}

/** For behaviour that is only reported, as nothing says which is right. */
export function reported(seen: string): Verdict {
  return { result: 'not-knowable', seen };
}

/** Thrown when a case cannot be tried because of something that another rule is about. */
export class Unmet extends Error {
  override readonly name = 'Unmet';
}

/** The finding of one case, whatever happens in it. */
export async function judged(about: Rule, work: () => Promise<Verdict>): Promise<Finding> {
  try {
    return { ...about, ...(await work()) };
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error);
    return { ...about, result: error instanceof Unmet ? 'skipped' : 'fail', seen };
  }
}

/** Those of certainty P, V or M with this result. */
export function bindingWith(result: Verdict['result'], findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((one) => one.result === result && ['P', 'V', 'M'].includes(one.certainty));
}
