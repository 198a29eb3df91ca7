import { useEffect, useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowRight20Regular } from '@fluentui/react-icons';
import type { SetupState, StationStatus } from '#contract';
import { useAsk } from '../../bridge/methods.ts';
import { useSession } from '../../bridge/session.ts';
import { useWords } from '../../i18n/use-words.ts';
import { RestorePanel, TextField } from '../settings/index.ts';
import { OtherProfile } from './parts/OtherProfile.tsx';
import type { Setup } from './use-setup.ts';

const useStyles = makeStyles({
  box: { maxWidth: '680px', margin: '4vh auto 0', display: 'flex', flexDirection: 'column', gap: '20px' },
  title: { margin: 0, fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700, fontWeight: tokens.fontWeightSemibold, outlineStyle: 'none' },
  text: { margin: 0, textWrap: 'pretty' },
  form: { display: 'flex', flexDirection: 'column', gap: '14px', alignItems: 'flex-start', '& .fui-Field': { width: 'min(420px, 100%)' } },
  way: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: '2px 16px',
    alignItems: 'center',
    padding: '14px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  less: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty', gridColumn: 1 },
  act: { gridColumn: 2, gridRow: '1 / 3' },
});

export type WelcomeProps = { readonly setup: Setup; readonly state: SetupState; readonly status: StationStatus };

/** The first page of a station that belongs to nobody yet: begin, practise first, or go to the work as it is. */
export function Welcome({ setup, state, status }: WelcomeProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const alone = useSession()?.state === 'one-operator';
  const [operator, setOperator] = useState(status.operator);
  const [fault, setFault] = useState<string>();
  const [restoring, setRestoring] = useState(false);
  const mayRestore = useAsk('backup', 'state', {}, { fresh: true }).data?.mayRestore === true;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus();
  }, []);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (setup.pending) return;
    const name = operator.trim();
    if (!alone) setup.begin(null);
    else if (name === '' || name.length > 50) setFault(t('fault.setup.operator'));
    else setup.begin(name);
  };
  if (restoring) {
    return (
      <div className={styles.box}>
        <h2 className={styles.title}>{t('restore.title')}</h2>
        <RestorePanel
          onBack={() => {
            setRestoring(false);
          }}
        />
      </div>
    );
  }
  return (
    <div className={styles.box}>
      <h2 ref={title} tabIndex={-1} className={styles.title}>
        {t('setup.welcome')}
      </h2>
      <p className={styles.text}>{status.agency.name === '' ? t('setup.welcome.text', { count: state.steps.length }) : t('setup.welcome.known', { agency: status.agency.name })}</p>
      <form className={styles.form} noValidate aria-label={t('setup.begin')} onSubmit={submit}>
        {alone && (
          <TextField
            name="operator"
            required
            readOnly={false}
            label={t('setup.operator')}
            hint={t('setup.operatorHint')}
            value={operator}
            fault={fault}
            onChange={(value) => {
              setFault(undefined);
              setOperator(value);
            }}
          />
        )}
        <Button appearance="primary" type="submit" icon={<ArrowRight20Regular />} iconPosition="after" disabledFocusable={setup.pending}>
          {t('setup.begin')}
        </Button>
      </form>
      <div>
        {state.changesTo === 'practice' && (
          <div className={styles.way}>
            <h3 className={styles.name}>{t('setup.practice')}</h3>
            <p className={styles.less}>{t('setup.practice.text')}</p>
            <OtherProfile className={styles.act} words={t('setup.practice.open')} />
          </div>
        )}
        {mayRestore && (
          <div className={styles.way}>
            <h3 className={styles.name}>{t('setup.restore')}</h3>
            <p className={styles.less}>{t('setup.restore.text')}</p>
            <Button
              className={styles.act}
              onClick={() => {
                setRestoring(true);
              }}
            >
              {t('setup.restore.open')}
            </Button>
          </div>
        )}
        <div className={styles.way}>
          <h3 className={styles.name}>{t('setup.later')}</h3>
          <p className={styles.less}>{t('setup.later.text')}</p>
          <Button className={styles.act} onClick={setup.leave}>
            {t('setup.toWork')}
          </Button>
        </div>
      </div>
    </div>
  );
}
