import { useRef, useState, type ReactNode } from 'react';
import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Dismiss16Regular, Keyboard20Regular, Search20Regular } from '@fluentui/react-icons';
import type { StationStatus } from '#contract';
import { UserMenu, type UserDialog } from '../features/people/index.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { useWords } from '../i18n/use-words.ts';
import { Hint } from '../ui/Hint.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { useShortcut } from '../ui/shortcuts.ts';
import { LanguageChoice } from './LanguageChoice.tsx';
import { ThemeSelect } from './ThemeSelect.tsx';

const useStyles = makeStyles({
  bar: {
    gridArea: 'top',
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '0 8px 0 16px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    minWidth: 0,
  },
  title: {
    margin: 0,
    minWidth: '124px',
    flexShrink: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
  },
  search: { width: 'min(440px, 34vw)', flexShrink: 1 },
  palette: { flexShrink: 0, minWidth: 0, gap: '6px', fontWeight: tokens.fontWeightRegular },
  tools: { display: 'flex', alignItems: 'center', gap: '2px', flexShrink: 0 },
});

export type TopBarProps = {
  readonly status: StationStatus;
  readonly title: string;
  /** What the field filters here; null where there is no list: then it leads to the search. */
  readonly filter: MessageKey | null;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onPalette: () => void;
  readonly onKeys: () => void;
  readonly user: UserDialog;
  readonly onUser: (shown: UserDialog) => void;
};

/** Section title, filter, who is working, language, theme, keys. */
export function TopBar({ status, title, filter, text, onText, onPalette, onKeys, user, onUser }: TopBarProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [elsewhere, setElsewhere] = useState('');
  const focus = (): void => {
    field.current?.focus();
    field.current?.select();
  };
  useShortcut('F3', focus);
  const shown = filter === null ? elsewhere : text;
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{title}</h1>
      <div role="search" className={styles.search}>
        <Input
          className={styles.search}
          input={{ ref: field }}
          size="small"
          type="text"
          role="searchbox"
          autoComplete="off"
          spellCheck={false}
          value={shown}
          aria-label={t(filter ?? 'search.elsewhere')}
          aria-keyshortcuts="F3"
          placeholder={t(filter ?? 'search.elsewhere')}
          contentBefore={<Search20Regular aria-hidden="true" />}
          contentAfter={
            shown === '' ? (
              <KeyHint keys="F3" />
            ) : (
              <Button
                size="small"
                appearance="transparent"
                icon={<Dismiss16Regular />}
                aria-label={t('search.clear')}
                onClick={() => {
                  if (filter === null) setElsewhere('');
                  else onText('');
                  field.current?.focus();
                }}
              />
            )
          }
          onChange={(_, data) => {
            if (filter === null) setElsewhere(data.value);
            else onText(data.value);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Escape' && shown !== '') {
              if (filter === null) setElsewhere('');
              else onText('');
            } else if (event.key === 'Enter' && filter === null && elsewhere.trim() !== '') {
              onText(elsewhere);
              setElsewhere('');
            } else if ((event.key === 'Enter' || event.key === 'ArrowDown') && filter !== null) {
              document.querySelector<HTMLElement>('[role=grid], [data-pane=list] [role=listbox]')?.focus();
              event.preventDefault();
            }
          }}
        />
      </div>
      <Hint content={t('find.palette')} relationship="description">
        <Button size="small" appearance="subtle" className={styles.palette} aria-keyshortcuts="Control+K" onClick={onPalette}>
          {t('find.palette.short')}
          <KeyHint keys="Ctrl+K" />
        </Button>
      </Hint>
      <UserMenu operator={status.operator} agency={status.agency.name} shown={user} onShow={onUser} />
      <div className={styles.tools}>
        <LanguageChoice />
        <ThemeSelect />
        <Hint content={t('keys.open')} relationship="label">
          <Button size="small" appearance="subtle" icon={<Keyboard20Regular />} aria-keyshortcuts="?" onClick={onKeys} />
        </Hint>
      </div>
    </header>
  );
}
