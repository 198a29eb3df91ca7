import { useRef, type ReactNode } from 'react';
import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { Attach20Regular } from '@fluentui/react-icons';
import type { StoredFile } from '#contract';
import { useStaging } from '../../../bridge/stage-file.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', minWidth: 0 },
  busy: { display: 'inline-flex', gap: '6px', alignItems: 'center', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, minWidth: 0, overflowWrap: 'anywhere' },
});

export type FilePickProps = {
  readonly name: string;
  readonly words: string;
  /** of the browser's own dialog, e.g. `.pdf` */
  readonly accept?: string;
  readonly several?: boolean;
  /** has the focus when its dialog opens */
  readonly first?: boolean;
  /** Takes what came; what it answers is waited for before `onWork` hears of the end. */
  readonly onFiles: (files: readonly StoredFile[]) => void | Promise<void>;
  /** Hears that files are on their way, and at the end whether all came: nothing is to be decided without them meanwhile. */
  readonly onWork?: (work: Promise<boolean>) => void;
};

/** A button that brings files of this machine into the store. */
export function FilePick({ name, words, accept, several = false, first = false, onFiles, onWork }: FilePickProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const input = useRef<HTMLInputElement>(null);
  const staging = useStaging();
  return (
    <>
      <div className={styles.row}>
        <input
          ref={input}
          type="file"
          name={name}
          hidden
          multiple={several}
          {...(accept === undefined ? {} : { accept })}
          onChange={({ currentTarget }) => {
            const files = [...(currentTarget.files ?? [])];
            // The same file may be chosen again after it was changed.
            currentTarget.value = '';
            if (files.length === 0) return;
            const work = staging.take(files).then(async (stored) => {
              if (stored.length > 0) await onFiles(stored);
              return stored.length === files.length;
            });
            onWork?.(work);
          }}
        />
        <Button
          icon={<Attach20Regular />}
          {...(first ? { 'data-first': true } : {})}
          disabledFocusable={staging.busy !== null}
          onClick={() => {
            if (staging.busy === null) input.current?.click();
          }}
        >
          {words}
        </Button>
        {staging.busy !== null && (
          <span className={styles.busy} role="status">
            <Spinner size="extra-tiny" aria-hidden="true" />
            {t('stage.busy', { name: staging.busy })}
          </span>
        )}
      </div>
      {staging.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, staging.failure)}
        </Notice>
      )}
    </>
  );
}
