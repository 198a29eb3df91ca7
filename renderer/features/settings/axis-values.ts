import type { AxisKind, AxisSettings, Contract, ElementOrderName, InputOf, ProxyKind } from '#contract';

/** The connection as it stands in the form: numbers and lists are texts there. */
export type AxisValues = {
  readonly kind: AxisKind;
  readonly elementOrder: ElementOrderName;
  readonly endpoint: string;
  readonly systemId: string;
  readonly username: string;
  readonly applicationCode: string;
  readonly pollSeconds: string;
  readonly plainHttpHosts: string;
  readonly proxy: ProxyKind;
  readonly proxyHost: string;
  readonly proxyPort: string;
  readonly proxyUser: string;
  readonly proxyBypass: string;
  readonly caPem: string;
  readonly sendTimeoutSeconds: string;
  readonly idleTimeoutSeconds: string;
  readonly retrySeconds: string;
  readonly maxTries: string;
};

/** What is being typed; the stored ones are never here. '' keeps them. */
export type AxisSecretValues = { readonly secret: string; readonly password: string; readonly proxyPassword: string };

export const noSecrets: AxisSecretValues = { secret: '', password: '', proxyPassword: '' };

/** Fields that a failure of the core may point at. */
export const axisFields = [
  'kind',
  'elementOrder',
  'endpoint',
  'plainHttpHosts',
  'systemId',
  'secret',
  'username',
  'password',
  'applicationCode',
  'proxy',
  'proxyHost',
  'proxyPort',
  'proxyUser',
  'proxyPassword',
  'proxyBypass',
  'caPem',
  'pollSeconds',
  'sendTimeoutSeconds',
  'idleTimeoutSeconds',
  'retrySeconds',
  'maxTries',
] as const;

/** The stored connection as the form shows it. */
export function valuesOf(axis: AxisSettings): AxisValues {
  return {
    kind: axis.kind,
    elementOrder: axis.elementOrder,
    endpoint: axis.endpoint,
    systemId: axis.systemId,
    username: axis.username,
    applicationCode: axis.applicationCode,
    pollSeconds: String(axis.pollSeconds),
    plainHttpHosts: axis.plainHttpHosts.join('\n'),
    proxy: axis.proxy,
    proxyHost: axis.proxyHost,
    proxyPort: String(axis.proxyPort),
    proxyUser: axis.proxyUser,
    proxyBypass: axis.proxyBypass.join('\n'),
    caPem: axis.caPem,
    sendTimeoutSeconds: String(axis.sendTimeoutSeconds),
    idleTimeoutSeconds: String(axis.idleTimeoutSeconds),
    retrySeconds: axis.retrySeconds.join(', '),
    maxTries: String(axis.maxTries),
  };
}

/** What is typed, as the contract wants it; its schema judges it. */
export function inputOf(
  values: AxisValues,
  secrets: AxisSecretValues,
  stored: AxisSettings,
): InputOf<Contract['station']['saveAxis']> {
  const { proxyHost, proxyPort, proxyUser, proxyBypass } = stored;
  // Fields that are not to be seen cannot be mended, so they stay as they were stored.
  const proxy =
    values.proxy === 'none'
      ? { proxyHost, proxyPort, proxyUser, proxyBypass }
      : {
          proxyHost: values.proxyHost.trim(),
          proxyPort: numberOf(values.proxyPort),
          proxyUser: values.proxyUser.trim(),
          proxyBypass: listOf(values.proxyBypass),
        };
  return {
    kind: values.kind,
    elementOrder: values.elementOrder,
    endpoint: values.endpoint.trim(),
    systemId: values.systemId.trim(),
    username: values.username.trim(),
    applicationCode: values.applicationCode.trim(),
    plainHttpHosts: listOf(values.plainHttpHosts),
    pollSeconds: numberOf(values.pollSeconds),
    proxy: values.proxy,
    ...proxy,
    caPem: values.caPem.trim(),
    sendTimeoutSeconds: numberOf(values.sendTimeoutSeconds),
    idleTimeoutSeconds: numberOf(values.idleTimeoutSeconds),
    retrySeconds: listOf(values.retrySeconds).map(Number),
    maxTries: numberOf(values.maxTries),
    secret: orNull(secrets.secret),
    password: orNull(secrets.password),
    proxyPassword: orNull(secrets.proxyPassword),
  };
}

/** Whether plain http is asked for by the address as it is typed. */
export function isPlainHttp(endpoint: string): boolean {
  return /^\s*http:/i.test(endpoint);
}

function listOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

function orNull(secret: string): string | null {
  return secret === '' ? null : secret;
}
