import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Attach16Regular, ChevronDown16Regular, ChevronUp16Regular, Print16Regular } from '@fluentui/react-icons';
import type { DossierDetail } from '#contract';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useDocumentKey } from '../../../ui/document-keys.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { AddDocumentsDialog } from '../form/AddDocumentsDialog.tsx';
import { AddFileDialog } from '../form/AddFileDialog.tsx';
import { EditDossier } from '../form/DossierDialog.tsx';
import { useShowPrinted } from '../../printing/index.ts';
import { CloseDialog } from './CloseDialog.tsx';
import { ReasonStep, type ReasonStepName } from './ReasonStep.tsx';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '10px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    flexShrink: 0,
  },
  row: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap' },
});

/** What a button, a key or a remark asks for. */
export type DossierAsk = 'add' | 'file' | 'close' | 'edit' | 'use-copy' | ReasonStepName;

export type DossierActsProps = {
  readonly dossier: DossierDetail;
  readonly enabled: boolean;
  readonly asked: DossierAsk | null;
  /** that were dropped, for `file` */
  readonly files: readonly File[];
  readonly said: string;
  /** an AIP of it is held, of which use copies may be given out */
  readonly gives: boolean;
  readonly onAsk: (what: DossierAsk | null) => void;
  readonly onDone: (words: string) => void;
};

/** The usual next step with its key, and behind a button the others; what may not be done is not there. */
export function DossierActs({ dossier, enabled, asked, files, said, gives, onAsk, onDone }: DossierActsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [more, setMore] = useState(false);
  const print = useCommand('dossiers', 'makeDocumentList');
  const printed = useShowPrinted();
  const may = (act: DossierDetail['may'][number]): boolean => dossier.may.includes(act);
  const makeList = (format: 'pdf' | 'xlsx'): void => {
    if (!print.pending) printed.show(print.run({ dossier: dossier.id, format }));
  };
  const next = nextOf(dossier);
  const act = (): void => {
    if (!enabled || next === null) return;
    if (next === 'print') makeList('pdf');
    else onAsk(next);
  };
  useDocumentKey('F8', dossier.id, enabled && next !== null ? act : undefined);
  const edit = enabled && may('change') ? (): void => { onAsk('edit'); } : undefined;
  useDocumentKey('F2', dossier.id, edit);
  const give = enabled && gives ? (): void => { onAsk('use-copy'); } : undefined;
  useDocumentKey('use-copy', dossier.id, give);
  const others = (['close', 'reopen', 'lock', 'unlock', 'discard'] as const).filter((one) => one !== next && may(one));
  const close = (): void => {
    onAsk(null);
  };
  const done = (words: string): void => {
    onAsk(null);
    setMore(false);
    onDone(words);
  };
  return (
    <div className={styles.bar} role="group" aria-label={t('life.acts')}>
      {said !== '' && <Notice tone="good">{said}</Notice>}
      {printed.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, printed.failure, 'dossiers')}
        </Notice>
      )}
      <div className={styles.row}>
        {next !== null && (
          <Button appearance="primary" disabledFocusable={!enabled || print.pending} aria-keyshortcuts="F8" onClick={act}>
            {t(`dossiers.act.${next}`)}
            <KeyHint keys="F8" onPrimary />
          </Button>
        )}
        {may('change') && next !== 'add' && (
          <Button
            disabledFocusable={!enabled}
            onClick={() => {
              if (enabled) onAsk('add');
            }}
          >
            {t('dossiers.act.add')}
          </Button>
        )}
        {may('change') && (
          <Button disabledFocusable={!enabled} aria-keyshortcuts="F2" onClick={() => edit?.()}>
            {t('dossiers.act.edit')}
            <KeyHint keys="F2" inButton />
          </Button>
        )}
        {gives && (
          <Button disabledFocusable={!enabled} onClick={() => give?.()}>
            {t('holdings.use')}
          </Button>
        )}
        <Button
          icon={more ? <ChevronUp16Regular /> : <ChevronDown16Regular />}
          iconPosition="after"
          aria-expanded={more}
          onClick={() => {
            setMore((before) => !before);
          }}
        >
          {t('handling.more')}
        </Button>
      </div>
      {more && (
        <div className={styles.row}>
          {may('change') && (
            <Button
              size="small"
              icon={<Attach16Regular />}
              disabledFocusable={!enabled}
              onClick={() => {
                if (enabled) onAsk('file');
              }}
            >
              {t('dossiers.act.addFile')}
            </Button>
          )}
          {dossier.members > 0 && next !== 'print' && (
            <Button size="small" icon={<Print16Regular />} disabledFocusable={print.pending} onClick={() => { makeList('pdf'); }}>
              {t('dossiers.act.print')}
            </Button>
          )}
          {dossier.members > 0 && (
            <Button size="small" disabledFocusable={print.pending} onClick={() => { makeList('xlsx'); }}>
              {t('dossiers.act.printExcel')}
            </Button>
          )}
          {others.map((one) => (
            <Button
              key={one}
              size="small"
              disabledFocusable={!enabled}
              onClick={() => {
                if (enabled) onAsk(one);
              }}
            >
              {t(`dossiers.act.${one}`)}
            </Button>
          ))}
        </div>
      )}
      {asked === 'add' && <AddDocumentsDialog dossier={dossier} onClose={close} onDone={done} />}
      {asked === 'file' && <AddFileDialog dossier={dossier} files={files} onClose={close} onDone={done} />}
      {asked === 'edit' && <EditDossier dossier={dossier} onClose={close} onDone={() => { done(t('dossiers.done.save')); }} />}
      {asked === 'close' && <CloseDialog dossier={dossier} onClose={close} onDone={done} />}
      {asked !== null && asked !== 'add' && asked !== 'file' && asked !== 'edit' && asked !== 'close' && asked !== 'use-copy' && <ReasonStep key={asked} step={asked} dossier={dossier} onClose={close} onDone={done} />}
    </div>
  );
}

/** An empty dossier wants documents, one in work is closed, a closed one has its list printed, a locked one is unlocked. */
function nextOf(dossier: DossierDetail): 'add' | 'close' | 'print' | 'unlock' | null {
  const may = dossier.may;
  if (dossier.state === 'open' && dossier.members === 0 && may.includes('change')) return 'add';
  if (may.includes('close')) return 'close';
  if (dossier.state === 'closed' && dossier.members > 0) return 'print';
  if (may.includes('unlock')) return 'unlock';
  return null;
}
