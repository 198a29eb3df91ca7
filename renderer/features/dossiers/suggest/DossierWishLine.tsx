import type { ReactNode } from 'react';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { FolderAdd16Regular, FolderOpen16Regular } from '@fluentui/react-icons';
import { useWords } from '../../../i18n/use-words.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { whyWords } from '../parts/dossier-words.ts';
import type { DossierWish } from './use-dossier-wish.ts';

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300 },
  said: { display: 'flex', gap: '6px', alignItems: 'flex-start', flexBasis: '100%', minWidth: 0 },
  icon: { color: tokens.colorNeutralForeground2, flexShrink: 0, marginTop: '2px' },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  other: { minWidth: 0, maxWidth: '180px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', display: 'inline-block' },
});

const others = 2;

export type DossierWishLineProps = {
  readonly wish: DossierWish;
  /** the best one alone, where there is little room */
  readonly brief?: boolean;
};

/** Where a document may go once it is registered, in one quiet line: a key takes it, the same key leaves it. */
export function DossierWishLine({ wish, brief = false }: DossierWishLineProps): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const { chosen, suggestions } = wish;
  const best = chosen ?? suggestions[0];
  if (best === undefined) return null;
  return (
    <div role="group" aria-label={t('dossiers.line')} className={styles.line}>
      <span className={styles.said} aria-live="polite">
        {chosen === null ? <FolderAdd16Regular className={styles.icon} aria-hidden="true" /> : <FolderOpen16Regular className={styles.icon} aria-hidden="true" />}
        <span className={styles.words}>
          {t(chosen !== null ? 'dossiers.wish.chosen' : best.dossier === null ? 'dossiers.line.suggestedNew' : 'dossiers.line.suggested', { code: best.notation, title: best.title })}{' '}
          {chosen === null && <span className={styles.quiet}>{t('dossiers.line.why', { why: whyWords(t, best, 1) })}</span>}
        </span>
      </span>
      <Button size="small" aria-keyshortcuts="Alt+H" aria-pressed={chosen !== null} onClick={wish.toggle}>
        {t(chosen === null ? 'dossiers.wish.take' : 'dossiers.wish.leave')}
        <KeyHint keys="Alt+H" inButton />
      </Button>
      {suggestions
        .filter((one) => one !== best && (one.dossier ?? one.entry) !== (best.dossier ?? best.entry))
        .slice(0, brief ? 0 : others)
        .map((one) => (
          // Not on the way of the tabulator from field to field.
          <Button key={`${one.dossier ?? ''} ${one.entry ?? ''}`} size="small" appearance="subtle" tabIndex={-1} title={`${one.notation} ${one.title} · ${whyWords(t, one)}`} onClick={() => { wish.choose(one); }}>
            <span className={styles.other}>
              {one.notation} {one.title}
            </span>
          </Button>
        ))}
    </div>
  );
}
