import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, Checkbox, makeStyles } from '@fluentui/react-components';
import type { DisposalDetail } from '#contract';
import { refreshKeeping, useKeepingPages } from '../../../bridge/keeping-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { calendarDay, today } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({ list: { listStyle: 'none', margin: 0, padding: 0, maxHeight: '320px', overflowY: 'auto', outlineOffset: '-2px' } });

export type AddDossiersDialogProps = { readonly disposal: DisposalDetail; readonly onClose: () => void; readonly onDone: (words: string) => void };

/** Dossiers whose term is over and that are on no list yet. */
export function AddDossiersDialog({ disposal, onClose, onDone }: AddDossiersDialogProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const add = useCommand('keeping', 'addDossiers');
  const pages = useKeepingPages('deadlines', { kind: 'expiry', from: null, to: today(), listed: false });
  const items = (pages.data?.pages.flatMap((page) => page.items) ?? []).filter(({ state }) => state === 'overdue');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return (
    <ActDialog
      open
      title={t('keeping.items.addTitle')}
      confirm={t('keeping.items.addConfirm', { count: chosen.size })}
      pending={add.pending}
      blocked={chosen.size === 0}
      failure={add.failure === undefined ? undefined : failureWords(t, add.failure)}
      onConfirm={() => {
        void add.run({ disposal: disposal.id, dossiers: [...chosen], reason: 'expired' }).then(async ({ ok }) => {
          await refreshKeeping(cache);
          if (ok) onDone(t('keeping.items.added', { count: chosen.size }));
        });
      }}
      onClose={onClose}
    >
      {pages.data !== undefined && items.length === 0 ? (
        <Notice tone="info">{t('keeping.items.nothingExpired')}</Notice>
      ) : (
        <ul className={styles.list} tabIndex={0} aria-label={t('keeping.items.addTitle')}>
          {items.map((one) => (
            <li key={one.dossier}>
              <Checkbox
                label={t('keeping.items.addLine', { code: one.code, title: one.title, day: calendarDay(one.due) })}
                checked={chosen.has(one.dossier)}
                onChange={(_, { checked }) => {
                  setChosen((before) => new Set(checked === true ? [...before, one.dossier] : [...before].filter((id) => id !== one.dossier)));
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {pages.hasNextPage && <Button onClick={() => void pages.fetchNextPage()}>{t('keeping.more')}</Button>}
    </ActDialog>
  );
}
