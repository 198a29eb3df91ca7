import type { SearchHit } from '#contract';
import { formatAddress, goTo, type Section } from '../../foundations/address.ts';

type Where = Pick<SearchHit, 'id' | 'register' | 'standing'>;

/** Under which tab of the outgoing documents a state is. */
const tabs: Readonly<Record<string, string>> = { numbered: 'issuing', sealed: 'issuing', issued: 'issued' };

function placeOf({ id, register, standing }: Where): readonly [Section, Readonly<Record<string, string>>] {
  return register === 'incoming' ? ['incoming', { id }] : ['outgoing', { tab: tabs[standing] ?? 'ended', id }];
}

/** Goes to a document where it lives. */
export function openDocument(where: Where): void {
  goTo(...placeOf(where));
}

/** The address of the same place. */
export function addressOfDocument(where: Where): string {
  return formatAddress(...placeOf(where));
}
