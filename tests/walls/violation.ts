/** The nets of `npm run check`; each sees what the others cannot. */
export type Net = 'types' | 'boundaries' | 'lint' | 'typed' | 'dead' | 'docs' | 'files';

/** One forbidden thing, in files of its own, and what each net has to call it. */
export type Violation = {
  readonly name: string;
  /** the file that must be named by the nets */
  readonly file: string;
  readonly text: string;
  /** what the file needs around it; innocent by itself */
  readonly with?: Readonly<Record<string, string>>;
  /** a package that is written into package.json, and into nothing else */
  readonly declares?: string;
  /** written after the compiler's round: the file would change what the compiler says of others */
  readonly afterCompiler?: true;
  readonly caught: Readonly<Partial<Record<Net, string>>>;
};
