import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { DossierDetail, NotCopiedFile } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { CopyDialog } from './CopyDialog.tsx';
import { CopyList } from './CopyList.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '10px' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  names: { margin: '4px 0 0', paddingInlineStart: '18px', overflowWrap: 'anywhere' },
  rules: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, '& summary': { cursor: 'pointer' }, '& ul': { margin: '4px 0 0', paddingInlineStart: '20px', display: 'flex', flexDirection: 'column', gap: '4px', userSelect: 'text' } },
});

const shownCopies = 200;

export type CopiesTabProps = {
  readonly dossier: DossierDetail;
  readonly enabled: boolean;
  /** members for whose copies the dialog is open; null: it is not */
  readonly asked: readonly string[] | null;
  readonly onAsk: (members: readonly string[] | null) => void;
  readonly onDone: (words: string) => void;
};

/** Copies of single documents that were given out of a dossier (TT 05/2025/TT-BNV art. 40, 41), and the way to another one. */
export function CopiesTab({ dossier, enabled, asked, onAsk, onDone }: CopiesTabProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const list = useAsk('copies', 'list', { dossier: dossier.id, before: null, limit: shownCopies });
  const rules = useAsk('copies', 'rules', {});
  const [refused, setRefused] = useState<readonly NotCopiedFile[]>([]);
  const may = useBarrier('copies', 'make') === undefined && enabled;
  const ready = dossier.state === 'closed' || dossier.state === 'locked';
  return (
    <section className={styles.box} aria-label={t('copies.list')}>
      {may && ready && (
        <div>
          <Button onClick={() => { onAsk([]); }}>{t('copies.give')}</Button>
        </div>
      )}
      {!ready && <p className={styles.quiet}>{t('copies.notYet')}</p>}
      {refused.length > 0 && (
        <Notice tone="attention" live>
          {t('copies.refused', { count: refused.length })}
          <ul className={styles.names}>
            {refused.map((one) => (
              <li key={`${one.subject} ${one.name}`}>
                {[one.name === '' ? one.subject : one.name, failureWords(t, { code: one.code, params: { ...one.params, name: one.name } })].join(': ')}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {list.isError && <Notice tone="attention">{failureWords(t, failureOf(list.error))}</Notice>}
      {list.isPending && <Waiting label={t('common.loading')} lines={4} />}
      {list.data?.length === 0 && <p className={styles.quiet}>{t('copies.none')}</p>}
      {list.data !== undefined && list.data.length > 0 && <CopyList copies={list.data} enabled={enabled} onDone={onDone} />}
      {rules.data !== undefined && (
        <details className={styles.rules}>
          <summary>{t('copies.rules')}</summary>
          <ul>
            {rules.data.rules.map(({ key, source, confidence, words }) => (
              <li key={key} lang="vi">
                {t('copies.rule', { words, source, confidence })}
              </li>
            ))}
          </ul>
        </details>
      )}
      {asked !== null && (
        <CopyDialog
          dossier={dossier}
          chosen={asked}
          onClose={() => { onAsk(null); }}
          onMade={({ copy, refused: told }) => {
            onAsk(null);
            setRefused(told);
            if (copy !== null) onDone(t(`copies.done.${copy.kind}`, { count: copy.files.length, recipient: copy.recipient.name }));
          }}
        />
      )}
    </section>
  );
}
