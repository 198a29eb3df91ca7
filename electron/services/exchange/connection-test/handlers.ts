import { fail, ok, type Contract, type Events, type Handlers, type SnapshotOf } from '#contract';
import { instantOf, type Clock } from '../../../foundation/clock.ts';
import type { Store } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf } from '../../people/index.ts';
import { axisSecrets, certificatesIn, readSettings } from '../../settings/index.ts';
import type { HttpPort } from '../ports.ts';
import type { LineProbe } from './probe.ts';
import { testConnection, usualLimits } from './run.ts';

type Progress = SnapshotOf<Events['connection']['progress']>;

export type ConnectionTestDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly http: HttpPort;
  readonly probe: LineProbe;
  /** practice profiles may try their own axis only, so that practice can never reach a real one */
  readonly practice: boolean;
  /** told after each step */
  readonly changed: () => void;
};

export type ConnectionTest = {
  readonly handlers: Handlers<Contract>['connection'];
  readonly progress: () => Progress;
};

/** Everything together; the contract promises it. */
const wholeMs = 90_000;

/** `connection.test`, one at a time, and `connection.stopTest`. Each test leaves an entry in the audit log. */
export function connectionTest(deps: ConnectionTestDeps): ConnectionTest {
  const { store, clock } = deps;
  let progress: Progress = { running: false, steps: [] };
  let stop: AbortController | null = null;

  function show(next: Progress): void {
    progress = next;
    deps.changed();
  }

  return {
    progress: () => progress,
    handlers: {
      test: async ({ secret, password, proxyPassword, ...axis }) => {
        if (stop !== null) return fail('test-running');
        const settings = readSettings(store.read);
        const actor = actorOf(store.read).name;
        if (deps.practice && (axis.endpoint !== settings.axis.endpoint || axis.proxy !== 'none')) return fail('practice-fixed');
        const authorities = certificatesIn(axis.caPem);
        if (!authorities.ok) return authorities;
        const stored = axisSecrets(store.read);
        const secrets = {
          secret: secret ?? stored.secret,
          password: password ?? stored.password,
          proxyPassword: proxyPassword ?? stored.proxyPassword,
        };
        stop = new AbortController();
        try {
          show({ running: true, steps: [] });
          const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(wholeMs)]);
          const report = await testConnection(
            { http: deps.http, probe: deps.probe, clock, limits: usualLimits },
            { axis, secrets, organId: settings.agency.organId },
            (steps) => {
              show({ running: true, steps: [...steps] });
            },
            signal,
          );
          store.write((db) => {
            appendAudit(db, {
              at: instantOf(clock),
              actor,
              action: 'connection.tested',
              subjectKind: 'settings',
              subjectId: 'axis',
              // Stored secrets may have gone to a host that was never saved: it must be traceable.
              detail: {
                kind: axis.kind,
                endpoint: axis.endpoint,
                proxy: axis.proxy === 'none' ? null : `${axis.proxyHost}:${axis.proxyPort}`,
                usable: report.usable,
                steps: Object.fromEntries(report.steps.map(({ step, finding }) => [step, finding])),
              },
            });
          });
          return ok(report);
        } finally {
          stop = null;
          show({ ...progress, running: false });
        }
      },
      stopTest: () => {
        stop?.abort();
        return ok({});
      },
    },
  };
}
