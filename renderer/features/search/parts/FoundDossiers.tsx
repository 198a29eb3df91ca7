import { useState, type ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useAsk } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { addressOfDossier, DossierHitRow, openDossier } from './DossierHitRow.tsx';

const useStyles = makeStyles({
  box: { padding: '6px 12px 8px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2, flexShrink: 0, maxHeight: '40%', overflowY: 'auto' },
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '8px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  link: {
    display: 'block',
    padding: '4px 6px',
    margin: '0 -6px',
    color: 'inherit',
    textDecorationLine: 'none',
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
});

const atFirst = 2;
const most = 20;

/** The dossiers whose code or title has what was typed, above the documents; a few, and the others behind a button. */
export function FoundDossiers({ text }: { readonly text: string }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const [all, setAll] = useState(false);
  const found = useAsk('dossiers', 'find', { text: text.slice(0, 500), limit: most }, { enabled: text.trim() !== '', keepFormer: true, fresh: true });
  const items = text.trim() === '' ? [] : (found.data?.items ?? []);
  if (items.length === 0) return null;
  return (
    <section className={styles.box} aria-label={t('find.dossiers')}>
      <div className={styles.head}>
        <span>{t('find.dossiersFound', { count: items.length, more: found.data?.more === true ? 'yes' : 'no' })}</span>
        {items.length > atFirst && (
          <Button
            size="small"
            appearance="subtle"
            aria-expanded={all}
            onClick={() => {
              setAll(!all);
            }}
          >
            {t(all ? 'dossiers.remarks.less' : 'dossiers.remarks.more', { count: items.length - atFirst })}
          </Button>
        )}
      </div>
      <ul className={styles.list}>
        {items.slice(0, all ? most : atFirst).map((hit) => (
          <li key={hit.id}>
            <a
              className={styles.link}
              href={addressOfDossier(hit)}
              onClick={(event) => {
                event.preventDefault();
                openDossier(hit);
              }}
            >
              <DossierHitRow hit={hit} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
