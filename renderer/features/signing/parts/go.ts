import { SigningRole } from '#contract';
import { goTo, type Address } from '../../../foundations/address.ts';
import { wantListFocus } from '../../../ui/list-focus.ts';

/** Leads to the review of some documents that wait for a signature. */
export function goToSigning(role: SigningRole, ids: readonly string[]): void {
  goTo('signing', { role, ids: ids.join('.') });
  wantListFocus();
}

/** Which documents an address asks to review; null: none, so the last batch is shown. */
export function roundIn({ params }: Address): { readonly role: SigningRole; readonly ids: readonly string[] } | null {
  const role = SigningRole.safeParse(params['role']);
  const ids = (params['ids'] ?? '').split('.').filter((id) => id !== '');
  return role.success && ids.length > 0 ? { role: role.data, ids: [...new Set(ids)] } : null;
}
