import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { LegacyImport } from '#contract';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ModalDialog } from '../../../ui/ModalDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { SaveLink } from '../../files/index.ts';
import { ProgressLine } from '../parts/ProgressLine.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '14px', maxWidth: '1100px' },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: { display: 'flex', flexWrap: 'wrap', gap: '6px 16px', alignItems: 'center', padding: '10px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  words: { flexGrow: 1, flexBasis: '420px', minWidth: 0 },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  facts: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums' },
  acts: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
  none: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** What was imported: when, by whom, from which file, how much; and what takes it out again. */
export function ImportsList(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const imports = useAsk('legacy', 'imports', {});
  const undo = useCommand('legacy', 'undo');
  const progress = useLatest('legacy', 'progress');
  const [asked, setAsked] = useState<LegacyImport | null>(null);
  const running = progress !== undefined && progress.phase !== 'idle';
  if (imports.data === undefined) return <Waiting label={t('common.loading')} lines={6} />;
  return (
    <div className={styles.stack}>
      {undo.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, undo.failure)}
        </Notice>
      )}
      <ProgressLine />
      {imports.data.length === 0 && <p className={styles.none}>{t('legacy.imports.none')}</p>}
      <ul className={styles.list} aria-label={t('legacy.tab.imports')}>
        {imports.data.map((one) => (
          <li key={one.id} className={styles.row}>
            <div className={styles.words}>
              <div className={styles.name}>{one.sheet === '' ? one.file.name : `${one.file.name} · ${one.sheet}`}</div>
              <div>{t('legacy.imports.line', { register: t(`legacy.register.${one.register}`), year: String(one.year), added: one.added })}</div>
              <div className={styles.facts}>
                {t('legacy.imports.facts', { at: momentOf(one.startedAt), by: one.by, rows: one.rows, known: one.known, bad: one.bad, otherYear: one.otherYear })}
              </div>
              {one.undoneAt !== null && <div className={styles.facts}>{t('legacy.imports.undone', { at: momentOf(one.undoneAt), by: one.undoneBy })}</div>}
              {one.finishedAt === null && one.undoneAt === null && !running && <div>{t('legacy.imports.broken')}</div>}
            </div>
            <div className={styles.acts}>
              <SaveLink id={one.id} name={one.file.name} words={t('legacy.original')} />
              {one.undoneAt === null && (
                <Button size="small" disabledFocusable={running} onClick={() => { if (!running) setAsked(one); }}>
                  {t('legacy.undo')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <ModalDialog
        open={asked !== null}
        title={t('legacy.undo.title')}
        closeLabel={t('common.close')}
        onClose={() => {
          setAsked(null);
        }}
        foot={
          <>
            <Button onClick={() => { setAsked(null); }} data-first="">
              {t('legacy.undo.cancel')}
            </Button>
            <Button
              appearance="primary"
              onClick={() => {
                const id = asked?.id;
                setAsked(null);
                if (id === undefined) return;
                void undo.run({ id }).then(() => cache.invalidateQueries());
              }}
            >
              {t('legacy.undo.act')}
            </Button>
          </>
        }
      >
        <p className={styles.none}>{t('legacy.undo.text', { added: asked?.added ?? 0, name: asked?.file.name ?? '' })}</p>
      </ModalDialog>
    </div>
  );
}
