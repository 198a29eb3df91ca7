import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import { Folder16Regular } from '@fluentui/react-icons';
import type { DossierHit } from '#contract';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { MarkedText } from './MarkedText.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '2px', minWidth: 0 },
  line: { display: 'flex', alignItems: 'center', gap: '10px', minWidth: 0 },
  code: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  small: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  end: { marginInlineStart: 'auto', flexShrink: 0 },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
});

const placeOf = ({ id, catalog }: DossierHit): Readonly<Record<string, string>> => ({ id, year: String(catalog), node: `y:${String(catalog)}` });

/** Goes to a dossier on its board. */
export function openDossier(hit: DossierHit): void {
  goTo('dossiers', placeOf(hit));
}

/** The address of the same place. */
export function addressOfDossier(hit: DossierHit): string {
  return formatAddress('dossiers', placeOf(hit));
}

/** A found dossier: code, state and year; title; who makes it. */
export function DossierHitRow({ hit }: { readonly hit: DossierHit }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const maker = hit.maker.personName === '' ? hit.maker.unitName : hit.maker.personName;
  return (
    <span className={styles.box}>
      <span className={styles.line}>
        <StateMark tone="neutral" className={styles.small} icon={<Folder16Regular aria-hidden="true" />}>
          {t('find.dossier')}
        </StateMark>
        <span className={styles.code}>
          <MarkedText parts={hit.notation} />
        </span>
        <span className={styles.small}>{t(`dossiers.state.${hit.state}`)}</span>
        <span className={`${styles.small} ${styles.end}`}>{[maker, t('dossiers.row.year', { year: String(hit.catalog) })].filter((part) => part !== '').join(' · ')}</span>
      </span>
      <span className={styles.cut}>
        <MarkedText parts={hit.title} />
      </span>
    </span>
  );
}
