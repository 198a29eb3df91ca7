import type { AxisSettings } from '#contract';
import type { Clock } from '../../../foundation/clock.ts';
import type { AxisSecrets } from '../../settings/index.ts';
import type { AxisTransport, HttpPort } from '../ports.ts';
import { lgspTransport } from './lgsp-rest.ts';
import { vxpTransport } from './vxp.ts';

/** The transport for the present settings, of the kind they name. */
export type TransportOf = (axis: AxisSettings, secrets: AxisSecrets) => AxisTransport;

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
    const allowPlainHttp = axis.plainHttpHosts.includes(new URL(endpoint).hostname);
    const common = { endpoint, systemId, secret: secrets.secret, allowPlainHttp, ...ports };
    const transport =
      axis.kind === 'vxp'
        ? vxpTransport(common)
        : lgspTransport({ ...common, username, applicationCode, password: secrets.password });
    last = { settings, transport };
    return transport;
  };
}
