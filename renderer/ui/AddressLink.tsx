import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  link: {
    color: tokens.colorBrandForegroundLink,
    textUnderlineOffset: '3px',
    ':hover': { color: tokens.colorBrandForegroundLinkHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px', borderRadius: tokens.borderRadiusSmall },
  },
});

export type AddressLinkProps = { readonly href: string; readonly onGo: () => void; readonly children: ReactNode };

/** A link to another place of this window. */
export function AddressLink({ href, onGo, children }: AddressLinkProps): ReactNode {
  const styles = useStyles();
  return (
    <a
      className={styles.link}
      href={href}
      onClick={(event) => {
        event.preventDefault();
        onGo();
      }}
    >
      {children}
    </a>
  );
}
