import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReceivedPackage } from '#contract';
import { useReceivedFiles } from '../../../bridge/handover-cache.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { VirtualGrid } from '../../../ui/VirtualGrid.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { sizeWords } from '../../files/index.ts';
import { PassedMark } from './marks.tsx';
import { reasonWords } from './reason-words.ts';

const useStyles = makeStyles({
  row: { display: 'flex', flexDirection: 'column', justifyContent: 'center', height: '100%', boxSizing: 'border-box', padding: '0 14px' },
  line: { display: 'flex', alignItems: 'center', gap: '10px', minWidth: 0, height: '18px' },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0, flexGrow: 1, flexBasis: 0 },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  mark: { flexShrink: 0, fontSize: tokens.fontSizeBase200 },
});

const rowHeight = 40;

/** Every file of a package: đạt or không đạt, and why (TT 05/2025/TT-BNV art. 24.2). What failed comes first. */
export function ReceivedFiles({ one }: { readonly one: ReceivedPackage }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { data, hasNextPage, isFetching, isError, fetchNextPage, isPending } = useReceivedFiles(one.id);
  const [active, setActive] = useState(0);
  const files = useMemo(() => {
    const found = data?.pages.flat() ?? [];
    return [...found.filter(({ passed }) => !passed), ...found.filter(({ passed }) => passed)];
  }, [data]);
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const onActive = useCallback((index: number) => {
    setActive(index);
  }, []);
  if (isPending) return <Waiting label={t('common.loading')} lines={4} />;
  return (
    <VirtualGrid
      id="received-files"
      label={t('handover.files', { count: one.files })}
      rowCount={files.length}
      columnCount={3}
      rowHeight={rowHeight}
      activeIndex={files.length === 0 ? -1 : Math.min(active, files.length - 1)}
      onActive={onActive}
      onOpen={onActive}
      busy={isFetching}
      renderCells={({ index }) => {
        const file = files[index];
        if (file === undefined) return <span role="gridcell" />;
        const why = file.reasons.map((reason) => reasonWords(t, reason)).join(' ');
        return (
          <div role="presentation" className={styles.row}>
            <div role="presentation" className={styles.line}>
              <span role="gridcell" aria-colindex={1} className={styles.cut} title={file.path}>
                {file.path}
              </span>
              <span className={styles.small}>{sizeWords(t, file.size)}</span>
              <span role="gridcell" aria-colindex={2} className={styles.mark}>
                <PassedMark passed={file.passed} />
              </span>
            </div>
            {why !== '' && (
              <div role="presentation" className={styles.line}>
                <span role="gridcell" aria-colindex={3} className={mergeClasses(styles.cut, styles.small)} title={why}>
                  {why}
                </span>
              </div>
            )}
          </div>
        );
      }}
    />
  );
}
