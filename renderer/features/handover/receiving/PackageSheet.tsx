import { useState, type ReactNode } from 'react';
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReceiptDetail, ReceivedPackage } from '#contract';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { sizeWords } from '../../files/index.ts';
import { HeldPackage } from '../holdings/HeldPackage.tsx';
import { useHandoverAct } from '../parts/use-handover-act.ts';
import { AspectMark, DecisionMark, DuplicateMark, PassedMark } from './marks.tsx';
import { ReceivedFiles } from './ReceivedFiles.tsx';
import { reasonWords } from './reason-words.ts';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  top: { display: 'flex', flexDirection: 'column', gap: '6px', padding: '10px 14px', maxHeight: '58%', overflowY: 'auto', flexShrink: 0, outlineOffset: '-2px' },
  // Once it is held, what was kept and given out of it matters more than its files.
  more: { maxHeight: '78%' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  marks: { display: 'flex', flexWrap: 'wrap', gap: '4px 14px' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', userSelect: 'text' },
  list: { margin: 0, paddingInlineStart: '20px', overflowWrap: 'anywhere' },
  held: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: '8px' },
  acts: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
  files: { flexGrow: 1, minHeight: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
});

const aspects = ['authenticity', 'integrity', 'readability'] as const;
const shownReasons = 8;

export type PackageSheetProps = { readonly receipt: ReceiptDetail; readonly one: ReceivedPackage; readonly enabled: boolean; readonly onDone: (words: string) => void };

/** A received package: the four questions of TT 05/2025 art. 24, the reasons, the decision, and every file with its own. */
export function PackageSheet({ receipt, one, enabled, onDone }: PackageSheetProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const decide = useHandoverAct('decide');
  const [refusing, setRefusing] = useState(false);
  const [all, setAll] = useState(false);
  const [giving, setGiving] = useState(false);
  const code = one.fileCode === '' ? one.name : one.fileCode;
  const may = enabled && decide.may && one.dossier === null;
  // What failed, or came twice in one hand-over, may not be accepted; the core refuses it too.
  const mayAccept = one.passed && one.duplicate !== 'same-receipt' && one.decision !== 'accepted';
  const reasons = all ? one.reasons : one.reasons.slice(0, shownReasons);
  return (
    <section className={styles.column} aria-label={code}>
      <div className={mergeClasses(styles.top, one.dossier !== null && styles.more)} data-pane="sheet" tabIndex={0} role="group" aria-label={code}>
        <h3 className={styles.title}>
          {code} {one.title}
        </h3>
        <div className={styles.marks}>
          <PassedMark passed={one.passed} />
          <DecisionMark decision={one.decision} />
        </div>
        <div className={styles.marks}>
          {aspects.map((aspect) => (
            <AspectMark key={aspect} aspect={one[aspect]} words={t(`handover.${aspect}`)} />
          ))}
          <DuplicateMark duplicate={one.duplicate} />
        </div>
        <div className={styles.small}>
          {t('handover.packageLine', { documents: one.documents, files: one.files, size: sizeWords(t, one.bytes), permanent: one.permanent ? 'yes' : 'no', name: one.name })}
          {one.objectId !== one.name && <div>{one.objectId}</div>}
        </div>
        {one.dossier !== null && (
          <div className={styles.held}>
            <HeldPackage heading="h4" held={one} code={code} asked={giving} onAsk={setGiving} onDone={onDone} elsewhere={<DossierLink id={one.dossier} />} />
          </div>
        )}
        {one.reasons.length > 0 && (
          <>
            <ul className={styles.list} aria-label={t('handover.reasons')}>
              {reasons.map((reason, index) => (
                <li key={`${reason.code} ${reason.file} ${String(index)}`}>
                  {reason.file !== '' && `${reason.file}: `}
                  {reasonWords(t, reason)}
                </li>
              ))}
            </ul>
            {one.reasons.length > shownReasons && (
              <div>
                <Button size="small" aria-expanded={all} onClick={() => { setAll(!all); }}>
                  {t(all ? 'packing.placesLess' : 'packing.placesMore', { count: one.reasons.length - shownReasons })}
                </Button>
              </div>
            )}
          </>
        )}
        {one.decisionReason !== '' && <Notice tone="attention">{t('handover.refusedFor', { reason: one.decisionReason })}</Notice>}
        {decide.failure !== undefined && !refusing && (
          <Notice tone="attention" live>
            {failureWords(t, decide.failure)}
          </Notice>
        )}
        {may && (
          <div className={styles.acts}>
            <Button
              size="small"
              disabledFocusable={!mayAccept || decide.pending}
              title={one.passed ? '' : t('handover.mayNotAccept')}
              onClick={() => {
                if (!mayAccept || decide.pending) return;
                void decide.run({ id: receipt.id, version: receipt.version, packages: [one.id], decision: 'accepted', reason: '' }).then((done) => {
                  if (done !== undefined) onDone(t('handover.said.accepted', { code }));
                });
              }}
            >
              {t('handover.accept')}
            </Button>
            <Button
              size="small"
              onClick={() => {
                decide.reset();
                setRefusing(true);
              }}
            >
              {t('handover.refuse')}
            </Button>
          </div>
        )}
      </div>
      <div className={styles.files}>
        <ReceivedFiles one={one} />
      </div>
      <ReasonDialog
        open={refusing}
        title={t('handover.refuseTitle', { code })}
        reason={{ label: t('handling.reason'), missing: t('ask.reasonMissing'), starts: one.reasons.slice(0, 3).map((reason) => [reason.file, reasonWords(t, reason)].filter((part) => part !== '').join(': ').slice(0, 500)), startsLabel: t('ask.starts') }}
        confirm={t('handover.refuseConfirm')}
        cancel={t('ask.cancel')}
        pending={decide.pending}
        failure={decide.failure === undefined ? undefined : failureWords(t, decide.failure)}
        onConfirm={(reason) => {
          void decide.run({ id: receipt.id, version: receipt.version, packages: [one.id], decision: 'refused', reason }).then((done) => {
            if (done === undefined) return;
            setRefusing(false);
            onDone(t('handover.said.refused', { code }));
          });
        }}
        onClose={() => { setRefusing(false); }}
      >
        <p>{t('handover.refuseMeaning')}</p>
      </ReasonDialog>
    </section>
  );
}

function DossierLink({ id }: { readonly id: string }): ReactNode {
  const t = useWords();
  return (
    <AddressLink href={formatAddress('dossiers', { id })} onGo={() => { goTo('dossiers', { id }); }}>
      {t('handover.heldAs')}
    </AddressLink>
  );
}
