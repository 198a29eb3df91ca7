import { fail, ok, type Contract, type ExportForm, type Handlers, type IndexState, type SearchQuestion } from '#contract';
import { instantOf, vietnamTime, type Clock } from '../../foundation/clock.ts';
import type { Store } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { actorOf } from '../people/index.ts';
import { dueFrame, shownDay, type DocumentFonts } from '../records/index.ts';
import { currentOffice, readSettings } from '../settings/index.ts';
import { writeFound } from './export.ts';
import { facetsOf } from './facets.store.ts';
import { findPage, prepare, type Search } from './find.ts';
import { hitsOf } from './hits.ts';
import { createIndexer, type Indexer } from './indexer.ts';
import { indexState } from './index.store.ts';
import { closeSaved, insertExport, listSaved, putSaved, savedById, savedNamed } from './saved.store.ts';
import { vocabulary } from './vocabulary.store.ts';

export type SearchDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** of what is written out as a PDF */
  readonly fonts: () => DocumentFonts;
  readonly changed: (state: IndexState) => void;
  /** an unexpected error of work in the background */
  readonly failed: (error: unknown) => void;
};

export type SearchService = Pick<Indexer, 'start' | 'stop' | 'finish' | 'purge'> & {
  readonly handlers: Handlers<Contract>['search'];
  readonly state: () => IndexState;
};

const mediaTypes: Readonly<Record<ExportForm, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  csv: 'text/csv',
};

/** Full-text search over both registers. */
export function createSearch(deps: SearchDeps): SearchService {
  const { store, clock } = deps;
  const words = vocabulary();
  const indexer = createIndexer({ store, vocabulary: words, changed: deps.changed, failed: deps.failed });
  const state = (): IndexState => indexState(store.read);

  function prepared(question: SearchQuestion): Search {
    store.holdPages();
    indexer.catchUp();
    return prepare(store.read, words, question, dueFrame(store.read, clock));
  }

  const handlers: SearchService['handlers'] = {
    find: ({ question, after, limit }) => {
      const search = prepared(question);
      const { docs, next } = findPage(store.read, search, question.order, after, limit);
      return ok({ items: hitsOf(store.read, search, docs), next, index: state() });
    },
    facets: ({ question }) => ok(facetsOf(store.read, prepared(question))),
    state: () => ok(state()),
    rebuild: () => {
      indexer.rebuild();
      return ok(state());
    },
    saved: () => ok(listSaved(store.read, currentOffice(store.read))),
    save: ({ id, name, question }) =>
      store.write((db) => {
        const office = currentOffice(db);
        if (id !== null && savedById(db, id) === undefined) return fail('not-found');
        const namesake = savedNamed(db, office, name);
        if (namesake !== undefined && namesake !== id) return fail('search-name-taken', { field: 'name', name });
        const at = instantOf(clock);
        const actor = actorOf(db).name;
        const saved = putSaved(db, office, { id, name, question, savedAt: at, savedBy: actor });
        appendAudit(db, {
          at,
          actor,
          action: 'search.saved',
          subjectKind: 'saved-search',
          subjectId: saved.id,
          detail: { name, question: JSON.stringify(question) },
        });
        return ok(saved);
      }),
    removeSaved: ({ id }) =>
      store.write((db) => {
        const saved = savedById(db, id);
        if (saved === undefined) return fail('not-found');
        const at = instantOf(clock);
        closeSaved(db, id, at);
        appendAudit(db, {
          at,
          actor: actorOf(db).name,
          action: 'search.removed',
          subjectKind: 'saved-search',
          subjectId: id,
          detail: { name: saved.name },
        });
        return ok({ id });
      }),
    exportFound: async ({ question, fields, form, language }) => {
      const at = instantOf(clock);
      const operator = actorOf(store.read).name;
      const made = await writeFound(store.read, prepared(question), {
        question,
        fields,
        form,
        language,
        office: readSettings(store.read).agency.name,
        by: operator,
        at: momentOf(clock.now()),
        instant: at,
        fonts: deps.fonts,
      });
      if (made === undefined) return fail('nothing-found');
      const blob = await store.blobs.put(made.bytes);
      const name = `ket-qua-tim-${at.slice(0, 16).replaceAll(/[^\d]/g, '')}.${form}`;
      return store.write((db) => {
        const file = insertExport(db, { name, mediaType: mediaTypes[form], ...blob }, at);
        appendAudit(db, {
          at,
          actor: operator,
          action: 'search.exported',
          subjectKind: 'search-export',
          subjectId: file.id,
          detail: { question: JSON.stringify(question), fields: fields.join(', '), form, rows: made.rows, sha256: file.sha256 },
        });
        return ok({ file, rows: made.rows, more: made.more });
      });
    },
  };
  return { handlers, state, start: indexer.start, stop: indexer.stop, finish: indexer.finish, purge: indexer.purge };
}

/** `dd/MM/yyyy HH:mm` in Vietnam. */
function momentOf(instant: Date): string {
  const local = vietnamTime(instant);
  return `${shownDay(local)} ${local.slice(11, 16)}`;
}
