import { useState, type ReactNode } from 'react';
import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import {
  AutoFitWidth20Regular,
  FullScreenMaximize20Regular,
  FullScreenMinimize20Regular,
  ZoomIn20Regular,
  ZoomOut20Regular,
} from '@fluentui/react-icons';
import { Hint } from '../Hint.tsx';

export type PdfWords = {
  readonly region: string;
  readonly page: string;
  readonly pageOf: (count: number) => string;
  readonly pageLabel: (number: number) => string;
  readonly pageFault: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fitWidth: string;
  readonly enlarge: string;
  readonly reduce: string;
  readonly opening: string;
};

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: '2px',
    padding: '2px 8px',
    minHeight: '36px',
    boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontVariantNumeric: 'tabular-nums',
    flexShrink: 0,
  },
  page: { width: '52px', minWidth: '52px' },
  pageInput: { textAlign: 'right', width: '100%' },
  count: { whiteSpace: 'nowrap', marginInlineEnd: '8px', marginInlineStart: '4px' },
  percent: { minWidth: '44px', textAlign: 'center' },
  end: { marginInlineStart: 'auto' },
});

export type PdfToolbarProps = {
  readonly words: PdfWords;
  readonly page: number;
  readonly pageCount: number;
  readonly percent: number;
  readonly fitting: boolean;
  readonly enlarged: boolean;
  readonly onPage: (page: number) => void;
  readonly onZoom: (direction: 1 | -1) => void;
  readonly onFit: () => void;
  readonly onEnlarge: () => void;
};

/** Page number, zoom, fit to width, enlarge. */
export function PdfToolbar(props: PdfToolbarProps): ReactNode {
  const { words } = props;
  const styles = useStyles();
  const [typed, setTyped] = useState<string | null>(null);
  const leave = (): void => {
    const wanted = Number(typed);
    setTyped(null);
    if (typed !== null && Number.isInteger(wanted)) props.onPage(Math.min(Math.max(wanted, 1), props.pageCount));
  };
  return (
    <div className={styles.bar} role="toolbar" aria-label={words.region}>
      <Input
        className={styles.page}
        size="small"
        appearance="outline"
        value={typed ?? String(props.page)}
        input={{ className: styles.pageInput, inputMode: 'numeric' }}
        aria-label={words.page}
        onFocus={(event) => {
          event.target.select();
        }}
        onChange={(_, data) => {
          setTyped(data.value.replace(/\D/g, ''));
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
        }}
        onBlur={leave}
      />
      <span className={styles.count}>{words.pageOf(props.pageCount)}</span>
      <Hint content={words.zoomOut} relationship="label">
        <Button
          size="small"
          appearance="subtle"
          icon={<ZoomOut20Regular />}
          onClick={() => {
            props.onZoom(-1);
          }}
        />
      </Hint>
      <span className={styles.percent}>{`${props.percent}%`}</span>
      <Hint content={words.zoomIn} relationship="label">
        <Button
          size="small"
          appearance="subtle"
          icon={<ZoomIn20Regular />}
          onClick={() => {
            props.onZoom(1);
          }}
        />
      </Hint>
      <Hint content={words.fitWidth} relationship="label">
        <Button
          size="small"
          appearance="subtle"
          aria-pressed={props.fitting}
          icon={<AutoFitWidth20Regular />}
          onClick={props.onFit}
        />
      </Hint>
      <Hint content={props.enlarged ? words.reduce : words.enlarge} relationship="label">
        <Button
          className={styles.end}
          size="small"
          appearance="subtle"
          aria-pressed={props.enlarged}
          icon={props.enlarged ? <FullScreenMinimize20Regular /> : <FullScreenMaximize20Regular />}
          onClick={props.onEnlarge}
        />
      </Hint>
    </div>
  );
}
