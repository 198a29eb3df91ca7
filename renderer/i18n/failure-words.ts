import { Role, type OutboxFailure } from '#contract';
import { isMessageKey } from './catalogue.ts';
import type { Formatter, MessageParams } from './formatter.ts';

/**
 * The sentence for a failure code: the one written for its cause if there is one (`failure.<code>.<errorCode>`: a proxy, a
 * certificate), else the one for this place (`failure.<place>.<code>`), else the general one, else the sentence for a
 * code we have no words for yet, which names it.
 */
export function failureWords(
  t: Formatter,
  failure: {
    readonly code: string;
    readonly params?: Readonly<Record<string, string | number>>;
    readonly incident?: string;
  },
  place?: string,
): string {
  const roles = failure.code === 'not-allowed' ? { roles: roleWords(t, String(failure.params?.['roles'] ?? '').split(' ')) } : {};
  const params: MessageParams = { incident: failure.incident ?? '–', code: failure.code, ...failure.params, ...roles };
  const cause = String(failure.params?.['errorCode'] ?? '');
  const keys = [`failure.${failure.code}.${cause}`, `failure.${place ?? ''}.${failure.code}`, `failure.${failure.code}`];
  for (const key of keys) {
    if (isMessageKey(key)) {
      try {
        return t(key, params);
      } catch {
        // A parameter the sentence needs did not come; the general sentence below needs none but the code.
      }
    }
  }
  return t('failure.unknown', params);
}

/** Roles in words, parted by commas. */
export function roleWords(t: Formatter, roles: readonly string[]): string {
  return roles
    .map((role) => Role.safeParse(role))
    .flatMap((role) => (role.success ? [t(`role.${role.data}`)] : []))
    .join(', ');
}

/** Why a row of the outbox waits or stopped, in words. */
export function outboxFailureWords(t: Formatter, code: OutboxFailure): string {
  return t(`outboxFailure.${code}`);
}
