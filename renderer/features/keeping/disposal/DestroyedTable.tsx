import type { ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { useKeepingPages } from '../../../bridge/keeping-cache.ts';
import { momentOf } from '../../../i18n/dates.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { SmallTable } from '../../legacy/index.ts';

/** The trace of what was destroyed: names and hashes stay. */
export function DestroyedTable({ disposal }: { readonly disposal: string }): ReactNode {
  const t = useWords();
  const pages = useKeepingPages('destroyed', { disposal });
  if (pages.data === undefined) return <Waiting label={t('common.loading')} />;
  const items = pages.data.pages.flatMap((page) => page.items);
  return (
    <>
      <SmallTable
        label={t('keeping.disposalTab.destroyed')}
        heads={[t('keeping.column.dossier'), t('keeping.destroyed.document'), t('keeping.destroyed.file'), t('keeping.destroyed.at'), 'SHA-256']}
        rows={items.map((one) => ({ key: one.id, cells: [one.dossierCode, one.about, one.contentStays ? t('keeping.destroyed.contentStays', { name: one.name }) : one.name, momentOf(one.destroyedAt), one.sha256] }))}
      />
      {pages.hasNextPage && (
        <div>
          <Button onClick={() => void pages.fetchNextPage()}>{t('keeping.more')}</Button>
        </div>
      )}
    </>
  );
}
