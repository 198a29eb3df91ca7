import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { Certification, MadePackage } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { refreshHandover } from '../../../bridge/handover-cache.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { sizeWords } from '../../files/index.ts';
import { ResultSheet, RunLine } from '../../packages/index.ts';
import { UseCopyDialog } from './UseCopyDialog.tsx';
import { UseCopyList } from './UseCopyList.tsx';
import { WaitingCertifications } from './WaitingCertifications.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '6px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  acts: { display: 'flex', gap: '8px 14px', flexWrap: 'wrap', alignItems: 'center' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', userSelect: 'text' },
});

const shownCopies = 50;

export type HeldPackageProps = {
  /** the received package */
  readonly held: { readonly id: string; readonly documents: number };
  readonly code: string;
  /** the way to its other screen: from the receipt to the dossier, and back */
  readonly elsewhere: ReactNode;
  /** whether the dialog of a use copy is open, which what is around it may ask for too */
  readonly asked: boolean;
  readonly onAsk: (open: boolean) => void;
  /** what is around it has the button of a use copy among its own */
  readonly askedAround?: boolean;
  /** that follows upon the heading around it */
  readonly heading: 'h3' | 'h4';
  readonly onDone: (words: string) => void;
};

/** What a received package is in the holdings: its AIP, and the use copies (DIP) that were given out of it. */
export function HeldPackage({ held, code, elsewhere, asked, onAsk, askedAround = false, heading: Heading, onDone }: HeldPackageProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const archived = useAsk('holdings', 'archived', { package: held.id });
  const copies = useAsk('holdings', 'useCopies', { package: held.id, before: null, limit: shownCopies });
  const certifications = useAsk('holdings', 'certifications', { package: held.id });
  const archive = useCommand('holdings', 'archive');
  // The text whose copy is given out now; null: a new copy.
  const [given, setGiven] = useState<Certification | null>(null);
  const running = useLatest('handover', 'progress')?.running ?? null;
  const [made, setMade] = useState<MadePackage | null>(null);
  const mine = running?.id === held.id ? running : null;
  const makeAip = (): void => {
    if (running !== null || archive.pending) return;
    void archive.run({ package: held.id }).then(async (outcome) => {
      await refreshHandover(cache);
      if (outcome.ok) onDone(t('holdings.madeAip', { code }));
    });
  };
  return (
    <section className={styles.box} aria-label={t('holdings.title')}>
      <Heading className={styles.title}>{t('holdings.title')}</Heading>
      <div>{elsewhere}</div>
      {archived.isError && <Notice tone="attention">{failureWords(t, failureOf(archived.error))}</Notice>}
      {archived.data !== undefined && archived.data !== null && (
        <div>
          {t('holdings.aip', { files: archived.data.files, size: sizeWords(t, archived.data.bytes), at: momentOf(archived.data.keptAt), by: archived.data.keptBy })}
          <div className={styles.small}>{t('packing.resultHash', { object: archived.data.objectId, sha256: archived.data.sha256 })}</div>
        </div>
      )}
      {archived.data === null && <div>{t('holdings.noAip')}</div>}
      {archive.failure !== undefined && (
        <Notice tone={archive.failure.code === 'handover-cancelled' ? 'info' : 'attention'} live>
          {failureWords(t, archive.failure)}
        </Notice>
      )}
      {mine !== null && <RunLine run={mine} />}
      {made !== null && <ResultSheet made={[made]} />}
      <div className={styles.acts}>
        {archived.data === null && archive.barred === undefined && (
          <Button size="small" disabledFocusable={running !== null || archive.pending} onClick={makeAip}>
            {t('holdings.makeAip')}
          </Button>
        )}
        {!askedAround && archived.data !== undefined && archived.data !== null && archive.barred === undefined && (
          <Button size="small" disabledFocusable={running !== null} onClick={() => { if (running === null) onAsk(true); }}>
            {t('holdings.use')}
          </Button>
        )}
      </div>
      {certifications.data !== undefined && certifications.data.length > 0 && (
        <WaitingCertifications
          certifications={certifications.data}
          heading={Heading}
          onDone={onDone}
          onGive={(one) => {
            if (running !== null) return;
            setGiven(one);
            onAsk(true);
          }}
        />
      )}
      {copies.data !== undefined && copies.data.length > 0 && <UseCopyList copies={copies.data} heading={Heading} />}
      {asked && archived.data !== undefined && archived.data !== null && (
        <UseCopyDialog
          held={held}
          code={code}
          running={mine}
          given={given}
          onMade={(done) => {
            setGiven(null);
            onAsk(false);
            setMade(done);
          }}
          onClose={() => {
            setGiven(null);
            onAsk(false);
          }}
        />
      )}
    </section>
  );
}
