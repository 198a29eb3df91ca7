import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Attach16Regular, DocumentArrowRight16Regular, EyeOff16Regular, LockClosed16Regular, MailInbox16Regular } from '@fluentui/react-icons';
import type { DossierMember } from '#contract';
import type { Density } from '../../../foundations/layout.ts';
import { calendarDay } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { ForReaders } from '../../../ui/ForReaders.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { findingLook } from '../../verification/index.ts';

/** Cells of a row; the grid is told this number. */
export const memberColumnCount = 5;

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: '10px', height: '100%', boxSizing: 'border-box', padding: '0 12px 0 14px', minWidth: 0 },
  ordinal: { width: '30px', flexShrink: 0, textAlign: 'right', fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground2 },
  stack: { display: 'flex', flexDirection: 'column', flexGrow: 1, flexBasis: 0, minWidth: 0 },
  line: { display: 'flex', alignItems: 'center', gap: '8px', minWidth: 0, height: '18px' },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  code: { fontWeight: tokens.fontWeightSemibold },
  fill: { flexGrow: 1, flexBasis: 0 },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  signed: { flexShrink: 0, fontSize: tokens.fontSizeBase200, '& svg': { width: '14px', height: '14px' } },
  icon: { flexShrink: 0, color: tokens.colorNeutralForeground2, '& svg': { width: '14px', height: '14px' } },
});

export type MemberCellsProps = { readonly member: DossierMember; readonly density: Density };

/** One document of a dossier: its place, number and day, what it is about, its sheets. */
export function MemberCells({ member, density }: MemberCellsProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const code = [member.codeNumber, member.codeNotation].filter((part) => part !== '').join('/') || t('dossiers.member.noNumber');
  const kind = t(`dossiers.kind.${member.kind}`);
  const icon = member.hidden ? <EyeOff16Regular aria-hidden="true" /> : member.kind === 'incoming' ? <MailInbox16Regular aria-hidden="true" /> : member.kind === 'outgoing' ? <DocumentArrowRight16Regular aria-hidden="true" /> : <Attach16Regular aria-hidden="true" />;
  if (member.hidden) {
    return (
      <div role="presentation" className={styles.row}>
        <span role="gridcell" aria-colindex={1} className={styles.ordinal}>
          {member.ordinal}
        </span>
        <span className={styles.icon}>{icon}</span>
        <span role="gridcell" aria-colindex={2} className={styles.small}>
          {t('dossiers.member.hidden')}
        </span>
      </div>
    );
  }
  const about = [member.typeName, member.issuedDate === null ? '' : calendarDay(member.issuedDate), member.issuerName].filter((part) => part !== '').join(' · ');
  const signed = member.finding === null ? null : findingLook(t, member.finding);
  const subject = (
    <span role="gridcell" aria-colindex={3} className={mergeClasses(styles.cut, styles.fill)} title={member.subject}>
      {member.subject}
    </span>
  );
  return (
    <div role="presentation" className={styles.row}>
      <span role="gridcell" aria-colindex={1} className={styles.ordinal}>
        {member.ordinal}
      </span>
      <span className={styles.icon} title={kind}>
        {icon}
        <ForReaders>{kind}</ForReaders>
      </span>
      <span role="presentation" className={styles.stack}>
        <span role="presentation" className={styles.line}>
          <span role="gridcell" aria-colindex={2} className={mergeClasses(styles.code, styles.cut)}>
            {code}
          </span>
          {density === 'compact' ? (
            subject
          ) : (
            <span role="gridcell" aria-colindex={4} className={mergeClasses(styles.small, styles.cut, styles.fill)} title={about}>
              {about}
            </span>
          )}
          {member.access === 'named' && (
            <span className={styles.icon} title={t('dossiers.access.namedShort')}>
              <LockClosed16Regular aria-hidden="true" />
              <ForReaders>{t('dossiers.access.namedShort')}</ForReaders>
            </span>
          )}
          {signed !== null && (
            <StateMark tone={signed.tone} icon={signed.icon} className={styles.signed}>
              <ForReaders>{t('verdict.label')}</ForReaders>
              {signed.words}
            </StateMark>
          )}
          <span role="gridcell" aria-colindex={5} className={styles.small}>
            {member.filesDestroyed ? t('dossiers.member.destroyed') : member.sheet !== '' ? t('dossiers.member.sheet', { sheet: member.sheet }) : t('dossiers.member.files', { count: member.files.length })}
          </span>
        </span>
        {density !== 'compact' && (
          <span role="presentation" className={styles.line}>
            {subject}
          </span>
        )}
      </span>
    </div>
  );
}
