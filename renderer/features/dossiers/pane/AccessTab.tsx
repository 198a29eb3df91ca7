import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { DossierDetail } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { AccessDialog } from './AccessDialog.tsx';
import { ReaderList } from './ReaderList.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '10px' },
  rule: { margin: 0, textWrap: 'pretty' },
  small: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, textWrap: 'pretty' },
});

export type AccessTabProps = { readonly dossier: DossierDetail; readonly enabled: boolean; readonly onDone: (words: string) => void };

/** Who may read the dossier, and the way to change that. */
export function AccessTab({ dossier, enabled, onDone }: AccessTabProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const access = useAsk('dossiers', 'access', { dossier: dossier.id, member: null });
  const [changing, setChanging] = useState(false);
  if (access.isError) return <Notice tone="attention">{failureWords(t, failureOf(access.error))}</Notice>;
  if (access.data === undefined) return <Waiting label={t('common.loading')} lines={4} />;
  return (
    <div className={styles.stack}>
      <p className={styles.rule}>{t(access.data.rule.named === null ? 'dossiers.access.office' : 'dossiers.access.named')}</p>
      {dossier.may.includes('access') && (
        <div>
          <Button disabledFocusable={!enabled} onClick={() => { if (enabled) setChanging(true); }}>
            {t('dossiers.access.change')}
          </Button>
        </div>
      )}
      <ReaderList label={t('dossiers.access.readers', { count: access.data.readers.length })} readers={access.data.readers} />
      <p className={styles.small}>{t('dossiers.access.always')}</p>
      {changing && (
        <AccessDialog
          dossier={dossier}
          member={null}
          rule={access.data.rule}
          onClose={() => {
            setChanging(false);
          }}
          onDone={(words) => {
            setChanging(false);
            onDone(words);
          }}
        />
      )}
    </div>
  );
}
