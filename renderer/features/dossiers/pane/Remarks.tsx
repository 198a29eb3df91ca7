import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { DossierDetail, DossierRemark } from '#contract';
import { useMemberPages } from '../../../bridge/dossier-cache.ts';
import { useAsk } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { openDocument } from '../../search/index.ts';
import { remarkWords } from '../parts/dossier-words.ts';
import type { DossierAsk } from './DossierActs.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: '4px 0 0', padding: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  line: { display: 'flex', gap: '8px', alignItems: 'baseline', justifyContent: 'space-between' },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  mend: { whiteSpace: 'nowrap', flexShrink: 0 },
  place: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
});

const shownAtFirst = 3;

export type RemarksProps = { readonly dossier: DossierDetail; readonly onAsk: (what: DossierAsk) => void };

/** What is missing or wrong, each with the way to where it is mended. */
export function Remarks({ dossier, onAsk }: RemarksProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const remarks = useAsk('dossiers', 'check', { id: dossier.id }).data ?? [];
  const [all, setAll] = useState(false);
  const members = useMemberPages(dossier.id).data?.pages.flatMap((page) => page.items) ?? [];
  if (remarks.length === 0) return null;
  const shown = all ? remarks : remarks.slice(0, shownAtFirst);
  const mend = (remark: DossierRemark): (() => void) | null => {
    if (remark.code === 'empty') return dossier.may.includes('change') ? () => { onAsk('add'); } : null;
    if (remark.code === 'maker-missing' || remark.code === 'basis-missing') return dossier.may.includes('change') ? () => { onAsk('edit'); } : null;
    const member = members.find(({ id }) => id === remark.member);
    if (member === undefined || member.document === null || member.kind === 'file') return null;
    const where = { id: member.document, register: member.kind, standing: member.standing };
    return () => {
      openDocument(where);
    };
  };
  return (
    <Notice
      tone="attention"
      action={
        remarks.length > shownAtFirst && (
          <Button
            size="small"
            aria-expanded={all}
            onClick={() => {
              setAll(!all);
            }}
          >
            {t(all ? 'dossiers.remarks.less' : 'dossiers.remarks.more', { count: remarks.length - shownAtFirst })}
          </Button>
        )
      }
    >
      {t('dossiers.remarks.title', { count: remarks.length })}
      <ul className={styles.list} aria-label={t('dossiers.remarks')}>
        {shown.map((remark) => {
          const go = mend(remark);
          return (
            <li key={remark.key} className={styles.line}>
              <span className={styles.words}>
                {remark.ordinal !== null && <span className={styles.place}>{remark.ordinal}. </span>}
                {remarkWords(t, remark)}
              </span>
              {go !== null && (
                <Button size="small" appearance="subtle" className={styles.mend} aria-label={t('dossiers.remarks.mendOf', { what: remarkWords(t, remark) })} onClick={go}>
                  {t('dossiers.remarks.mend')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
