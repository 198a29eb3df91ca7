import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { MadePackage } from '#contract';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { sizeWords } from '../../files/index.ts';
import { ShowInFolder } from '../parts/ShowInFolder.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: '6px 0 0', padding: 0, display: 'flex', flexDirection: 'column', gap: '8px', maxHeight: '40vh', overflowY: 'auto' },
  item: { borderTop: `1px solid ${tokens.colorNeutralStroke3}`, paddingTop: '6px', overflowWrap: 'anywhere' },
  name: { fontWeight: tokens.fontWeightSemibold },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, userSelect: 'text' },
});

/** What was made: where it lies, what it is, and what the validator said of it after it was written. */
export function ResultSheet({ made }: { readonly made: readonly MadePackage[] }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const fit = made.every((one) => one.fit);
  return (
    <Notice tone={fit ? 'good' : 'attention'} live>
      {t(fit ? 'packing.made' : 'packing.madeUnfit', { count: made.length, folder: made[0]?.folder ?? '' })}
      <ul className={styles.list} aria-label={t('packing.result')} tabIndex={0}>
        {made.map((one) => {
          const params = { part: 'packages', tab: 'judge', path: one.path };
          return (
            <li key={one.objectId} className={styles.item}>
              <div className={styles.name}>
                {one.code} {one.title}
              </div>
              <div>
                {t('packing.resultLine', { documents: one.documents, files: one.files, size: sizeWords(t, one.bytes), fit: one.fit ? 'yes' : 'no', must: one.broken.must, should: one.broken.should })}{' '}
                <AddressLink href={formatAddress('dossiers', params)} onGo={() => { goTo('dossiers', params); }}>
                  {t('packing.lookAgain')}
                </AddressLink>{' '}
                <ShowInFolder path={one.path} name={one.code} />
              </div>
              {nameOf(one) !== one.objectId && <div className={styles.small}>{nameOf(one)}</div>}
              <div className={styles.small}>{t('packing.resultHash', { object: one.objectId, sha256: one.sha256 })}</div>
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}

/** Name of the folder or ZIP. */
function nameOf({ path }: MadePackage): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
