import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { MadePackage, ReceivedPackage, UseCopy } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { refreshHandover } from '../../../bridge/handover-cache.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { sizeWords } from '../../files/index.ts';
import { ResultSheet, RunLine } from '../../packages/index.ts';
import { UseCopyDialog } from './UseCopyDialog.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '6px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: '8px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  acts: { display: 'flex', gap: '8px 14px', flexWrap: 'wrap', alignItems: 'center' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', userSelect: 'text' },
  list: { margin: 0, paddingInlineStart: '20px', overflowWrap: 'anywhere', display: 'flex', flexDirection: 'column', gap: '4px' },
});

const shownCopies = 50;

export type HeldPackageProps = { readonly one: ReceivedPackage; readonly dossier: string; readonly code: string; readonly onDone: (words: string) => void };

/** What a received package is in the holdings: its dossier, its AIP, and the use copies (DIP) that were given out of it. */
export function HeldPackage({ one, dossier, code, onDone }: HeldPackageProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const archived = useAsk('holdings', 'archived', { package: one.id });
  const copies = useAsk('holdings', 'useCopies', { package: one.id, before: null, limit: shownCopies });
  const archive = useCommand('holdings', 'archive');
  const running = useLatest('handover', 'progress')?.running ?? null;
  const [asked, setAsked] = useState(false);
  const [made, setMade] = useState<MadePackage | null>(null);
  const mine = running?.id === one.id ? running : null;
  const makeAip = (): void => {
    if (running !== null || archive.pending) return;
    void archive.run({ package: one.id }).then(async (outcome) => {
      await refreshHandover(cache);
      if (outcome.ok) onDone(t('holdings.madeAip', { code }));
    });
  };
  return (
    <section className={styles.box} aria-label={t('holdings.title')}>
      <h4 className={styles.title}>{t('holdings.title')}</h4>
      <div>
        <AddressLink href={formatAddress('dossiers', { id: dossier })} onGo={() => { goTo('dossiers', { id: dossier }); }}>
          {t('handover.heldAs')}
        </AddressLink>
      </div>
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
        {archived.data !== undefined && archived.data !== null && archive.barred === undefined && (
          <Button size="small" disabledFocusable={running !== null} onClick={() => { if (running === null) setAsked(true); }}>
            {t('holdings.use')}
          </Button>
        )}
      </div>
      {copies.data !== undefined && copies.data.length > 0 && <Copies copies={copies.data} />}
      {asked && (
        <UseCopyDialog
          one={one}
          code={code}
          running={mine}
          onMade={(done) => {
            setAsked(false);
            setMade(done);
          }}
          onClose={() => { setAsked(false); }}
        />
      )}
    </section>
  );
}

/** Who got what, when and what for. */
function Copies({ copies }: { readonly copies: readonly UseCopy[] }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const title = t('holdings.copies', { count: copies.length });
  return (
    <>
      <h4 className={styles.title}>{title}</h4>
      <ul className={styles.list} aria-label={title}>
        {copies.map((copy) => (
          <li key={copy.id}>
            {t('holdings.copy', {
              at: momentOf(copy.madeAt), recipient: copy.recipient.name, request: copy.request.id, whole: copy.whole ? 'yes' : 'no', documents: copy.documents, size: sizeWords(t, copy.bytes),
              by: copy.madeBy, until: copy.validUntil === null ? 'none' : calendarDay(copy.validUntil),
            })}
            <div className={styles.small}>{t('holdings.copyWhy', { purpose: t(`packing.purpose.${copy.request.purpose}`), content: copy.request.content, path: copy.path })}</div>
          </li>
        ))}
      </ul>
    </>
  );
}
