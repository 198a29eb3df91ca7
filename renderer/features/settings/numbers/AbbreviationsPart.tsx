import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import type { AbbreviationKind } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { methodKey, useAsk, useCommand } from '../../../bridge/methods.ts';
import { timeOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { AbbreviationDialog, type EditedAbbreviation } from './AbbreviationDialog.tsx';
import type { Abbreviations } from './number-words.ts';
import { PreviewForm } from './PreviewForm.tsx';

const useStyles = makeStyles({
  page: { height: '100%', overflow: 'auto', outlineOffset: '-2px', boxSizing: 'border-box', padding: '16px 20px' },
  columns: { display: 'grid', gridTemplateColumns: 'minmax(0, 1.6fr) minmax(280px, 1fr)', gap: '32px', alignItems: 'start', '@media (max-width: 1000px)': { gridTemplateColumns: 'minmax(0, 1fr)' } },
  column: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
  intro: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  table: {
    borderCollapse: 'collapse', width: '100%',
    '& th, & td': { textAlign: 'left', verticalAlign: 'top', padding: '6px 12px 6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, overflowWrap: 'anywhere' },
    '& th': { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  },
  buttons: { display: 'flex', gap: '6px', flexWrap: 'wrap' },
  quiet: { position: 'absolute' },
  start: { alignSelf: 'flex-start' },
  summary: { cursor: 'pointer', padding: '4px 0' },
});

type Row = { readonly id: string; readonly category: EditedAbbreviation['category']; readonly name: string; readonly abbreviation: string };

/** What symbols are made of: the letters of the office, its units, councils, posts and fields, and of the kinds. */
export function AbbreviationsPart(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const answer = useAsk('numbers', 'abbreviations', {});
  const end = useCommand('numbers', 'endAbbreviation');
  const [edited, setEdited] = useState<EditedAbbreviation | null>(null);
  const [ending, setEnding] = useState<Row | null>(null);
  const [said, setSaid] = useState('');
  if (answer.isError && answer.data === undefined) return <Notice tone="attention">{failureWords(t, failureOf(answer.error))}</Notice>;
  if (answer.data === undefined) return <Waiting label={t('common.loading')} />;
  const data = answer.data;
  const rows: readonly Row[] = [
    { id: '', category: 'office', name: data.officeName, abbreviation: data.office },
    ...data.units.map((unit) => ({ ...unit, category: 'unit' as const })),
    ...data.own,
  ];
  const store = (next: Abbreviations): void => {
    cache.setQueryData(methodKey('numbers', 'abbreviations', {}), next);
    void cache.invalidateQueries({ queryKey: methodKey('numbers', 'year') });
    setSaid(t('settings.savedAt', { time: timeOf(new Date()) }));
    setEdited(null);
    setEnding(null);
  };
  return (
    <div className={styles.page} data-pane="list" tabIndex={0} role="region" aria-label={t('numbers.part.abbreviations')}>
      <div className={styles.columns}>
        <div className={styles.column}>
          <p className={styles.intro}>{t('numbers.abbreviation.intro')}</p>
          <div role="status" className={said === '' ? styles.quiet : undefined}>{said !== '' && <Notice tone="good">{said}</Notice>}</div>
          <Button
            className={styles.start}
            icon={<Add20Regular />}
            onClick={() => {
              setSaid('');
              setEdited({ category: 'body', id: null, name: '', abbreviation: '' });
            }}
          >
            {t('numbers.abbreviation.add')}
          </Button>
          <table className={styles.table} aria-label={t('numbers.abbreviation.table')}>
            <thead>
              <tr>
                <th scope="col">{t('numbers.abbreviation.column.what')}</th>
                <th scope="col">{t('numbers.abbreviation.column.name')}</th>
                <th scope="col">{t('numbers.abbreviation.column.letters')}</th>
                <th scope="col">{t('numbers.abbreviation.column.act')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>{t(`numbers.category.${row.category}`)}</td>
                  <td>{row.name}</td>
                  <td>{row.abbreviation === '' ? '—' : row.abbreviation}</td>
                  <td>
                    <span className={styles.buttons}>
                      <Button
                        size="small"
                        aria-label={t('numbers.abbreviation.editOf', { name: row.name })}
                        onClick={() => {
                          setSaid('');
                          setEdited({ ...row, id: row.id === '' ? null : row.id });
                        }}
                      >
                        {t('numbers.abbreviation.edit')}
                      </Button>
                      {isOwn(row.category) && (
                        <Button
                          size="small"
                          aria-label={t('numbers.abbreviation.endOf', { name: row.name })}
                          onClick={() => {
                            setSaid('');
                            end.reset();
                            setEnding(row);
                          }}
                        >
                          {t('numbers.abbreviation.end')}
                        </Button>
                      )}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <details>
            <summary className={styles.summary}>{t('numbers.abbreviation.showKinds', { count: data.kinds.filter(({ confidence }) => confidence !== 'office').length })}</summary>
            <Kinds kinds={data.kinds} />
          </details>
        </div>
        <div className={styles.column}>
          <PreviewForm abbreviations={data} />
        </div>
      </div>
      <AbbreviationDialog edited={edited} onSaved={store} onClose={() => { setEdited(null); }} />
      <ReasonDialog
        open={ending !== null}
        title={t('numbers.abbreviation.endOf', { name: ending?.name ?? '' })}
        reason={{ label: t('numbers.field.reason'), missing: t('fault.numbers.reason'), starts: [], startsLabel: '' }}
        confirm={t('numbers.abbreviation.end')}
        cancel={t('numbers.dialog.cancel')}
        pending={end.pending}
        failure={end.failure === undefined ? undefined : failureWords(t, end.failure)}
        onConfirm={(reason) => {
          void end.run({ id: ending?.id ?? '', reason }).then((outcome) => {
            if (outcome.ok) store(outcome.value);
          });
        }}
        onClose={() => { setEnding(null); }}
      >
        <p>{t('numbers.abbreviation.endText')}</p>
      </ReasonDialog>
    </div>
  );
}

function isOwn(category: Row['category']): category is AbbreviationKind {
  return category !== 'office' && category !== 'unit';
}

function Kinds({ kinds }: { readonly kinds: Abbreviations['kinds'] }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <table className={styles.table} aria-label={t('numbers.abbreviation.kinds')}>
      <thead>
        <tr>
          <th scope="col">{t('numbers.abbreviation.column.what')}</th>
          <th scope="col">{t('numbers.abbreviation.column.name')}</th>
          <th scope="col">{t('numbers.abbreviation.column.letters')}</th>
          <th scope="col">{t('numbers.law.column.source')}</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind.code}>
            <td>{t(`numbers.group.${kind.group}`)}</td>
            <td>{kind.name}</td>
            <td>{kind.abbreviation === '' ? t('numbers.abbreviation.none') : kind.abbreviation}</td>
            <td>
              {kind.source} {`(${t(`confidence.${kind.confidence}`)})`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
