import { useRef, useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { BookAdd20Regular } from '@fluentui/react-icons';
import type { IncomingDetail } from '#contract';
import { useRefreshIncoming } from '../../../bridge/incoming-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useDocumentKey } from '../../../ui/document-keys.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { DossierWishLine, useDossierWish } from '../../dossiers/index.ts';
import { BookField, registeredWords, useBookChoice } from '../../intake/index.ts';
import { DoubtDialog, useVerdicts } from '../../verification/index.ts';
import { RefuseAct } from './RefuseAct.tsx';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '10px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    flexShrink: 0,
  },
  row: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, minWidth: 0, flexBasis: '140px', flexGrow: 1 },
});

export type RegisterActProps = {
  readonly document: IncomingDetail;
  readonly enabled: boolean;
  /** told what else happened here, in words */
  readonly onDone: (words: string) => void;
};

/** The next step of a document that arrived: into the register, or back to its sender. */
export function RegisterAct({ document, enabled, onDone }: RegisterActProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const register = useCommand('records', 'registerIncoming');
  const choice = useBookChoice(document);
  const refresh = useRefreshIncoming();
  // A number must not be asked for twice by a key that repeats faster than the screen redraws.
  const busy = useRef(false);
  const verdicts = useVerdicts(document.id);
  const wish = useDossierWish({ document: document.id });
  const [doubted, setDoubted] = useState(false);
  const [returning, setReturning] = useState(0);
  const enter = (despite?: string): void => {
    if (busy.current || !enabled || register.barred !== undefined) return;
    busy.current = true;
    void register.run({ id: document.id, ...choice.input, ...(despite === undefined ? {} : { despite }) }).then(async (outcome) => {
      const dossier = outcome.ok ? await wish.after({ kind: 'incoming', id: document.id }) : '';
      busy.current = false;
      // The core judges by what it knows at that moment, which may be more than the screen shows.
      if (!outcome.ok && isDoubt(outcome.failure.code)) void verdicts.refetch().then(() => {
        setDoubted(true);
      });
      if (outcome.ok) {
        setDoubted(false);
        onDone([registeredWords(t, `${String(outcome.value.arrivalNumber)}${outcome.value.arrivalSuffix}`, choice.name), dossier].filter((part) => part !== '').join(' '));
      }
      refresh([document.id]);
    });
  };
  const decision = verdicts.data?.decision ?? null;
  const act = (): void => {
    if (busy.current || !enabled || register.barred !== undefined) return;
    if (decision === null || decision.decision === 'accept') enter();
    else setDoubted(true);
  };
  const failure = register.failure !== undefined && isDoubt(register.failure.code) ? undefined : register.failure;
  useDocumentKey('F8', document.id, enabled && register.barred === undefined ? act : undefined);
  useDocumentKey('Alt+H', document.id, enabled && register.barred === undefined && wish.suggestions.length > 0 ? wish.toggle : undefined);
  return (
    <div className={styles.bar} role="group" aria-label={t('register.label')}>
      {failure !== undefined && !doubted && (
        <Notice tone="attention" live>
          {failureWords(t, failure, 'registerIncoming')}
        </Notice>
      )}
      {register.barred !== undefined ? (
        <span className={styles.hint}>{failureWords(t, register.barred)}</span>
      ) : (
      <>
      <DossierWishLine wish={wish} brief />
      <BookField choice={choice} />
      <div className={styles.row}>
        <Button
          appearance="primary"
          icon={<BookAdd20Regular />}
          disabledFocusable={register.pending || !enabled}
          aria-keyshortcuts="F8"
          onClick={act}
        >
          {t('register.act')}
          <KeyHint keys="F8" onPrimary />
        </Button>
        <RefuseAct document={document} enabled={enabled && !register.pending} wanted={returning} onDone={onDone} />
        <span className={styles.hint}>
          {t(document.openChange !== null ? `register.hintAsked.${document.openChange}` : document.source === 'axis' ? 'register.hint' : 'register.hintHere')}
        </span>
      </div>
      </>
      )}
      {verdicts.data !== undefined && (
        <DoubtDialog
          open={doubted}
          verdicts={verdicts.data}
          pending={register.pending}
          failure={failure === undefined ? undefined : failureWords(t, failure, 'registerIncoming')}
          onRegister={enter}
          onReturn={() => {
            setDoubted(false);
            setReturning((before) => before + 1);
          }}
          onClose={() => {
            setDoubted(false);
          }}
        />
      )}
    </div>
  );
}

function isDoubt(code: string): boolean {
  return code === 'verdict-asks' || code === 'verdict-refuses';
}
