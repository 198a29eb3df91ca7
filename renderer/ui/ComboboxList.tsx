import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { Combobox } from './use-combobox.ts';

const useStyles = makeStyles({
  list: {
    position: 'absolute',
    zIndex: 10,
    top: '100%',
    left: 0,
    right: 0,
    margin: '2px 0 0',
    padding: '4px 0',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
  },
  options: { margin: 0, padding: 0, listStyle: 'none', maxHeight: '320px', overflowY: 'auto' },
  note: { margin: 0, padding: '4px 12px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, textWrap: 'pretty' },
  option: { display: 'block', padding: '5px 12px', cursor: 'default', overflowWrap: 'anywhere', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  active: {
    backgroundColor: tokens.colorBrandBackground2,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    ':hover': { backgroundColor: tokens.colorBrandBackground2 },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  nothing: { padding: '6px 12px', color: tokens.colorNeutralForeground2 },
});

export type ComboboxListProps = {
  readonly combobox: Combobox;
  readonly label: string;
  readonly options: readonly { readonly key: string; readonly content: ReactNode }[];
  /** said in place of an empty list; absent: then nothing is shown */
  readonly nothing?: string | undefined;
  /** stands above the options */
  readonly note?: string | undefined;
};

/** The open list under a combobox, over what follows it; its place is that of the nearest positioned box. */
export function ComboboxList({ combobox, label, options, nothing, note }: ComboboxListProps): ReactNode {
  const styles = useStyles();
  if (!combobox.shown) return null;
  if (options.length === 0) return nothing === undefined ? null : <div className={mergeClasses(styles.list, styles.nothing)}>{nothing}</div>;
  return (
    <div className={styles.list}>
      {note !== undefined && <p className={styles.note}>{note}</p>}
      <ul id={`${combobox.id}-list`} role="listbox" aria-label={label} className={styles.options}>
        {options.map(({ key, content }, index) => (
          <li key={key} className={mergeClasses(styles.option, index === combobox.at && styles.active)} {...combobox.option(index)}>
            {content}
          </li>
        ))}
      </ul>
    </div>
  );
}
