import { useEffect, useRef, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowRight20Regular } from '@fluentui/react-icons';
import type { SetupStepState } from '#contract';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';

const useStyles = makeStyles({
  frame: { display: 'flex', flexDirection: 'column', gap: '16px', minHeight: '100%', boxSizing: 'border-box' },
  head: { display: 'flex', flexDirection: 'column', gap: '4px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold, outlineStyle: 'none' },
  why: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty', maxWidth: '90ch' },
  content: { flexGrow: 1, minHeight: 0, display: 'flex', flexDirection: 'column', gap: '16px' },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px 16px',
    flexWrap: 'wrap',
    paddingTop: '12px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  without: { color: tokens.colorNeutralForeground2, flex: '1 1 320px', textWrap: 'pretty' },
});

/** The title of the step that is shown. */
export const stepTitleId = 'setup-step';

export type StepFrameProps = {
  readonly step: SetupStepState;
  readonly children: ReactNode;
  /** the act that goes on, by F8; absent where a form in the step has its own button */
  readonly primary?: { readonly words: string; readonly run: () => void } | undefined;
  /** leaving out a step that is not done, and what that means, as a sentence; absent where nothing is left out by going on */
  readonly skip?: { readonly means: string; readonly run: () => void };
};

/** One step: why it is there, what is filled in, and the ways on. Its title takes the focus, so that the keyboard begins there. */
export function StepFrame({ step, children, primary, skip }: StepFrameProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus();
  }, [step.step]);
  useShortcut('F8', () => primary?.run(), primary !== undefined);
  const { said } = step;
  const mayLeave = step.state === 'done' ? undefined : skip;
  return (
    <section className={styles.frame} aria-labelledby={stepTitleId}>
      <div className={styles.head}>
        <h2 id={stepTitleId} ref={title} tabIndex={-1} className={styles.title}>
          {t(`setup.step.${step.step}`)}
        </h2>
        <p className={styles.why}>{t(`setup.why.${step.step}`)}</p>
        {said !== null && said.as === step.state && (
          <p className={styles.why}>{t(said.as === 'done' ? 'setup.said.done' : 'setup.said.skipped', { by: said.by, at: momentOf(said.at) })}</p>
        )}
      </div>
      <div className={styles.content}>{children}</div>
      {(primary !== undefined || mayLeave !== undefined) && (
        <div className={styles.foot}>
          {primary !== undefined && (
            <Button appearance="primary" icon={<ArrowRight20Regular />} iconPosition="after" aria-keyshortcuts="F8" onClick={primary.run}>
              {primary.words}
              <KeyHint keys="F8" onPrimary />
            </Button>
          )}
          {mayLeave !== undefined && (
            <>
              <Button onClick={mayLeave.run}>{t('setup.skip')}</Button>
              <span className={styles.without}>{t('setup.ifSkipped', { means: `${mayLeave.means.charAt(0).toLocaleLowerCase('vi')}${mayLeave.means.slice(1)}` })}</span>
            </>
          )}
        </div>
      )}
    </section>
  );
}
