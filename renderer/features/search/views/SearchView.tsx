import { useState, type ReactNode } from 'react';
import { Button, makeStyles, Select, tokens } from '@fluentui/react-components';
import { ArrowDownload16Regular, Bookmark16Regular, DocumentSearch24Regular, DocumentText24Regular, Filter16Regular } from '@fluentui/react-icons';
import type { IndexState, SearchFilters, SearchQuestion } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { useFound } from '../../../bridge/search-cache.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { openDocument } from '../open-document.ts';
import { FilterColumn } from '../parts/FilterColumn.tsx';
import { FoundDossiers } from '../parts/FoundDossiers.tsx';
import { ResultList } from '../parts/ResultList.tsx';
import { countFilters, filterParam, questionOf } from '../question.ts';
import { useLater } from '../use-later.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { FoundDocument } from './FoundDocument.tsx';
import { SavedDialog } from './SavedDialog.tsx';

/** Typing is let rest so long before the core is asked. */
const typingMs = 140;
/** Counts by value come when nobody is typing any more. */
const countsMs = 500;
const filterWidth = 232;

const useStyles = makeStyles({
  page: { display: 'flex', height: '100%', minHeight: 0 },
  filters: { width: `${filterWidth}px`, flexShrink: 0, minHeight: 0, borderRight: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2 },
  rest: { flexGrow: 1, minWidth: 0 },
  list: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: '6px', padding: '6px 12px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  count: { marginInlineEnd: 'auto', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  note: { padding: '6px 12px', flexShrink: 0 },
  body: { flexGrow: 1, minHeight: 0 },
  reading: { height: '100%', backgroundColor: tokens.colorNeutralBackground1 },
});

/** Tra cứu: what was typed in the field above, narrowed by the filters on the left, in both registers. */
export function SearchView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const width = useWindowWidth();
  const question = questionOf(params);
  const asked = useLater(question, typingMs);
  const found = useFound(asked);
  const facets = useAsk('search', 'facets', { question: useLater(asked, countsMs) }, { keepFormer: true });
  const [filtersShown, setFiltersShown] = useState(width >= 1280);
  const [listWidth, setListWidth] = useRememberedNumber('tvt.search.list', Math.round(width * 0.36));
  const [dialog, setDialog] = useState<'saved' | 'export' | null>(null);
  const pages = found.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const chosen = items.find(({ id }) => id === params['id']) ?? items[0];
  const narrowing = countFilters(question.filters);
  const setFilters = (filters: SearchFilters): void => {
    adjustAddress({ f: filterParam(filters), id: null });
  };
  const more = found.hasNextPage
    ? () => {
        void found.fetchNextPage();
      }
    : undefined;
  const count = countWords(t, items.length, found.hasNextPage, facets.data);
  return (
    <div className={styles.page}>
      {filtersShown && (
        <aside className={styles.filters} data-pane="filters" aria-label={t('find.filters')}>
          <FilterColumn filters={question.filters} facets={facets.data} onChange={setFilters} />
        </aside>
      )}
      <div className={styles.rest}>
        <SplitPane
          id="search-list"
          label={t('find.listWidth')}
          size={listWidth}
          min={360}
          max={Math.round(width * 0.55)}
          onSize={setListWidth}
          first={
            <section className={styles.list} aria-label={t('find.results')}>
              <div className={styles.head}>
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<Filter16Regular />}
                  aria-expanded={filtersShown}
                  onClick={() => {
                    setFiltersShown(!filtersShown);
                  }}
                >
                  {narrowing === 0 ? t('find.filters') : t('find.filtersSet', { count: narrowing })}
                </Button>
                <span className={styles.count}>{found.isPending ? '' : count}</span>
                <Select
                  size="small"
                  aria-label={t('find.order')}
                  value={question.order}
                  onChange={(_, { value }) => {
                    adjustAddress({ o: value === 'date' ? 'date' : null });
                  }}
                >
                  <option value="relevance">{t('find.order.relevance')}</option>
                  <option value="date">{t('find.order.date')}</option>
                </Select>
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<Bookmark16Regular />}
                  onClick={() => {
                    setDialog('saved');
                  }}
                >
                  {t('find.saved.short')}
                </Button>
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<ArrowDownload16Regular />}
                  disabled={items.length === 0}
                  onClick={() => {
                    setDialog('export');
                  }}
                >
                  {t('find.export')}
                </Button>
              </div>
              <IndexNotice found={pages[0]?.index} />
              {countFilters(asked.filters) === 0 && <FoundDossiers text={asked.text} />}
              <div className={styles.body} {...(items.length > 0 ? { 'data-pane': 'list' } : {})}>
                {found.isPending ? (
                  <Waiting label={t('common.loading')} lines={14} />
                ) : found.isError && items.length === 0 ? (
                  <div className={styles.note}>
                    <Notice tone="attention">{failureWords(t, failureOf(found.error))}</Notice>
                  </div>
                ) : items.length === 0 ? (
                  <Nothing question={question} />
                ) : (
                  <ResultList
                    items={items}
                    chosenId={chosen?.id ?? null}
                    onChoose={(hit) => {
                      adjustAddress({ id: hit.id });
                    }}
                    onOpen={openDocument}
                    onMore={more}
                    loading={found.isFetchingNextPage}
                  />
                )}
              </div>
              <LiveRegion message={found.isPending || found.isPlaceholderData ? '' : count} />
            </section>
          }
          second={
            <div className={styles.reading}>
              {chosen === undefined ? (
                <EmptyState icon={<DocumentText24Regular />} title={t('reading.none.title')} text={t('find.none.choose')} />
              ) : (
                <FoundDocument key={chosen.id} hit={chosen} />
              )}
            </div>
          }
        />
      </div>
      <SavedDialog
        open={dialog === 'saved'}
        question={question}
        onClose={() => {
          setDialog(null);
        }}
      />
      <ExportDialog
        open={dialog === 'export'}
        question={question}
        onClose={() => {
          setDialog(null);
        }}
      />
    </div>
  );
}

type Words = ReturnType<typeof useWords>;

function countWords(t: Words, shown: number, hasMore: boolean, facets: { readonly counted: number; readonly more: boolean } | undefined): string {
  if (!hasMore) return t('find.count', { count: shown });
  return facets === undefined || facets.counted <= shown
    ? t('find.countMore', { count: shown })
    : t(facets.more ? 'find.countMore' : 'find.count', { count: facets.counted });
}

/** While the index is made, results may lack what is not in it yet. */
function IndexNotice({ found }: { readonly found: IndexState | undefined }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const now = useLatest('search', 'index');
  const state = now?.building != null ? now : found;
  if (state === undefined || (state.building === null && state.waiting === 0)) return null;
  return (
    <div className={styles.note}>
      <Notice tone="info">
        {state.building === null ? t('find.waiting', { count: state.waiting }) : t('find.building', { ...state.building })}
      </Notice>
    </div>
  );
}

function Nothing({ question }: { readonly question: SearchQuestion }): ReactNode {
  const t = useWords();
  const narrowed = countFilters(question.filters) > 0;
  const nothingAsked = question.text.trim() === '' && !narrowed;
  return (
    <EmptyState
      icon={<DocumentSearch24Regular />}
      title={t(nothingAsked ? 'find.empty.title' : 'find.none.title')}
      text={t(nothingAsked ? 'find.empty.text' : narrowed ? 'find.none.narrowed' : 'find.none.text')}
    >
      {narrowed && (
        <Button
          onClick={() => {
            adjustAddress({ f: null });
          }}
        >
          {t('find.filter.none')}
        </Button>
      )}
    </EmptyState>
  );
}
