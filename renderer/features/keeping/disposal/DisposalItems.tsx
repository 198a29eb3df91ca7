import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, Checkbox, Field, Input, makeStyles } from '@fluentui/react-components';
import { Add16Regular } from '@fluentui/react-icons';
import type { DisposalDetail, DisposalOpinion } from '#contract';
import { refreshKeeping, useKeepingPages } from '../../../bridge/keeping-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { useSession } from '../../../bridge/session.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { Acts, Small, Table } from '../../settings/index.ts';
import { DossierLink } from '../parts/DossierLink.tsx';
import { periodWords } from '../parts/period-words.ts';
import { AddDossiersDialog } from './AddDossiersDialog.tsx';

const useStyles = makeStyles({ head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' } });

/** What is on the list: put on and taken off while it is made, judged while it is before the council. */
export function DisposalItems({ disposal, onDone }: { readonly disposal: DisposalDetail; readonly onDone: (words: string) => void }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const session = useSession();
  const pages = useKeepingPages('items', { disposal: disposal.id });
  const remove = useCommand('keeping', 'removeItem');
  const opinion = useCommand('keeping', 'giveOpinion');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [adding, setAdding] = useState(false);
  const [judging, setJudging] = useState<DisposalOpinion | null>(null);
  const [by, setBy] = useState(session?.person?.name ?? '');
  const [note, setNote] = useState('');
  if (pages.data === undefined) return <Waiting label={t('common.loading')} />;
  const items = pages.data.pages.flatMap((page) => page.items);
  const drafting = disposal.state === 'drafting' && remove.barred === undefined;
  const council = disposal.state === 'council' && opinion.barred === undefined;
  const failure = remove.failure;
  const toggle = (id: string, on: boolean): void => {
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
  };
  return (
    <>
      <div className={styles.head}>
        {drafting && (
          <Button icon={<Add16Regular />} onClick={() => { setAdding(true); }}>
            {t('keeping.items.add')}
          </Button>
        )}
        {council && items.length > 0 && (
          <>
            <Checkbox
              label={t('keeping.items.all')}
              checked={chosen.size === items.length ? true : chosen.size > 0 ? 'mixed' : false}
              onChange={(_, { checked }) => { setChosen(new Set(checked === true ? items.map(({ id }) => id) : [])); }}
            />
            {(['destroy', 'keep'] as const).map((one) => (
              <Button key={one} disabledFocusable={chosen.size === 0} onClick={() => { if (chosen.size > 0) { opinion.reset(); setJudging(one); } }}>
                {t(`keeping.opinion.${one}.act`, { count: chosen.size })}
              </Button>
            ))}
          </>
        )}
      </div>
      {failure !== undefined && <Notice tone="attention" live>{failureWords(t, failure)}</Notice>}
      {items.length === 0 ? (
        <Notice tone="info">{t('keeping.items.none')}</Notice>
      ) : (
        <Table
          label={t('keeping.disposalTab.items', { count: disposal.counts.dossiers })}
          columns={[...(council ? [t('keeping.items.choose')] : []), t('keeping.column.dossier'), t('dossiers.retention'), t('keeping.items.reason'), t('keeping.items.opinion'), ...(drafting ? [t('keeping.schedules.acts')] : [])]}
          rows={items.map((one) => ({
            key: one.id,
            cells: [
              ...(council ? [<Checkbox key="choose" aria-label={t('keeping.items.chooseOne', { code: one.code })} checked={chosen.has(one.id)} onChange={(_, { checked }) => { toggle(one.id, checked === true); }} />] : []),
              <span key="dossier">
                <DossierLink id={one.dossier} code={one.code} title={one.title} /> <Small>{t('keeping.items.amount', { documents: one.documents, pages: one.pages })}</Small>
              </span>,
              periodWords(t, one.period),
              <span key="reason">
                {t(`keeping.reason.${one.reason}`, { day: one.expiredOn === null ? '' : calendarDay(one.expiredOn) })} {one.note !== '' && <Small>{one.note}</Small>}
              </span>,
              <span key="opinion">
                {one.state === 'proposed' ? (one.opinion === null ? t('keeping.opinion.none') : t(`keeping.opinion.${one.opinion}`)) : t(`keeping.itemState.${one.state}`)}{' '}
                {one.opinionBy !== '' && <Small>{[one.opinionBy, one.opinionNote].filter((part) => part !== '').join(': ')}</Small>}
              </span>,
              ...(drafting
                ? [
                    <Acts key="acts">
                      <Button
                        size="small"
                        aria-label={t('keeping.items.removeOf', { code: one.code })}
                        disabledFocusable={remove.pending}
                        onClick={() => {
                          if (!remove.pending) void remove.run({ item: one.id }).then(() => refreshKeeping(cache));
                        }}
                      >
                        {t('keeping.items.remove')}
                      </Button>
                    </Acts>,
                  ]
                : []),
            ],
          }))}
        />
      )}
      {pages.hasNextPage && (
        <div>
          <Button onClick={() => void pages.fetchNextPage()}>{t('keeping.more')}</Button>
        </div>
      )}
      {adding && <AddDossiersDialog disposal={disposal} onClose={() => { setAdding(false); }} onDone={(words) => { setAdding(false); onDone(words); }} />}
      {judging !== null && (
        <ActDialog
          open
          title={t(`keeping.opinion.${judging}.title`, { count: chosen.size })}
          confirm={t('keeping.opinion.confirm')}
          pending={opinion.pending}
          blocked={by.trim() === ''}
          failure={opinion.failure === undefined ? undefined : failureWords(t, opinion.failure)}
          onConfirm={() => {
            void opinion.run({ items: [...chosen], opinion: judging, note: note.trim(), by: by.trim() }).then(async ({ ok }) => {
              await refreshKeeping(cache);
              if (!ok) return;
              setJudging(null);
              setChosen(new Set());
              onDone(t('keeping.opinion.done'));
            });
          }}
          onClose={() => { setJudging(null); }}
        >
          <Field label={t('keeping.opinion.by')} required>
            <Input name="by" data-first value={by} maxLength={100} onChange={(_, { value }) => { setBy(value); }} />
          </Field>
          <Field label={t('keeping.opinion.note')}>
            <Input name="note" value={note} maxLength={500} onChange={(_, { value }) => { setNote(value); }} />
          </Field>
        </ActDialog>
      )}
    </>
  );
}
