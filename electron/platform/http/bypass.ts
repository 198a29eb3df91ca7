import { BlockList, isIP } from 'node:net';

/**
 * Whether a host is reached without the proxy. An entry is a name, `*.domain` or `.domain` (what is below it and the
 * domain itself), an address, or a range `address/bits`; `*` is everything. Names are compared as written, not looked up.
 */
export function bypasses(entries: readonly string[], hostname: string): boolean {
  const host = bare(hostname).toLowerCase();
  return entries.some((entry) => fits(entry.trim().toLowerCase(), host));
}

/** A host without the brackets that an address with colons has in a URL. */
export function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function fits(entry: string, host: string): boolean {
  if (entry === '*' || entry === host) return true;
  const [address = '', bits] = entry.split('/');
  if (bits !== undefined) return inRange(address, Number(bits), host);
  const suffix = entry.startsWith('*.') ? entry.slice(1) : entry;
  return suffix.startsWith('.') && (host.endsWith(suffix) || host === suffix.slice(1));
}

function inRange(address: string, bits: number, host: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0 || isIP(host) !== isIP(address)) return false;
  if (!Number.isInteger(bits) || bits < 0 || bits > (family === 'ipv6' ? 128 : 32)) return false;
  const range = new BlockList();
  range.addSubnet(address, bits, family);
  return range.check(host, family);
}
