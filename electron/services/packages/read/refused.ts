/** Why a package, or one entry of it, is not read at all. Each is a rule of the level MUST (`check/reading-rules.ts`). */
export type ReadRule =
  | 'read.absent'
  | 'read.unreadable'
  | 'read.not-a-package'
  | 'read.changed'
  | 'read.stopped'
  | 'read.link'
  | 'read.special'
  | 'read.too-many'
  | 'read.too-large'
  | 'read.bomb'
  | 'read.too-deep'
  | 'read.name-long'
  | 'read.name-path'
  | 'read.name-bytes'
  | 'read.name-twice'
  | 'zip.truncated'
  | 'zip.trailing'
  | 'zip.prefix'
  | 'zip.gap'
  | 'zip.overlap'
  | 'zip.split'
  | 'zip.ambiguous'
  | 'zip.damaged'
  | 'zip.headers'
  | 'zip.encrypted'
  | 'zip.method'
  | 'zip.content';

/** One reason at one place of the package; `file` is '' for the package as a whole. */
export type Refusal = {
  readonly rule: ReadRule;
  readonly file: string;
  readonly params: Readonly<Record<string, string | number>>;
};

/** Ends the reading of a package or of one file; caught in `check`, told as a finding. */
export class PackageRefused extends Error {
  override readonly name = 'PackageRefused';
  readonly refusal: Refusal;
  constructor(rule: ReadRule, file = '', params: Refusal['params'] = {}) {
    super(`${rule} ${file}`);
    this.refusal = { rule, file, params };
  }
}
