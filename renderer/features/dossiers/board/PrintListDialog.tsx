import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import type { DossierSummary } from '#contract';
import { useConnection } from '../../../bridge/context.ts';
import { everyDossier, type DossierFilter } from '../../../bridge/dossier-cache.ts';
import { failureOf, type AnyFailure } from '../../../bridge/failure.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ActDialog } from '../../../ui/ActDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useShowPrinted } from '../../printing/index.ts';

/** The contract takes no more. */
const most = 10_000;

export type PrintListDialogProps = { readonly filter: DossierFilter; readonly onClose: () => void };

/** Mục lục hồ sơ, tài liệu (NĐ 30/2020 annex V part III) of all dossiers that are listed now; permanent ones and those with a term are two lists. */
export function PrintListDialog({ filter, onClose }: PrintListDialogProps): ReactNode {
  const t = useWords();
  const connection = useConnection();
  const make = useCommand('dossiers', 'makeDossierList');
  const printed = useShowPrinted();
  const [listed, setListed] = useState<readonly DossierSummary[]>();
  const [failure, setFailure] = useState<AnyFailure>();
  const [chosen, setChosen] = useState<'permanent' | 'years' | null>(null);
  const [format, setFormat] = useState<'pdf' | 'xlsx'>('pdf');
  const load = useEffectEvent(async () => {
    try {
      // What was given up is no dossier of the office.
      setListed((await everyDossier(connection, filter, most)).filter(({ state }) => state !== 'discarded'));
    } catch (error) {
      setFailure(failureOf(error));
    }
  });
  useEffect(() => {
    void load();
  }, []);
  const count = (kind: 'permanent' | 'years'): number => (listed ?? []).filter(({ retention }) => retention.kind === kind).length;
  const kind = chosen ?? (count('permanent') > 0 ? 'permanent' : 'years');
  const failed = failure ?? make.failure ?? printed.failure;
  return (
    <ActDialog
      open
      title={t('dossiers.printList.title')}
      confirm={t('dossiers.printList.confirm', { count: count(kind) })}
      pending={make.pending}
      blocked={listed === undefined || count(kind) === 0}
      failure={failed === undefined ? undefined : failureWords(t, failed, 'dossiers')}
      onConfirm={() => {
        const dossiers = (listed ?? []).filter(({ retention }) => retention.kind === kind).map(({ id }) => id);
        printed.show(make.run({ dossiers, retention: kind, format }));
      }}
      onClose={onClose}
    >
      <p>{t('dossiers.printList.meaning')}</p>
      {listed === undefined ? (
        failure === undefined && <Waiting label={t('common.loading')} lines={3} />
      ) : (
        <>
          <Field label={t('dossiers.retention')}>
            <RadioGroup
              value={kind}
              onChange={(_, { value }) => {
                setChosen(value === 'years' ? 'years' : 'permanent');
              }}
            >
              <Radio value="permanent" label={t('dossiers.printList.permanent', { count: count('permanent') })} />
              <Radio value="years" label={t('dossiers.printList.years', { count: count('years') })} />
            </RadioGroup>
          </Field>
          <Field label={t('dossiers.printList.format')}>
            <RadioGroup
              layout="horizontal"
              value={format}
              onChange={(_, { value }) => {
                setFormat(value === 'xlsx' ? 'xlsx' : 'pdf');
              }}
            >
              <Radio value="pdf" label={t('dossiers.printList.pdf')} />
              <Radio value="xlsx" label={t('dossiers.printList.xlsx')} />
            </RadioGroup>
          </Field>
          {listed.length >= most && <Notice tone="attention">{t('dossiers.printList.most', { count: most })}</Notice>}
        </>
      )}
    </ActDialog>
  );
}
