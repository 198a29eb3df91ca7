import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, DismissCircle16Filled, Warning16Filled } from '@fluentui/react-icons';
import type { SignerFinding, SigningRole } from '#contract';
import { Unanswered } from '../../../bridge/Unanswered.tsx';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { calendarDay, momentOf, today } from '../../../i18n/dates.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { ForReaders } from '../../../ui/ForReaders.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { StateMark, type Tone } from '../../../ui/StateMark.tsx';
import { deviceName } from '../../tokens/index.ts';
import type { Signer, SignerState } from '../parts/signer.ts';
import { warningWords } from '../parts/signing-words.ts';
import type { Checked, SignerCheckState } from './use-check.ts';

const useStyles = makeStyles({
  card: { display: 'flex', flexDirection: 'column', gap: '8px', padding: '10px 16px', overflowY: 'auto', minHeight: 0, outlineOffset: '-2px' },
  head: { display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', gap: '8px' },
  label: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2 },
  name: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  less: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  findings: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '6px' },
  finding: { display: 'flex', gap: '6px', alignItems: 'flex-start', textWrap: 'pretty', '& svg': { flexShrink: 0, marginTop: '2px' } },
});

const marks: Readonly<Record<'good' | 'warning' | 'refuse', { readonly tone: Tone; readonly icon: ReactNode }>> = {
  good: { tone: 'good', icon: <CheckmarkCircle16Filled aria-hidden="true" /> },
  warning: { tone: 'attention', icon: <Warning16Filled aria-hidden="true" /> },
  refuse: { tone: 'danger', icon: <DismissCircle16Filled aria-hidden="true" /> },
};

export type SignerCardProps = { readonly role: SigningRole; readonly state: SignerState; readonly check: SignerCheckState };

/** With which certificate of which token is signed, and what the check before signing found. */
export function SignerCard({ role, state, check }: SignerCardProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  return (
    <section className={styles.card} aria-label={t('signing.signer.label')} tabIndex={0} data-pane="signer">
      <div className={styles.head}>
        <h3 className={styles.label}>{t(`signing.signer.${role}`)}</h3>
        <TokenLink words={t(state.kind === 'found' ? 'signing.signer.change' : 'signing.signer.open')} device={state.kind === 'found' ? state.signer.device.id : null} />
      </div>
      {state.kind === 'found' ? <Found signer={state.signer} check={check} /> : <Notice tone={state.kind === 'reading' ? 'info' : 'attention'}>{t(`signing.signer.${state.kind}`)}</Notice>}
    </section>
  );
}

function TokenLink({ words, device }: { readonly words: string; readonly device: string | null }): ReactNode {
  return (
    <AddressLink
      href={formatAddress('token', { id: device })}
      onGo={() => {
        goTo('token', { id: device });
      }}
    >
      {words}
    </AddressLink>
  );
}

function Found({ signer: { certificate, device }, check: { checked, checking, error, again } }: { readonly signer: Signer; readonly check: SignerCheckState }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const period = { from: calendarDay(today(new Date(certificate.notBefore))), to: calendarDay(today(new Date(certificate.notAfter))) };
  return (
    <>
      <div>
        <p className={styles.name}>{certificate.name}</p>
        <p className={styles.less}>{[certificate.title, certificate.organisation].filter((part) => part !== '').join(' · ')}</p>
        <p className={styles.less}>{t('signing.signer.issuer', { issuer: certificate.issuer })}</p>
        <p className={styles.less}>{t('signing.signer.period', { ...period, device: deviceName(t, device) })}</p>
      </div>
      {error !== null && (
        <Unanswered error={error} onAgain={again} place="signing" />
      )}
      <div role="status">
        {checking ? <p className={styles.less}>{t('signing.check.running')}</p> : checked !== undefined && <CheckResult checked={checked} onAgain={again} />}
      </div>
    </>
  );
}

function CheckResult({ checked, onAgain }: { readonly checked: Checked; readonly onAgain: () => void }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { check } = checked;
  return (
    <div className={styles.findings}>
      <StateMark {...marks[check.result]}>{t(`signer.result.${check.result}`)}</StateMark>
      <WarningList checked={checked} />
      <p className={styles.less}>
        {t(`signer.online.${check.online}`, { at: momentOf(check.at), asOf: check.asOf === null ? '' : momentOf(check.asOf) })}{' '}
        {check.online !== 'now' && check.lastGoodAt !== null && t('signer.lastGood', { at: momentOf(check.lastGoodAt) })}
      </p>
      <div>
        <Button size="small" onClick={onAgain}>
          {t('signing.check.again')}
        </Button>
      </div>
    </div>
  );
}

/** Everything that speaks against signing or must be known before, in words; nothing when nothing does. */
export function WarningList({ checked }: { readonly checked: Checked }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const doubts = checked.check.findings.filter(({ state }) => state !== 'good');
  const others = checked.warnings.flatMap((warning) => {
    const words = warningWords(t, warning);
    return words === '' ? [] : [{ key: warning.key, words: warning.ids.length > 0 ? `${words} ${t('signing.warning.about', { count: warning.ids.length })}` : words }];
  });
  if (doubts.length + others.length === 0) return null;
  return (
    <ul className={styles.findings} aria-label={t('signing.check.label')}>
      {doubts.map((finding) => (
        <li key={`${finding.aspect} ${finding.code}`} className={styles.finding}>
          <Sign state={finding.state} />
          <span>{findingWords(t, finding)}</span>
        </li>
      ))}
      {others.map(({ key, words }) => (
        <li key={key} className={styles.finding}>
          <Sign state="warning" />
          <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}

/** What a finding means: in a word where it forbids, else by its sign and for readers. */
function Sign({ state }: { readonly state: SignerFinding['state'] }): ReactNode {
  const t = useWords();
  const words = t(`signer.state.${state}`);
  return <StateMark {...marks[state]}>{state === 'refuse' ? words : <ForReaders>{words}</ForReaders>}</StateMark>;
}

function findingWords(t: Formatter, { code, params }: SignerFinding): string {
  return code === 'good' ? '' : t(`signer.doubt.${code}`, params);
}
