import { useState, type ReactNode } from 'react';
import { Button, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import type { Agency, Contract, LookupResult, OutputOf } from '#contract';
import { FailureError, failureOf, type AnyFailure } from '../../../bridge/failure.ts';
import { useConnection } from '../../../bridge/context.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';

type LookedUp = OutputOf<Contract['directory']['lookup']>;

const mostLines = 500;

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '8px' },
  row: { display: 'flex', gap: '8px', alignItems: 'center', flexWrap: 'wrap' },
  left: { margin: 0, paddingInlineStart: '20px', display: 'flex', flexDirection: 'column', gap: '4px' },
  maybe: { marginInlineStart: '8px', textAlign: 'start', height: 'auto', whiteSpace: 'normal' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
});

export type PastePanelProps = {
  /** Adds them to the list; answers how many were new to it. */
  readonly onAdd: (agencies: readonly Agency[]) => number;
  readonly onClose: () => void;
};

/** Of a closed code, who took its place comes first. */
function likeliest(result: LookupResult, agencies: readonly Agency[]): readonly Agency[] {
  return result === 'closed' ? agencies.toReversed() : agencies;
}

/** Takes a pasted list, adds the lines that mean one agency, and keeps the others in sight for the person to decide. */
export function PastePanel({ onAdd, onClose }: PastePanelProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const connection = useConnection();
  const [text, setText] = useState('');
  const [left, setLeft] = useState<LookedUp>([]);
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<AnyFailure>();
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const add = async (): Promise<void> => {
    setFailure(undefined);
    setSaid('');
    if (lines.length > mostLines) {
      setSaid(t('directory.picker.tooMany'));
      return;
    }
    try {
      const outcome = await connection.call.directory.lookup({ lines: lines.map((line) => line.slice(0, 300)) });
      if (!outcome.ok) throw new FailureError(outcome.failure);
      const sure = outcome.value.filter(({ result }) => result === 'found');
      const rest = outcome.value.filter(({ result }) => result !== 'found');
      const added = onAdd(sure.flatMap(({ agencies }) => agencies));
      setLeft(rest);
      setText(rest.map(({ line }) => line).join('\n'));
      setSaid(t('directory.picker.pasted', { added, left: rest.length }));
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  const settle = (line: string, agency: Agency): void => {
    onAdd([agency]);
    setLeft((before) => before.filter((one) => one.line !== line));
    setText((before) => before.split('\n').filter((one) => one.trim() !== line).join('\n'));
  };
  return (
    <div className={styles.box}>
      <Field label={t('directory.picker.pasteLabel')}>
        <Textarea
          value={text}
          rows={5}
          resize="vertical"
          spellCheck={false}
          onChange={(_, { value }) => {
            setText(value);
          }}
        />
      </Field>
      <div className={styles.row}>
        <Button
          disabledFocusable={lines.length === 0}
          onClick={() => {
            if (lines.length > 0) void add();
          }}
        >
          {t('directory.picker.pasteDo')}
        </Button>
        <Button appearance="subtle" onClick={onClose}>
          {t('directory.picker.pasteCancel')}
        </Button>
        <span role="status">{said}</span>
      </div>
      {failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, failure)}
        </Notice>
      )}
      {left.length > 0 && (
        <Notice tone="attention">
          <h3 className={styles.title}>{t('directory.picker.leftTitle')}</h3>
          <ul className={styles.left}>
            {left.map(({ line, result, agencies }) => (
              <li key={line}>
                {result === 'found' ? line : t(`directory.lookup.${result}`, { line })}
                {likeliest(result, agencies).map((agency) => (
                  <Button
                    key={agency.code}
                    size="small"
                    className={styles.maybe}
                    onClick={() => {
                      settle(line, agency);
                    }}
                  >
                    {t('directory.picker.maybe', {
                      code: agency.code,
                      name: agency.under === null ? agency.name : `${agency.name} – ${agency.under}`,
                    })}
                  </Button>
                ))}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}
