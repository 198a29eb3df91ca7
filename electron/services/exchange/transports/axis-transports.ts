import type { AxisSettings } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import type { AxisSecrets } from '../../settings/index.ts';
import type { AxisTransport, HttpPort, HttpRoute } from '../ports.ts';
import { lgspTransport } from './lgsp-rest.ts';
import { vxpTransport } from './vxp.ts';

/** The settings that a connection is made of. */
export type AxisLine = Omit<AxisSettings, 'hasSecret' | 'hasPassword' | 'hasProxyPassword' | 'caCertificates'>;

/** The transport for the present settings, of the kind they name. */
export type TransportOf = (axis: AxisLine, secrets: AxisSecrets) => AxisTransport;

/**
 * Makes transports over one way to the network. While the settings stay, so does the transport: a broker's token lives
 * in it.
 */
export function axisTransports(ports: { readonly http: HttpPort; readonly clock: Clock }): TransportOf {
  let last: { readonly settings: string; readonly transport: AxisTransport } | undefined;
  return (axis, secrets) => {
    const settings = JSON.stringify([axis, secrets]);
    if (last?.settings === settings) return last.transport;
    const { endpoint, systemId, username, applicationCode } = axis;
    const common = {
      endpoint,
      systemId,
      secret: secrets.secret,
      allowPlainHttp: allowsPlainHttp(axis),
      clock: ports.clock,
      http: routed(ports.http, routeOf(axis, secrets)),
      timeoutMs: axis.sendTimeoutSeconds * 1000,
      idleMs: axis.idleTimeoutSeconds * 1000,
    };
    const transport =
      axis.kind === 'vxp'
        ? vxpTransport(common)
        : lgspTransport({ ...common, username, applicationCode, password: secrets.password });
    last = { settings, transport };
    return transport;
  };
}

/** Whether plain http is allowed for the host of the address. */
export function allowsPlainHttp(axis: Pick<AxisLine, 'endpoint' | 'plainHttpHosts'>): boolean {
  return axis.plainHttpHosts.includes(new URL(axis.endpoint).hostname);
}

/** The way to the network that the settings name. */
export function routeOf(axis: AxisLine, secrets: AxisSecrets): HttpRoute {
  const { proxyHost: host, proxyPort: port, proxyUser: user, proxyBypass: bypass, caPem } = axis;
  const proxy = axis.proxy === 'none' ? null : { host, port, user, password: secrets.proxyPassword, bypass };
  return { proxy, caPem };
}

/** Makes every call go the same way. */
export function routed(http: HttpPort, route: HttpRoute): HttpPort {
  return (request) => http({ ...request, route });
}
