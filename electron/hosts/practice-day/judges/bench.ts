import { programPath, runProgram, type Ran } from '../programs.ts';

/** What a judge said of one thing. */
export type JudgeWord = {
  /** a program of the machine, or `Trạm Văn thư` for a validator of our own */
  readonly judge: string;
  /** path in the results, or what else was judged */
  readonly what: string;
  readonly ok: boolean;
  /** in the judge's own words, cut; or what was expected of it */
  readonly said: string;
};

/** Where judges sit: who is there, and what each has said. */
export type Bench = {
  /** Runs a judge over something and notes its word; nothing happens where it is absent. `right` tells whether its answer is as it must be. */
  readonly ask: (judge: string, what: string, words: readonly string[], right: (ran: Ran) => boolean, more?: { readonly label?: string; readonly cwd?: string; readonly input?: string }) => Promise<Ran | undefined>;
  readonly note: (word: JudgeWord) => void;
  readonly words: readonly JudgeWord[];
  /** programs that were asked for and are not on this machine, sorted */
  readonly absent: () => readonly string[];
};

export const own = 'Trạm Văn thư';

export function openBench(): Bench {
  const words: JudgeWord[] = [];
  const absent = new Set<string>();
  const note = (word: JudgeWord): void => {
    words.push(word);
  };
  return {
    words,
    note,
    absent: () => [...absent].toSorted(),
    async ask(judge, what, args, right, { label = judge, ...more } = {}) {
      const path = programPath(judge);
      if (path === undefined) {
        absent.add(judge);
        return undefined;
      }
      const ran = await runProgram(path, args, more);
      const ok = right(ran);
      const said = ran.text.trim().split('\n').filter((line) => line.trim() !== '').at(ok ? -1 : 0) ?? '';
      note({ judge: label, what, ok, said: (said === '' ? `mã thoát ${String(ran.code ?? '—')}` : said).slice(0, 200) });
      return ran;
    },
  };
}

export const wentWell = ({ code }: Ran): boolean => code === 0;
