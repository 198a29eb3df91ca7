import { useDeferredValue, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { Checkbox, Input, makeStyles, tokens } from '@fluentui/react-components';
import { BuildingMultiple24Regular, Search20Regular } from '@fluentui/react-icons';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { AgencyFacts } from '../parts/AgencyFacts.tsx';
import { AgencyLine } from '../parts/AgencyLine.tsx';
import { OptionList } from '../../../ui/OptionList.tsx';

const limit = 50;

const useStyles = makeStyles({
  page: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(300px, 420px)', height: '100%', minHeight: 0 },
  left: {
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    minHeight: 0,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  ask: { display: 'flex', alignItems: 'center', gap: '12px', padding: '10px 16px', flexWrap: 'wrap' },
  field: { flexGrow: 1, minWidth: '240px', maxWidth: '640px' },
  results: { flexGrow: 1, minHeight: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  note: { padding: '8px 16px' },
  nearly: { margin: 0, padding: '0 16px 8px', color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  more: {
    margin: 0,
    padding: '6px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  right: { minWidth: 0, minHeight: 0, backgroundColor: tokens.colorNeutralBackground1 },
});

/** Finds agencies while one types; all on this machine. */
export function AgencySearch(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const [text, setText] = useState('');
  const [includeClosed, setIncludeClosed] = useState(false);
  const asked = useDeferredValue(text);
  const enabled = asked.trim() !== '';
  const search = useAsk('directory', 'search', { text: asked.slice(0, 200), limit, includeClosed }, { enabled, keepFormer: true });
  const found = enabled ? (search.data ?? []) : [];
  const code = params['code'] ?? null;
  const chosen = found.findIndex((agency) => agency.code === code);
  const choose = (index: number): void => {
    adjustAddress({ code: found[index]?.code ?? null });
  };
  const current = asked === text && enabled && search.data !== undefined && !search.isPlaceholderData;
  // A quick hand is down in the list before the list is that of what it typed: it waits, and takes nothing of the one before.
  const [early, setEarly] = useState(false);
  const goDown = useEffectEvent(() => {
    setEarly(false);
    if (found.length === 0) return;
    if (chosen < 0) choose(0);
    document.getElementById('directory-results')?.focus();
  });
  useEffect(() => {
    if (early && current) goDown();
  }, [early, current]);
  const nearly = found[0]?.nearly === true;
  const nothing = enabled && search.data !== undefined && found.length === 0;
  return (
    <div className={styles.page}>
      <div className={styles.left} data-pane="list">
        <div className={styles.ask} role="search" aria-label={t('directory.part.agencies')}>
          <Input
            className={styles.field}
            role="searchbox"
            value={text}
            autoComplete="off"
            spellCheck={false}
            aria-label={t('directory.search')}
            placeholder={t('directory.searchPlaceholder')}
            contentBefore={<Search20Regular aria-hidden="true" />}
            onChange={(_, { value }) => {
              setEarly(false);
              setText(value);
            }}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              if (event.key === 'Escape' && text !== '') setText('');
              if ((event.key === 'ArrowDown' || event.key === 'Enter') && text.trim() !== '') {
                event.preventDefault();
                setEarly(true);
              }
            }}
          />
          <Checkbox
            label={t('directory.includeClosed')}
            checked={includeClosed}
            onChange={(_, { checked }) => {
              setIncludeClosed(checked === true);
            }}
          />
        </div>
        {nearly && <p className={styles.nearly}>{t('directory.nearly')}</p>}
        <div className={styles.results}>
          {search.isError && enabled ? (
            <div className={styles.note}>
              <Notice tone="attention">{failureWords(t, failureOf(search.error))}</Notice>
            </div>
          ) : found.length > 0 ? (
            <OptionList
              id="directory-results"
              label={t('directory.results')}
              options={found.map((agency) => ({ key: agency.code, content: <AgencyLine agency={agency} /> }))}
              chosen={chosen}
              onChoose={choose}
            />
          ) : nothing || !enabled ? (
            <EmptyState
              icon={<BuildingMultiple24Regular />}
              title={t(nothing ? 'directory.none.title' : 'directory.start.title')}
              text={t(nothing ? 'directory.none.text' : 'directory.start.text')}
            />
          ) : null}
        </div>
        {found.length === limit && <p className={styles.more}>{t('directory.resultsMore', { count: limit })}</p>}
        <LiveRegion message={enabled && search.data !== undefined ? t(nearly ? 'directory.resultsNearly' : 'directory.resultsFound', { count: found.length }) : ''} />
      </div>
      <div className={styles.right}>
        <AgencyFacts code={code} />
      </div>
    </div>
  );
}
