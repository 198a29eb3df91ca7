import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowClockwise20Regular } from '@fluentui/react-icons';
import { refreshAside } from '../../../bridge/aside-cache.ts';
import { useCommand } from '../../../bridge/methods.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { SaveLink, sizeWords } from '../../files/index.ts';
import type { QuarantineItem } from '../parts/quarantine-item.ts';
import { useDetailPanel } from '../parts/use-detail-panel.ts';

const useStyles = makeStyles({
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 20px',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
  row: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, flexBasis: '240px', flexGrow: 1 },
});

export type QuarantineDetailProps = {
  readonly item: QuarantineItem;
  /** it became something just now, and left the list */
  readonly filed: boolean;
  readonly onFiled: (item: QuarantineItem) => void;
};

/** Why the message was set aside, what to do, and the two acts: read it again, save it. */
export function QuarantineDetail({ item, filed, onFiled }: QuarantineDetailProps): ReactNode {
  const styles = useStyles();
  const frame = useDetailPanel();
  const t = useWords();
  const cache = useQueryClient();
  const replay = useCommand('exchange', 'replay');
  const [told, setTold] = useState('');
  const read = (): void => {
    if (replay.pending || filed) return;
    setTold('');
    void replay.run({ id: item.id }).then((outcome) => {
      if (outcome.ok) {
        const { reason } = outcome.value;
        if (outcome.value.filed) onFiled(item);
        setTold(
          outcome.value.filed || reason === null
            ? t('aside.filed')
            : t('aside.still', { reason: t(`quarantine.reason.${reason}`) }),
        );
      }
      refreshAside(cache);
    });
  };
  useShortcut('F8', (event) => {
    if (!event.repeat) read();
  }, replay.barred === undefined);
  const from = item.from === '' ? t('quarantine.unknownSender') : item.from;
  return (
    <section className={frame.panel} aria-label={t('aside.detail')} data-pane="reading" tabIndex={0}>
      <h2 className={frame.title}>{t(`quarantine.reason.${item.reason}`)}</h2>
      <div className={styles.facts}>
        <span>{t('aside.fact.from', { from })}</span>
        <span>{t('aside.fact.received', { time: momentOf(item.receivedAt) })}</span>
        <span>{t(`aside.kind.${item.messageType}`)}</span>
        <span>{sizeWords(t, item.size)}</span>
        <span>{t('aside.fact.id', { id: item.transportId })}</span>
        {item.incident !== '' && <span>{t('aside.fact.incident', { incident: item.incident })}</span>}
        {item.replayedAt !== null && <span>{t('aside.fact.replayed', { time: momentOf(item.replayedAt) })}</span>}
      </div>
      <div>{t(`aside.remedy.${item.reason}`)}</div>
      {told !== '' && <Notice tone={filed ? 'good' : 'attention'}>{told}</Notice>}
      {replay.failure !== undefined && (
        <Notice tone="attention" live>
          {failureWords(t, replay.failure, 'replay')}
        </Notice>
      )}
      <div className={styles.row}>
        {!filed && replay.barred === undefined && (
          <Button
            appearance="primary"
            icon={<ArrowClockwise20Regular />}
            disabledFocusable={replay.pending}
            aria-keyshortcuts="F8"
            onClick={read}
          >
            {t('aside.replay')}
            <KeyHint keys="F8" onPrimary />
          </Button>
        )}
        <SaveLink id={item.id} name={`${item.transportId.replaceAll(/[^\w.-]/g, '_')}.edxml`} words={t('file.saveWords')} />
        <span className={styles.hint}>{t('aside.kept')}</span>
      </div>
      <LiveRegion message={told} />
    </section>
  );
}
