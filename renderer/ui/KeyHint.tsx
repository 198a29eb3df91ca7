import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  key: {
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusSmall,
    padding: '0 5px',
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground1,
    whiteSpace: 'nowrap',
  },
  inButton: { marginInlineStart: tokens.spacingHorizontalS, fontWeight: tokens.fontWeightRegular },
  onPrimary: {
    color: 'inherit',
    backgroundColor: 'transparent',
    border: '1px solid currentColor',
    marginInlineStart: tokens.spacingHorizontalS,
  },
});

export type KeyHintProps = {
  readonly keys: string;
  readonly onPrimary?: boolean;
  /** follows words in a button, where white space is nothing */
  readonly inButton?: boolean;
};

/** The key of an act, beside its name. */
export function KeyHint({ keys, onPrimary = false, inButton = false }: KeyHintProps): ReactNode {
  const styles = useStyles();
  return <kbd className={mergeClasses(styles.key, inButton && styles.inButton, onPrimary && styles.onPrimary)}>{keys}</kbd>;
}
