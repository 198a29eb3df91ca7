import type { Refusal } from '../read/refused.ts';
import { ruleFacts } from './rule-book.ts';
import type { MetsScope } from './mets-file.ts';
import type { PackageFinding, ProfileName, RuleLevel } from './report.ts';

/** Where a rule is broken; what is left out is the package or the file as a whole. */
export type Place = {
  readonly file?: string;
  readonly at?: string;
  readonly line?: number;
  /** of the METS file that shows it */
  readonly scope?: MetsScope;
};

type Params = PackageFinding['params'];
type Raw = Required<Place> & { readonly rule: string; readonly params: Params };

/** Beyond it one cause has filled the list; what follows is only counted. */
const findingLimit = 200;

/** Collects what is broken; levels are given at the end, when the profile is known. In bounded memory, whatever a package holds. */
export type Findings = {
  readonly add: (rule: string, place: Place, params?: Params) => void;
  readonly refused: (refusal: Refusal, base: string) => void;
  readonly concluded: (profile: ProfileName) => { readonly findings: readonly PackageFinding[]; readonly broken: Readonly<Record<RuleLevel, number>> };
  /** MUST rules that a file breaks, each once */
  readonly brokenBy: (profile: ProfileName) => ReadonlyMap<string, readonly string[]>;
};

/** A rule in a METS of one kind; its level depends on both. */
type Counted = { readonly rule: string; readonly scope: MetsScope; count: number };

export function findings(): Findings {
  const shown: Raw[] = [];
  const counts = new Map<string, Counted>();
  const byFile = new Map<string, Set<Counted>>();
  function add(rule: string, { file = '', at = '', line = 0, scope = 'root' }: Place, params: Params = {}): void {
    const key = `${rule} ${scope}`;
    const counted = counts.get(key) ?? { rule, scope, count: 0 };
    counts.set(key, counted);
    counted.count += 1;
    if (counted.count <= findingLimit) shown.push({ rule, file, at, line, scope, params });
    if (file !== '') byFile.set(file, (byFile.get(file) ?? new Set()).add(counted));
  }
  return {
    add,
    refused: ({ rule, file, params }, base) => {
      // A path that leads elsewhere is shown as it is written.
      add(rule, { file: file.startsWith(base) && rule !== 'read.name-path' ? file.slice(base.length) : file }, params);
    },
    concluded: (profile) => {
      const broken = { must: 0, should: 0, may: 0 };
      for (const { rule, scope, count } of counts.values()) {
        const level = ruleFacts(rule, profile, scope)?.level;
        if (level !== undefined) broken[level] += count;
      }
      const told = shown.flatMap(({ rule, file, at, line, scope, params }): readonly PackageFinding[] => {
        const facts = ruleFacts(rule, profile, scope);
        return facts === undefined ? [] : [{ rule, level: facts.level, source: facts.source, confidence: facts.confidence, file, at, line, params }];
      });
      return { findings: told, broken };
    },
    brokenBy: (profile) => {
      const by = new Map<string, readonly string[]>();
      for (const [file, rules] of byFile) {
        const must = [...rules].filter(({ rule, scope }) => ruleFacts(rule, profile, scope)?.level === 'must').map(({ rule }) => rule);
        if (must.length > 0) by.set(file, [...new Set(must)]);
      }
      return by;
    },
  };
}
