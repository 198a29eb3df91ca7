import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Regular, Signature16Regular } from '@fluentui/react-icons';
import type { Certification } from '#contract';
import { refreshHandover } from '../../../bridge/handover-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { useBarrier } from '../../../bridge/session.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { goToSigning } from '../../signing/index.ts';
import { CertificationActs } from './CertificationActs.tsx';

const useStyles = makeStyles({
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, padding: 0, listStyleType: 'none', overflowWrap: 'anywhere', display: 'flex', flexDirection: 'column', gap: '10px' },
  one: { display: 'flex', flexDirection: 'column', gap: '4px' },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
});

export type WaitingCertificationsProps = {
  readonly certifications: readonly Certification[];
  readonly heading: 'h3' | 'h4';
  /** gives the copy out that a signed text was made for */
  readonly onGive: (certification: Certification) => void;
  readonly onDone: (words: string) => void;
};

/** Texts that wait for the agency's signature, or are signed and wait for their copy; they survive the window and the program. */
export function WaitingCertifications({ certifications, heading: Heading, onGive, onDone }: WaitingCertificationsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const discard = useCommand('holdings', 'discardCertification');
  const may = useBarrier('holdings', 'discardCertification') === undefined;
  const [asked, setAsked] = useState<Certification | null>(null);
  const title = t('holdings.certify.list', { count: certifications.length });
  return (
    <>
      <Heading className={styles.title}>{title}</Heading>
      <ul className={styles.list} aria-label={title}>
        {certifications.map((one) => (
          <li key={one.id} className={styles.one} data-certification={one.state}>
            <span>{t('holdings.certify.one', { code: one.code, recipient: one.wish.recipient.name, content: one.wish.request.content, at: momentOf(one.madeAt), by: one.madeBy })}</span>
            {one.signed === null ? (
              <StateMark tone="brand" icon={<Signature16Regular aria-hidden="true" />}>{t('copies.waiting')}</StateMark>
            ) : (
              <StateMark tone="good" icon={<CheckmarkCircle16Regular aria-hidden="true" />}>{t('holdings.certify.signedBy', { by: one.signed.by, at: momentOf(one.signed.at) })}</StateMark>
            )}
            <div className={styles.acts}>
              {one.state === 'signed' && may && (
                <Button size="small" appearance="primary" onClick={() => { onGive(one); }}>
                  {t('holdings.certify.give')}
                </Button>
              )}
              <CertificationActs certification={one} onSign={(id) => { goToSigning('agency', [id]); }} />
              {may && (
                <Button size="small" onClick={() => {
                  discard.reset();
                  setAsked(one);
                }}>
                  {t('holdings.certify.discard')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {asked !== null && (
        <ReasonDialog
          open
          title={t('holdings.certify.discard.title', { code: asked.code })}
          reason={{ label: t('handling.reason'), missing: t('ask.reasonMissing'), starts: [t('copies.start.withdrawn'), t('copies.start.mistake')], startsLabel: t('ask.starts') }}
          confirm={t('holdings.certify.discard.confirm')}
          cancel={t('ask.cancel')}
          pending={discard.pending}
          failure={discard.failure === undefined ? undefined : failureWords(t, discard.failure)}
          onConfirm={(reason) => {
            void discard.run({ id: asked.id, reason }).then(async (outcome) => {
              await refreshHandover(cache);
              if (!outcome.ok) return;
              setAsked(null);
              onDone(t('holdings.certify.discarded', { code: asked.code }));
            });
          }}
          onClose={() => { setAsked(null); }}
        >
          <p>{t('holdings.certify.discard.meaning')}</p>
        </ReasonDialog>
      )}
    </>
  );
}
