import { question } from '../fakes/search/service.ts';
import { draftingInputs, twoSubjects } from './drafting-inputs.ts';


type Prepare = Parameters<(typeof draftingInputs)[string]>[0];

/** Commands that write two entries: an export is noted at its beginning and at its end. */
export const twoEntries: readonly string[] = [...twoSubjects, 'transfer.start'];

/** One input that succeeds for each audited command that has none in the test itself. */
export const furtherInputs: Readonly<Record<string, (prepare: Prepare) => unknown>> = {
  ...draftingInputs,
  'search.save': () => ({ id: null, name: 'Kế hoạch', question: question('kế hoạch') }),
  'search.removeSaved': async ({ must }) => ({
    id: ((await must('search', 'save', { id: null, name: 'Quá hạn', question: question('', { due: 'overdue' }) })) as { id: string }).id,
  }),
  'transfer.start': () => ({}),
  'search.exportFound': () => ({ question: question(''), fields: ['code', 'subject'], form: 'csv', language: 'vi' }),
};
