import type { ReactNode } from 'react';
import { formatAddress, goTo } from '../../../foundations/address.ts';
import { AddressLink } from '../../../ui/AddressLink.tsx';

/** A dossier by its code and title, leading to it. */
export function DossierLink({ id, code, title }: { readonly id: string; readonly code: string; readonly title: string }): ReactNode {
  return (
    <AddressLink href={formatAddress('dossiers', { id })} onGo={() => { goTo('dossiers', { id }); }}>
      {code} {title}
    </AddressLink>
  );
}
