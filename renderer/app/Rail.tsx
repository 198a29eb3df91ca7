import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useLatest } from '../bridge/streams.ts';
import { formatAddress, goTo, type Section } from '../foundations/address.ts';
import { own } from '../foundations/theme.ts';
import type { Formatter } from '../i18n/formatter.ts';
import { useWords } from '../i18n/use-words.ts';
import { ForReaders } from '../ui/ForReaders.tsx';
import { routes } from './routes.tsx';

const useStyles = makeStyles({
  rail: {
    gridArea: 'rail',
    backgroundColor: own.tvtRail,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    display: 'flex',
    flexDirection: 'column',
    minHeight: 0,
    overflowY: 'auto',
  },
  mark: { height: '44px', flexShrink: 0, display: 'grid', placeItems: 'center' },
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', flexGrow: 1 },
  last: { marginTop: 'auto' },
  link: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '2px',
    minHeight: '54px',
    padding: '4px 2px',
    boxSizing: 'border-box',
    textAlign: 'center',
    textDecorationLine: 'none',
    color: tokens.colorNeutralForeground2,
    fontSize: own.tvtFontRail,
    lineHeight: '14px',
    ':hover': { color: tokens.colorNeutralForeground1, backgroundColor: own.tvtRailActive },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  here: {
    backgroundColor: own.tvtRailActive,
    color: tokens.colorBrandForeground1,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    ':hover': { color: tokens.colorBrandForeground1 },
  },
  count: {
    position: 'absolute',
    top: '3px',
    right: '3px',
    minWidth: '16px',
    height: '16px',
    padding: '0 4px',
    boxSizing: 'border-box',
    borderRadius: '8px',
    fontSize: own.tvtFontBadge,
    lineHeight: '16px',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForegroundOnBrand,
    backgroundColor: tokens.colorBrandBackground,
  },
  attention: { backgroundColor: own.tvtAttention, color: tokens.colorNeutralBackground1 },
});

export type RailProps = { readonly section: Section };

/** The sections, each with icon and word, in the order of Alt+1 … Alt+7. */
export function Rail({ section }: RailProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const arrived = useLatest('records', 'incoming')?.arrived ?? 0;
  const attention = useLatest('station', 'bar')?.outboxAttention ?? 0;
  return (
    <nav className={styles.rail} aria-label={t('rail.label')} data-pane="rail">
      <div className={styles.mark} aria-hidden="true">
        <Mark />
      </div>
      <ul className={styles.list}>
        {routes.map((route, index) => (
          <li key={route.section} className={mergeClasses(route.section === 'settings' && styles.last)}>
            <a
              className={mergeClasses(styles.link, route.section === section && styles.here)}
              href={formatAddress(route.section)}
              title={t('rail.withKey', { name: t(route.name), key: `Alt+${index + 1}` })}
              aria-current={route.section === section ? 'page' : undefined}
              aria-keyshortcuts={`Alt+${index + 1}`}
              onClick={(event) => {
                event.preventDefault();
                goTo(route.section);
              }}
            >
              {route.icon}
              <span>{t(route.short)}</span>
              {route.section === 'incoming' && arrived > 0 && (
                <span className={styles.count}>
                  <span aria-hidden="true">{short(arrived)}</span>
                  <ForReaders>{t('rail.arrived', { count: arrived })}</ForReaders>
                </span>
              )}
              {route.section === 'outbox' && attention > 0 && (
                <span className={mergeClasses(styles.count, styles.attention)}>
                  <span aria-hidden="true">{short(attention)}</span>
                  <ForReaders>{attentionWords(t, attention)}</ForReaders>
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function attentionWords(t: Formatter, count: number): string {
  return t('rail.attention', { count });
}

function short(count: number): string {
  return count > 999 ? '999+' : String(count);
}

function Mark(): ReactNode {
  return (
    <svg width="24" height="24" viewBox="0 0 32 32">
      <rect x="1" y="1" width="30" height="30" rx="6" fill={tokens.colorBrandBackground} />
      <path d="M8 6.5h11l5 5v14H8z" fill={tokens.colorNeutralForegroundOnBrand} />
      <path d="M19 6.5v5h5" fill="none" stroke={tokens.colorBrandBackground} strokeWidth="1.4" />
      <path d="M11 12h5M11 15.5h10M11 19h10" stroke={tokens.colorBrandBackground} strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
