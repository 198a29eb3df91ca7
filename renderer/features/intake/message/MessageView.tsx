import { useState, type ReactNode } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { Document24Regular } from '@fluentui/react-icons';
import type { IntakeFile } from '#contract';
import { failureOf } from '../../../bridge/failure.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { FilePane } from '../../files/index.ts';
import type { PointedPlace } from '../../verification/index.ts';
import { MessageSheet } from './MessageSheet.tsx';

const useStyles = makeStyles({ note: { padding: '8px 16px', display: 'flex', flexDirection: 'column', gap: '8px' } });

export type MessageViewProps = {
  readonly file: IntakeFile;
  readonly width: number;
  readonly onWidth: (width: number) => void;
  readonly enlarged: boolean;
  readonly onEnlarge: () => void;
  readonly onPutAway: () => void;
};

/** A waiting message of the axis' form: what its envelope says, and the files that it carries beside it. */
export function MessageView({ file, width, onWidth, enlarged, onEnlarge, onPutAway }: MessageViewProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const windowWidth = useWindowWidth();
  const [place, setPlace] = useState<PointedPlace | null>(null);
  const read = useAsk('messageFiles', 'read', { id: file.id }, { fresh: true });
  if (read.isError) {
    return (
      <div className={styles.note}>
        <Notice tone="attention" live>
          {failureWords(t, failureOf(read.error))}
        </Notice>
      </div>
    );
  }
  if (read.data === undefined) return <Waiting label={t('messageFile.reading')} lines={8} />;
  return (
    <SplitPane
      id="intake-form"
      label={t('intake.formWidth')}
      size={width}
      min={380}
      max={Math.round(windowWidth * 0.5)}
      onSize={onWidth}
      first={<MessageSheet message={read.data} onPlace={setPlace} onPutAway={onPutAway} />}
      second={
        read.data.files.length === 0 ? (
          <EmptyState icon={<Document24Regular />} title={t('messageFile.noFiles.title')} text={t('messageFile.noFiles.text')} />
        ) : (
          <FilePane files={read.data.files} place={place} enlarged={enlarged} onEnlarge={onEnlarge} />
        )
      }
    />
  );
}
