import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Add16Regular, DocumentDismiss24Regular } from '@fluentui/react-icons';
import { failureOf } from '../../../bridge/failure.ts';
import { refreshKeeping, useKeepingPages } from '../../../bridge/keeping-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { dayOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { OptionList } from '../../../ui/OptionList.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { DisposalPane } from './DisposalPane.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: { padding: '8px 12px', flexShrink: 0 },
  body: { flexGrow: 1, minHeight: 0 },
  title: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  note: { padding: '12px' },
});

/** Hủy tài liệu hết giá trị: the lists, and the chosen one with its steps. */
export function DisposalsView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const { params } = useAddress();
  const width = useWindowWidth();
  const [listWidth, setListWidth] = useRememberedNumber('tvt.disposals.list', Math.round(width * 0.26));
  const pages = useKeepingPages('disposals', {});
  const create = useCommand('keeping', 'createDisposal');
  const [making, setMaking] = useState(false);
  const [title, setTitle] = useState('');
  const [expired, setExpired] = useState(true);
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = items.find(({ id }) => id === params['disposal']) ?? items[0];
  const may = create.barred === undefined;
  const begin = (): void => {
    create.reset();
    setTitle('');
    setMaking(true);
  };
  useShortcut('Alt+N', begin, may);
  return (
    <>
      <SplitPane
        id="disposal-list"
        label={t('incoming.listWidth')}
        size={listWidth}
        min={280}
        max={Math.round(width * 0.45)}
        onSize={setListWidth}
        first={
          <section className={styles.list} aria-label={t('keeping.disposals')}>
            {may && (
              <div className={styles.head}>
                <Button appearance="primary" size="small" icon={<Add16Regular />} aria-keyshortcuts="Alt+N" onClick={begin}>
                  {t('keeping.disposal.new')}
                  <KeyHint keys="Alt+N" onPrimary />
                </Button>
              </div>
            )}
            <div className={styles.body} {...(items.length > 0 ? { 'data-pane': 'list' } : {})}>
              {pages.isError ? (
                <div className={styles.note}>
                  <Notice tone="attention">{failureWords(t, failureOf(pages.error))}</Notice>
                </div>
              ) : pages.data === undefined ? (
                <Waiting label={t('common.loading')} />
              ) : items.length === 0 ? (
                <EmptyState icon={<DocumentDismiss24Regular />} title={t('keeping.disposal.empty.title')} text={t('keeping.disposal.empty.text')} />
              ) : (
                <OptionList
                  id="disposals"
                  label={t('keeping.disposals')}
                  chosen={items.findIndex(({ id }) => id === chosen?.id)}
                  onChoose={(index) => {
                    adjustAddress({ disposal: items[index]?.id ?? null });
                    if (index === items.length - 1 && pages.hasNextPage) void pages.fetchNextPage();
                  }}
                  options={items.map((one) => ({
                    key: one.id,
                    content: (
                      <>
                        <div className={styles.title}>{one.title}</div>
                        <div className={styles.small}>{t('keeping.disposal.line', { state: t(`keeping.disposalState.${one.state}`), count: one.counts.dossiers, day: dayOf(one.createdAt) })}</div>
                      </>
                    ),
                  }))}
                />
              )}
            </div>
          </section>
        }
        second={chosen === undefined ? <EmptyState icon={<DocumentDismiss24Regular />} title={t('keeping.disposal.none.title')} text={t('keeping.disposal.none.text')} /> : <DisposalPane key={chosen.id} id={chosen.id} />}
      />
      {making && (
        <ActDialog
          open
          title={t('keeping.disposal.newTitle')}
          confirm={t('keeping.disposal.newConfirm')}
          pending={create.pending}
          blocked={title.trim() === ''}
          failure={create.failure === undefined ? undefined : failureWords(t, create.failure)}
          onConfirm={() => {
            void create.run({ title: title.trim(), expired }).then(async (outcome) => {
              if (!outcome.ok) return;
              await refreshKeeping(cache);
              adjustAddress({ disposal: outcome.value.id });
              setMaking(false);
            });
          }}
          onClose={() => { setMaking(false); }}
        >
          <p>{t('keeping.disposal.newMeaning')}</p>
          <Field label={t('keeping.disposal.title')} required>
            <Input name="title" data-first value={title} maxLength={200} onChange={(_, { value }) => { setTitle(value); }} />
          </Field>
          <Checkbox name="expired" label={t('keeping.disposal.withExpired')} checked={expired} onChange={(_, { checked }) => { setExpired(checked === true); }} />
        </ActDialog>
      )}
    </>
  );
}
