import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Info16Regular, Warning16Regular } from '@fluentui/react-icons';
import type { HandoverRemark } from '#contract';
import { formatAddress, goTo, type Section } from '../../../foundations/address.ts';
import { own } from '../../../foundations/theme.ts';
import type { Formatter } from '../../../i18n/formatter.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { ForReaders } from '../../../ui/ForReaders.tsx';
import { remarkWords } from './rule-words.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  line: { display: 'flex', gap: '8px', alignItems: 'baseline', padding: '5px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, '& > svg': { flexShrink: 0, alignSelf: 'flex-start', marginTop: '2px' } },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere', textWrap: 'pretty' },
  stops: { color: own.tvtAttention },
  told: { color: tokens.colorBrandForeground1 },
  mend: { flexShrink: 0, whiteSpace: 'nowrap' },
  more: { paddingTop: '6px' },
});

const shownAtOnce = 50;

type Place = { readonly section: Section; readonly params: Readonly<Record<string, string | null>> };

/** Where a remark is mended; null: beside it, on this very screen. */
function placeOf({ code, dossier }: HandoverRemark): Place | null {
  if (code === 'office-code') return { section: 'settings', params: {} };
  if (code === 'bytes-missing' || code === 'bytes-damaged') return { section: 'dossiers', params: { part: 'fixity' } };
  return dossier === null ? null : { section: 'dossiers', params: { id: dossier } };
}

export type RemarkListProps = {
  readonly label: string;
  readonly remarks: readonly HandoverRemark[];
  /** what leads to the place where a remark is mended on this very screen; undefined when it is elsewhere */
  readonly mendHere?: (remark: HandoverRemark) => (() => void) | undefined;
};

/** What stands against packages, what stops first, each with its remedy and the way to where it is mended. */
export function RemarkList({ label, remarks, mendHere }: RemarkListProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [shown, setShown] = useState(shownAtOnce);
  const ordered = [...remarks.filter(({ stops }) => stops), ...remarks.filter(({ stops }) => !stops)];
  return (
    <>
      <ul className={styles.list} aria-label={label}>
        {ordered.slice(0, shown).map((remark) => (
          <Line key={remark.key} remark={remark} words={wordsOf(t, remark)} onMend={mendHere?.(remark)} />
        ))}
      </ul>
      {ordered.length > shown && (
        <div className={styles.more}>
          <Button size="small" onClick={() => { setShown(shown + 200); }}>
            {t('handover.remarks.more', { count: ordered.length - shown })}
          </Button>
        </div>
      )}
    </>
  );
}

function wordsOf(t: Formatter, remark: HandoverRemark): string {
  const code = String(remark.params['dossierCode'] ?? '');
  return remark.code === 'dossier' && code !== '' ? t('handover.remarks.of', { code, words: remarkWords(t, remark) }) : remarkWords(t, remark);
}

type LineProps = { readonly remark: HandoverRemark; readonly words: string; readonly onMend: (() => void) | undefined };

function Line({ remark, words, onMend }: LineProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const place = placeOf(remark);
  return (
    <li className={styles.line}>
      {remark.stops ? <Warning16Regular className={styles.stops} aria-hidden="true" /> : <Info16Regular className={styles.told} aria-hidden="true" />}
      <span className={styles.words}>
        <ForReaders>{t(remark.stops ? 'handover.remarks.stops' : 'handover.remarks.told')}</ForReaders> {words}
      </span>
      {onMend !== undefined && (
        <Button size="small" className={styles.mend} aria-label={t('handover.remarks.mendOf', { words })} onClick={onMend}>
          {t('handover.remarks.mend')}
        </Button>
      )}
      {onMend === undefined && place !== null && (
        <span className={styles.mend}>
          <AddressLink href={formatAddress(place.section, place.params)} onGo={() => { goTo(place.section, place.params); }}>
            {t(remark.stops ? 'handover.remarks.mend' : 'handover.remarks.see')}
            <ForReaders>{words}</ForReaders>
          </AddressLink>
        </span>
      )}
    </li>
  );
}
