import { question } from '../fakes/search/service.ts';

type Prepare = { readonly must: (domain: string, method: string, input: unknown) => Promise<unknown> };

/** What the audited commands of the search are given. */
export const searchInputs = {
  'search.save': () => ({ id: null, name: 'Kế hoạch', question: question('kế hoạch') }),
  'search.removeSaved': async ({ must }: Prepare) => ({
    id: ((await must('search', 'save', { id: null, name: 'Quá hạn', question: question('', { due: 'overdue' }) })) as { id: string }).id,
  }),
  'search.exportFound': () => ({ question: question(''), fields: ['code', 'subject'], form: 'csv', language: 'vi' }),
};
