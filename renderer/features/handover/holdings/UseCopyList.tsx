import type { ReactNode } from 'react';
import { makeStyles, tokens } from '@fluentui/react-components';
import type { UseCopy } from '#contract';
import { calendarDay, momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { sizeWords } from '../../files/index.ts';
import { ShowInFolder } from '../../packages/index.ts';

const useStyles = makeStyles({
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingInlineStart: '20px', overflowWrap: 'anywhere', display: 'flex', flexDirection: 'column', gap: '6px' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', userSelect: 'text' },
});

/** Who got what, when, what for and by whom; of a certified copy also its code and who signed its text. */
export function UseCopyList({ copies, heading: Heading }: { readonly copies: readonly UseCopy[]; readonly heading: 'h3' | 'h4' }): ReactNode {
  const styles = useStyles();
  const t = useWords();
  const title = t('holdings.copies', { count: copies.length });
  return (
    <>
      <Heading className={styles.title}>{title}</Heading>
      <ul className={styles.list} aria-label={title}>
        {copies.map((copy) => (
          <li key={copy.id}>
            {t('holdings.copy', {
              at: momentOf(copy.madeAt), recipient: copy.recipient.name, request: copy.request.id, whole: copy.whole ? 'yes' : 'no', documents: copy.documents, size: sizeWords(t, copy.bytes),
              by: copy.madeBy, until: copy.validUntil === null ? 'none' : calendarDay(copy.validUntil),
            })}
            {copy.certified !== null && <div>{t('holdings.copyCertified', { code: copy.certified.code, copies: copy.certified.copies, signer: copy.certified.signer, indication: copy.certified.indication })}</div>}
            <div className={styles.small}>
              {t('holdings.copyWhy', { purpose: t(`packing.purpose.${copy.request.purpose}`), content: copy.request.content, path: copy.path })} <ShowInFolder path={copy.path} name={copy.request.id} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
