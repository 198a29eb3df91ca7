import { Fragment, type ReactNode } from 'react';
import { useAsk } from '../../../bridge/methods.ts';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';

export type AnsweredLineProps = { readonly outgoing: string; readonly className?: string | undefined };

/** Which received documents one of ours answers, each with its link; nothing when it answers none. */
export function AnsweredLine({ outgoing, className }: AnsweredLineProps): ReactNode {
  const t = useWords();
  const answered = useAsk('handling', 'answeredBy', { outgoing }).data ?? [];
  if (answered.length === 0) return null;
  return (
    <span className={className}>
      {t('answered.label')}{' '}
      {answered.map((one, index) => (
        <Fragment key={one.id}>
          {index > 0 && ', '}
          <AddressLink
            href={formatAddress('incoming', { id: one.id })}
            onGo={() => {
              goTo('incoming', { id: one.id });
            }}
          >
            {one.code}
          </AddressLink>
        </Fragment>
      ))}
    </span>
  );
}
