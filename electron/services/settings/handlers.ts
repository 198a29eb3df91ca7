import { fail, ok, type Contract, type Handlers } from '#contract';
import { instantOf, type Clock } from '../../foundation/clock.ts';
import { afterCommit, type ReadDb, type Store } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { certificatesIn } from './certificates.ts';
import { readSettings, saveAxis, saveStation } from './settings.store.ts';

export type SettingsDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** practice profiles have a fixed agency and axis, so that practice can never reach a real one */
  readonly practice: boolean;
  /** name of who does it, for the log */
  readonly actor: (db: ReadDb) => string;
  /** told after a change stands */
  readonly changed: () => void;
};

/** `station.settings`, `saveStation` and `saveAxis`. */
export function settingsHandlers(
  deps: SettingsDeps,
): Pick<Handlers<Contract>['station'], 'settings' | 'saveStation' | 'saveAxis'> {
  const { store, clock } = deps;
  return {
    settings: () => ok(readSettings(store.read)),
    saveStation: ({ organId, name, operator }) => {
      if (deps.practice) return fail('practice-fixed');
      const at = instantOf(clock);
      store.write((db) => {
        // Before: the first entry of a new station would have no name.
        const actor = deps.actor(db) || operator;
        saveStation(db, { agency: { organId, name }, operator }, at);
        appendAudit(db, {
          at,
          actor,
          action: 'settings.station-saved',
          subjectKind: 'settings',
          subjectId: 'station',
          detail: { organId, name, operator },
        });
        afterCommit(db, deps.changed);
      });
      return ok(readSettings(store.read));
    },
    saveAxis: ({ secret, password, proxyPassword, ...axis }) => {
      if (deps.practice) return fail('practice-fixed');
      if (axis.endpoint !== '') {
        const url = new URL(axis.endpoint);
        if (url.protocol === 'http:' && !axis.plainHttpHosts.includes(url.hostname)) {
          return fail('plain-http-not-allowed', { field: 'endpoint', host: url.hostname });
        }
      }
      const authorities = certificatesIn(axis.caPem);
      if (!authorities.ok) return authorities;
      const at = instantOf(clock);
      store.write((db) => {
        saveAxis(db, { ...axis, secret, password, proxyPassword }, at);
        appendAudit(db, {
          at,
          actor: deps.actor(db),
          action: 'settings.axis-saved',
          subjectKind: 'settings',
          subjectId: 'axis',
          detail: {
            ...axis,
            // By name and fingerprint, not letter by letter.
            caPem: authorities.value.map(({ subject, fingerprint }) => `${subject} ${fingerprint}`),
            secretChanged: secret !== null,
            passwordChanged: password !== null,
            proxyPasswordChanged: proxyPassword !== null,
          },
        });
        afterCommit(db, deps.changed);
      });
      return ok(readSettings(store.read));
    },
  };
}
