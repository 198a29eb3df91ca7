import { useId, type ReactNode } from 'react';
import { makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, DismissCircle16Filled, Warning16Filled } from '@fluentui/react-icons';
import type { ShownCertificate } from '#contract';
import { calendarDay, today } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';

const useStyles = makeStyles({
  table: {
    borderCollapse: 'collapse',
    width: '100%',
    '& th': { textAlign: 'left', fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2, padding: '4px 12px 4px 0' },
    '& td': { padding: '6px 12px 6px 0', verticalAlign: 'top', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere' },
  },
  name: { fontWeight: tokens.fontWeightSemibold, display: 'block' },
  less: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  note: { margin: '6px 0 0', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

const periods = {
  current: { tone: 'good', icon: <CheckmarkCircle16Filled aria-hidden="true" /> },
  'not-yet': { tone: 'attention', icon: <Warning16Filled aria-hidden="true" /> },
  over: { tone: 'danger', icon: <DismissCircle16Filled aria-hidden="true" /> },
} as const;

export type CertificateTableProps = {
  readonly certificates: readonly ShownCertificate[];
  /** the person may pick */
  readonly mayChoose: boolean;
  readonly onChoose: (sha256: string) => void;
};

/** The certificates of a token; which one this person signs with is picked here. */
export function CertificateTable({ certificates, mayChoose, onChoose }: CertificateTableProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const captionId = useId();
  const day = (instant: string): string => calendarDay(today(new Date(instant)));
  return (
    <RadioGroup
      aria-labelledby={captionId}
      value={certificates.find(({ chosen }) => chosen)?.sha256 ?? ''}
      disabled={!mayChoose}
      onChange={(_, { value }) => {
        onChoose(value);
      }}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" id={captionId}>
              {t('doctor.certificate.choose')}
            </th>
            <th scope="col">{t('doctor.certificate.subject')}</th>
            <th scope="col">{t('doctor.certificate.issuer')}</th>
            <th scope="col">{t('doctor.certificate.period')}</th>
            <th scope="col">{t('doctor.certificate.key')}</th>
          </tr>
        </thead>
        <tbody>
          {certificates.map((one) => (
            <tr key={one.sha256}>
              <td>
                <Radio
                  value={one.sha256}
                  disabled={!mayChoose || one.privateKey === 'none'}
                  aria-label={t('doctor.certificate.chooseOne', { name: one.name })}
                />
              </td>
              <td>
                <span className={styles.name}>{one.name}</span>
                <span className={styles.less}>{[one.title, one.organisation].filter((part) => part !== '').join(' · ')}</span>
                <span className={styles.less}>{t(`doctor.purpose.${one.purpose}`)}</span>
              </td>
              <td>
                {one.issuer}
                <span className={styles.less}>{t('doctor.certificate.serial', { serial: one.serial })}</span>
              </td>
              <td>
                <StateMark {...periods[one.period]}>{t(`doctor.certificate.${one.period}`)}</StateMark>
                <span className={styles.less}>{t('doctor.certificate.from', { from: day(one.notBefore) })}</span>
                <span className={styles.less}>{t('doctor.certificate.to', { to: day(one.notAfter) })}</span>
              </td>
              <td>
                {one.key}
                {one.privateKey === 'none' && <span className={styles.less}>{t('doctor.certificate.noKey')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{t('doctor.certificate.purpose')}</p>
    </RadioGroup>
  );
}
