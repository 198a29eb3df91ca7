import type { HostTable } from '../ports.ts';

/**
 * Host names that certificates carry and that do not answer outside the government's own network (signing.md §1.3,
 * second-hand). The office's settings may replace the table.
 */
export const usualHosts: HostTable = { 'ocsp.ca.ptc': 'ocsp.ca.gov.vn' };

/**
 * The address to ask instead of one that a certificate names; undefined for one that is not http or https, such as LDAP,
 * which nobody here speaks.
 */
export function reachable(url: string, hosts: HostTable): string | undefined {
  const parsed = URL.parse(url.trim());
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return undefined;
  const other = Object.hasOwn(hosts, parsed.host) ? hosts[parsed.host] : undefined;
  if (other !== undefined) parsed.host = other;
  return parsed.href;
}
