import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { BoxSearch24Regular } from '@fluentui/react-icons';
import type { LyingPackage, PackageVerdict } from '#contract';
import { refreshHandover } from '../../../bridge/handover-cache.ts';
import { useAsk, useCommand } from '../../../bridge/methods.ts';
import { useStaging } from '../../../bridge/stage-file.ts';
import { useLatest } from '../../../bridge/streams.ts';
import { adjustAddress, useAddress } from '../../../foundations/address.ts';
import { rowHeightOf } from '../../../foundations/layout.ts';
import { usePreferences } from '../../../foundations/preferences.tsx';
import { momentOf } from '../../../i18n/dates.ts';
import { failureWords } from '../../../i18n/failure-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { sizeWords } from '../../files/index.ts';
import { FileButton } from '../../keeping/index.ts';
import { RunLine } from '../parts/RunLine.tsx';
import { ShowInFolder } from '../parts/ShowInFolder.tsx';
import { VerdictSheet } from './VerdictSheet.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', padding: '8px 12px', flexShrink: 0 },
  note: { padding: '0 12px 8px', flexShrink: 0 },
  body: { flexGrow: 1, minHeight: 0 },
  foot: { flexShrink: 0, padding: '7px 14px', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, borderTop: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere' },
  row: { display: 'flex', flexDirection: 'column', justifyContent: 'center', height: '100%', boxSizing: 'border-box', padding: '0 12px' },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  side: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, backgroundColor: tokens.colorNeutralBackground1 },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: '12px 16px', display: 'flex', flexDirection: 'column', gap: '12px', outlineOffset: '-2px' },
  bar: { display: 'flex', gap: '8px', padding: '10px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2, flexShrink: 0 },
});

/** Kiểm tra gói: packages that lie on this machine or were given from elsewhere, and what the validator finds in the chosen one. */
export function JudgeView(): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { params } = useAddress();
  const width = useWindowWidth();
  const [listWidth, setListWidth] = useRememberedNumber('tvt.packing.list', Math.round(width * 0.36));
  const lying = useAsk('packages', 'lying', {}, { fresh: true });
  const rows = lying.data?.packages ?? [];
  const chosen = rows.find(({ path }) => path === params['path']);
  return (
    <SplitPane
      id="packing-list"
      label={t('incoming.listWidth')}
      size={listWidth}
      min={300}
      max={Math.round(width * 0.5)}
      onSize={setListWidth}
      first={<LyingList rows={rows} chosen={params['path'] ?? null} place={lying.data?.place ?? null} />}
      second={
        <section className={styles.side} aria-label={t('packing.verdict')}>
          {chosen === undefined ? <EmptyState icon={<BoxSearch24Regular />} title={t('packing.none.title')} text={t('packing.none.text')} /> : <Judged key={chosen.path} one={chosen} />}
        </section>
      }
    />
  );
}

function LyingList({ rows, chosen, place }: { readonly rows: readonly LyingPackage[]; readonly chosen: string | null; readonly place: string | null }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const cache = useQueryClient();
  const { density } = usePreferences();
  const staging = useStaging();
  const layIn = useCommand('packages', 'layIn');
  const failure = staging.failure ?? layIn.failure;
  const take = async (files: readonly File[]): Promise<void> => {
    for (const file of await staging.take(files)) {
      const outcome = await layIn.run({ file });
      if (outcome.ok) adjustAddress({ path: outcome.value.path });
    }
    await refreshHandover(cache);
  };
  return (
    <section className={styles.list} aria-label={t('packing.lying')}>
      <div className={styles.head}>
        <FileButton words={t('packing.pickZip')} many accept=".zip" onFiles={(files) => { void take(files); }} />
        {staging.busy !== null && <span role="status">{t('stage.busy', { name: staging.busy })}</span>}
      </div>
      {failure !== undefined && (
        <div className={styles.note}>
          <Notice tone="attention" live>
            {failureWords(t, failure)}
          </Notice>
        </div>
      )}
      <div className={styles.body} {...(rows.length > 0 ? { 'data-pane': 'list' } : {})}>
        {rows.length === 0 ? (
          <EmptyState icon={<BoxSearch24Regular />} title={t('packing.empty.title')} text={t('packing.empty.text', { folder: place === null ? '' : `${place}/tiep-nhan` })} />
        ) : (
          <VirtualGrid
            id="lying"
            label={t('packing.lying')}
            rowCount={rows.length}
            columnCount={2}
            rowHeight={rowHeightOf(density)}
            activeIndex={rows.findIndex(({ path }) => path === chosen)}
            onActive={(index) => { adjustAddress({ path: rows[index]?.path ?? null }); }}
            onOpen={() => { document.querySelector<HTMLElement>('[data-pane=reading]')?.focus(); }}
            renderCells={({ index }) => {
              const row = rows[index];
              return (
                <div role="presentation" className={styles.row}>
                  <span role="gridcell" aria-colindex={1} className={styles.cut} title={row?.path}>
                    {row?.name}
                  </span>
                  {density !== 'compact' && row !== undefined && (
                    <span role="gridcell" aria-colindex={2} className={styles.small}>
                      {t('packing.lyingLine', { where: t(`packing.in.${row.in}`), size: row.bytes === null ? t('packing.folder') : sizeWords(t, row.bytes), at: momentOf(row.changedAt) })}
                    </span>
                  )}
                </div>
              );
            }}
          />
        )}
      </div>
      <div className={styles.foot}>{place === null ? t('failure.handover-no-place') : t('packing.place', { folder: place })}</div>
    </section>
  );
}

function Judged({ one }: { readonly one: LyingPackage }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const judge = useCommand('packages', 'judge');
  const running = useLatest('handover', 'progress')?.running ?? null;
  const [verdict, setVerdict] = useState<PackageVerdict | null>(null);
  const begin = (): void => {
    if (judge.pending || running !== null) return;
    setVerdict(null);
    void judge.run({ path: one.path }).then((outcome) => {
      if (outcome.ok) setVerdict(outcome.value);
    });
  };
  useShortcut('F8', begin);
  return (
    <>
      <div className={styles.scroll} data-pane="reading" tabIndex={0} role="group" aria-label={one.name}>
        {running !== null && <RunLine run={running} />}
        {judge.failure !== undefined && !judge.pending && (
          <Notice tone={judge.failure.code === 'handover-cancelled' ? 'info' : 'attention'} live>
            {failureWords(t, judge.failure)}
          </Notice>
        )}
        {verdict === null ? running === null && judge.failure === undefined && <Notice tone="info">{t('packing.notJudged', { name: one.name })}</Notice> : <VerdictSheet verdict={verdict} />}
      </div>
      <div className={styles.bar} role="group" aria-label={t('life.acts')}>
        <Button appearance="primary" aria-keyshortcuts="F8" disabledFocusable={judge.pending || running !== null} onClick={begin}>
          {t('packing.judge')}
          <KeyHint keys="F8" onPrimary />
        </Button>
        <ShowInFolder path={one.path} name={one.name} />
      </div>
    </>
  );
}
