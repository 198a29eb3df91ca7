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

/** Collects what is broken; levels are given at the end, when the profile is known. */
export type Findings = {
  readonly add: (rule: string, place: Place, params?: Params) => void;
  readonly refused: (refusal: Refusal, base: string) => void;
  readonly concluded: (profile: ProfileName) => { readonly findings: readonly PackageFinding[]; readonly broken: Readonly<Record<RuleLevel, number>> };
  /** MUST rules that a file breaks, each once */
  readonly brokenBy: (profile: ProfileName) => ReadonlyMap<string, readonly string[]>;
};

export function findings(): Findings {
  const all: Raw[] = [];
  function add(rule: string, { file = '', at = '', line = 0, scope = 'root' }: Place, params: Params = {}): void {
    all.push({ rule, file, at, line, scope, params });
  }
  return {
    add,
    refused: ({ rule, file, params }, base) => {
      add(rule, { file: file.startsWith(base) ? file.slice(base.length) : file }, params);
    },
    concluded: (profile) => {
      const broken = { must: 0, should: 0, may: 0 };
      const told = new Map<string, number>();
      const shown: PackageFinding[] = [];
      for (const { rule, file, at, line, scope, params } of all) {
        const facts = ruleFacts(rule, profile, scope);
        if (facts === undefined) continue;
        const { level, source, confidence } = facts;
        broken[level] += 1;
        const nth = (told.get(rule) ?? 0) + 1;
        told.set(rule, nth);
        if (nth <= findingLimit) shown.push({ rule, level, source, confidence, file, at, line, params });
      }
      return { findings: shown, broken };
    },
    brokenBy: (profile) => {
      const by = new Map<string, string[]>();
      for (const { rule, file, scope } of all) {
        if (file === '' || ruleFacts(rule, profile, scope)?.level !== 'must') continue;
        const rules = by.get(file);
        if (rules === undefined) by.set(file, [rule]);
        else if (!rules.includes(rule)) rules.push(rule);
      }
      return by;
    },
  };
}
