/** How strongly a rule binds (RFC 2119); only a broken MUST makes a package unfit. */
export type RuleLevel = 'must' | 'should' | 'may';

/**
 * How sure we are that the rule says what we make of it: P from the primary text, R from an integrator's notes, K our reading
 * where the text is silent or contradicts itself.
 */
export type Confidence = 'P' | 'R' | 'K';

/** What binds, and how sure that is. */
export type RuleFacts = { readonly level: RuleLevel; readonly source: string; readonly confidence: Confidence };

/** Which rules a package is judged by. `none` when nothing tells what it is. */
export type ProfileName =
  | 'tt05-sip-hoso'
  | 'tt05-sip-tailieu'
  | 'tt05-aip-hoso'
  | 'tt05-aip-tailieu'
  | 'tt05-dip'
  | 'csip-2.1.0'
  | 'csip-2.2.0'
  | 'bagit-1.0'
  | 'tt02-2019'
  | 'none';

/** One broken rule at one place. Its sentence is the catalogue's `package.rule.<rule>`, which `params` fill. */
export type PackageFinding = {
  readonly rule: string;
  readonly level: RuleLevel;
  /** article, annex or rule number that demands it */
  readonly source: string;
  readonly confidence: Confidence;
  /** path inside the package, '' for the package as a whole */
  readonly file: string;
  /** XPath-like place inside that file, '' for the file as a whole */
  readonly at: string;
  /** line in that file, counted from 1; 0 when there is none to name */
  readonly line: number;
  readonly params: Readonly<Record<string, string | number>>;
};

/** đạt / không đạt of one file, for the receiving side (TT 05/2025/TT-BNV Điều 24). */
export type CheckedFile = {
  readonly path: string;
  /** bytes as they are, not as declared */
  readonly size: number;
  /** hexadecimal, lower case; '' when the file was not read to its end */
  readonly sha256: string;
  readonly passed: boolean;
  /** rules of the level MUST that this file breaks */
  readonly broken: readonly string[];
};

/** A dossier or document as its field file describes it, under the names of TT 05/2025. */
export type Described = {
  readonly metadata: string;
  readonly kind: 'package' | 'doc' | 'pic' | 'media';
  readonly fields: Readonly<Record<string, string>>;
  /** paths of the files that it describes; none for the package itself */
  readonly files: readonly string[];
};

export type PackageReport = {
  readonly format: 1;
  readonly container: 'folder' | 'zip';
  /** name of the package's root folder, '' when there is none */
  readonly root: string;
  readonly profile: ProfileName;
  /** what the profile was taken from */
  readonly profileFrom: 'asked' | 'mets' | 'fields' | 'bagit' | 'nothing';
  readonly objectId: string;
  /** no MUST rule is broken and everything was read */
  readonly fit: boolean;
  /** false when reading was ended early; what follows is then not the whole truth */
  readonly complete: boolean;
  readonly files: readonly CheckedFile[];
  /** sum of the files' sizes */
  readonly bytes: number;
  readonly broken: Readonly<Record<RuleLevel, number>>;
  /** in order of the package; at most `findingLimit` of one rule, the rest is counted in `broken` */
  readonly findings: readonly PackageFinding[];
  readonly described: readonly Described[];
};
