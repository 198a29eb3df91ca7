import { fail, ok, type CodeOf, type Contract, type DisposalForm, type DisposalState, type InputOf, type Outcome, type OutputOf } from '#contract';
import { csvOf, keepPrinted, printedWords, printFacts, xlsxOf } from '../../../records/index.ts';
import type { KeepingDeps } from '../../deps.ts';
import { getDisposal } from '../disposal.store.ts';
import { destroyedBetween, printedFiles, printedItems } from './facts.store.ts';
import { disposalList, listBasis, listHeads, listRows, listTitle, listWidths } from './list.ts';
import { councilMinutes, decisionDraft, destructionMinutes, explanation } from './papers.ts';

type Print = Contract['keeping']['printDisposal'];

const decided: readonly DisposalState[] = ['concluded', 'decided', 'destroying', 'destroyed'];
/** From when on there is something to write on each paper; not named: always. */
const when: Partial<Readonly<Record<DisposalForm, readonly DisposalState[]>>> = { 'council-minutes': decided, decision: decided, 'destruction-minutes': ['destroyed'] };

const names: Readonly<Record<DisposalForm, string>> = {
  list: 'danh-muc-tai-lieu-het-gia-tri',
  explanation: 'ban-thuyet-minh-huy-tai-lieu',
  'council-minutes': 'bien-ban-hop-hoi-dong-xet-huy',
  decision: 'quyet-dinh-huy-tai-lieu',
  'destruction-minutes': 'bien-ban-huy-tai-lieu',
};

/** Prints one of the papers of a disposal, and keeps it. Only the list is a table that may be saved as one. */
export async function printDisposal(deps: KeepingDeps, { disposal, form, format }: InputOf<Print>): Promise<Outcome<OutputOf<Print>, CodeOf<Print>>> {
  const db = deps.store.read;
  const found = getDisposal(db, disposal);
  if (found === undefined) return fail('not-found');
  if (when[form]?.includes(found.state) === false) return fail('disposal-state', { state: found.state });
  if (form !== 'list' && format !== 'pdf') return fail('format-not-for-form', { field: 'format' });
  const facts = printFacts(db, deps.clock);
  const paper = { disposal: found, items: printedItems(db, disposal), files: form === 'destruction-minutes' ? printedFiles(db, disposal) : [] };
  const make = (): Promise<Uint8Array> | Uint8Array => {
    if (format === 'csv') return csvOf(listHeads, listRows(paper.items));
    if (format === 'xlsx') {
      return xlsxOf({ sheet: 'Danh mục', above: [listTitle, `${facts.officeName} · ${found.title}`, `${listBasis} · ${printedWords(facts.at, facts.by)}`], heads: listHeads, widths: listWidths, rows: listRows(paper.items) });
    }
    switch (form) {
      case 'list':
        return disposalList(paper, facts, deps.fonts());
      case 'explanation':
        return explanation(paper, facts, deps.fonts());
      case 'council-minutes':
        return councilMinutes(paper, facts, deps.fonts());
      case 'decision':
        return decisionDraft(paper, facts, deps.fonts());
      case 'destruction-minutes':
        return destructionMinutes(paper, destroyedBetween(db, disposal), facts, deps.fonts());
    }
  };
  const bytes = await make();
  return ok(await keepPrinted(deps, facts, { kind: 'disposal', name: `${names[form]}-${facts.day}`, format, bytes, detail: { disposal, form } }));
}
