import type { SearchHit } from '#contract';
import { formatAddress, goTo, type Section } from '../../foundations/address.ts';

type Where = Pick<SearchHit, 'id' | 'register'>;

function placeOf({ id, register }: Where): readonly [Section, Readonly<Record<string, string>>] {
  return register === 'incoming' ? ['incoming', { id }] : ['outbox', { tab: 'sent', document: id }];
}

/** Goes to a document where it lives. */
export function openDocument(where: Where): void {
  goTo(...placeOf(where));
}

/** The address of the same place. */
export function addressOfDocument(where: Where): string {
  return formatAddress(...placeOf(where));
}
