import { useState, type ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { FileRef } from '#contract';
import { layout } from '../../../foundations/layout.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useShortcut } from '../../../ui/shortcuts.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { useRememberedNumber } from '../../../ui/use-remembered.ts';
import { useWindowWidth } from '../../../ui/use-window-width.ts';
import { FilePane } from '../../files/index.ts';
import type { PointedPlace } from '../../verification/index.ts';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', outlineOffset: '-2px' },
  stack: { display: 'flex', flexDirection: 'column', gap: '10px', padding: '12px 16px 8px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  big: { fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700, fontVariantNumeric: 'tabular-nums' },
  struck: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
  source: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  subject: { margin: 0, textWrap: 'pretty', overflowWrap: 'anywhere' },
  tabBody: { padding: '10px 16px 16px', display: 'flex', flexDirection: 'column', gap: '10px' },
  fileBody: { flexGrow: 1, minHeight: 0 },
  bar: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '10px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    flexShrink: 0,
  },
  row: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap' },
});

export type PaneTab = { readonly name: string; readonly words: string; readonly body: ReactNode };

export type PaneFrameProps = {
  readonly heading: { readonly title: string; readonly big?: boolean; readonly struck?: boolean; readonly source: string; readonly subject: string };
  /** between heading and tabs */
  readonly notices: ReactNode;
  readonly tabs: readonly PaneTab[];
  readonly files: readonly FileRef[];
  /** what the place of the file says when there is none */
  readonly noFile?: string;
  /** buttons of what may be done, the next step first; null: nothing */
  readonly acts: ReactNode | null;
  /** a place of a file to show beside */
  readonly place?: PointedPlace | null;
  /** what was just done, in words */
  readonly said: string;
};

/** The reading pane of this section: heading, notices, data by tabs and the file beside, acts at its foot. */
export function PaneFrame({ heading, notices, tabs, files, noFile, acts, place = null, said }: PaneFrameProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const width = useWindowWidth();
  const sideBySide = width >= layout.sideBySideFrom;
  const [dataWidth, setDataWidth] = useRememberedNumber('tvt.outgoing.data', Math.round(width * 0.28));
  const [chosen, setChosen] = useState(tabs[0]?.name ?? '');
  const [enlarged, setEnlarged] = useState(false);
  const shownTabs = sideBySide ? tabs : [...tabs, { name: 'file', words: t('reading.tab.file'), body: null }];
  const tab = shownTabs.find((one) => one.name === chosen) ?? shownTabs[0];
  const [shownPlace, setShownPlace] = useState(place);
  if (place !== shownPlace) {
    setShownPlace(place);
    if (place !== null && !sideBySide) setChosen('file');
  }
  const toggle = (): void => {
    if (!sideBySide) setChosen('file');
    setEnlarged((before) => !before);
  };
  useShortcut('F4', toggle, files.length > 0);
  useShortcut('Escape', toggle, enlarged);
  const file = <FilePane files={files} none={noFile ?? t('draft.noFile')} enlarged={enlarged && files.length > 0} onEnlarge={toggle} place={place} />;
  const data = (
    <section className={styles.column} aria-label={t('reading.label')}>
      {/* Focusable as a pane, so that the keyboard can scroll it. */}
      <div className={tab?.name === 'file' ? undefined : styles.scroll} data-pane="reading" tabIndex={0} role="group" aria-label={t('reading.label')}>
        <div className={styles.stack}>
          <div>
            <h2 className={mergeClasses(styles.title, heading.big === true && styles.big, heading.struck === true && styles.struck)}>{heading.title}</h2>
            <p className={styles.source}>{heading.source}</p>
            <p className={styles.subject}>{heading.subject}</p>
          </div>
          {notices}
        </div>
        <Tabs label={t('reading.tabs')} chosen={tab?.name ?? ''} tabs={shownTabs} onChoose={setChosen} />
        {tab?.name !== 'file' && <div className={styles.tabBody}>{tab?.body}</div>}
      </div>
      {tab?.name === 'file' && <div className={styles.fileBody}>{file}</div>}
      {(acts !== null || said !== '') && (
        <div className={styles.bar} role="group" aria-label={t('life.acts')}>
          {said !== '' && (
            <Notice tone="good">
              {said} {t('life.goOn')} <KeyHint keys="Ctrl+Enter" />
            </Notice>
          )}
          {acts !== null && <div className={styles.row}>{acts}</div>}
        </div>
      )}
      <LiveRegion message={said} />
    </section>
  );
  if (!sideBySide) return data;
  return (
    <SplitPane
      id="outgoing-data"
      label={t('reading.dataWidth')}
      size={dataWidth}
      min={320}
      max={Math.round(width * 0.42)}
      onSize={setDataWidth}
      first={data}
      second={file}
    />
  );
}
