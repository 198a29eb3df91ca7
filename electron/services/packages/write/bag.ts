import type { PackageContent } from '../model.ts';
import { localTime, objectIdOf } from './ids.ts';
import { factOf } from './mets-parts.ts';
import type { Facts } from './placed.ts';

/** bagit.txt (RFC 8493 §2.1.1). */
export const bagDeclaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** bag-info.txt (RFC 8493 §2.2.2). `payload`: paths in data/. */
export function bagInfo(content: PackageContent, label: string, payload: readonly string[], facts: Facts): string {
  const octets = payload.reduce((sum, path) => sum + factOf(facts, path).size, 0);
  const lines: readonly (readonly [name: string, value: string])[] = [
    ['Source-Organization', content.sender.name],
    ['External-Identifier', objectIdOf(content)],
    ['External-Description', label],
    ['Bagging-Date', localTime(content.createdAt).slice(0, 10)],
    ['Bag-Software-Agent', `${content.software.name} ${content.software.version}`],
    ['Payload-Oxum', `${String(octets)}.${String(payload.length)}`],
  ];
  return lines.map(([name, value]) => `${name}: ${value.replaceAll(/\s+/g, ' ')}\n`).join('');
}

/** A manifest (RFC 8493 §2.1.3), which `sha256sum -c` reads too. Our names are ASCII and need no escapes. */
export function* manifest(paths: readonly string[], facts: Facts): Generator<string> {
  for (const path of paths) yield `${factOf(facts, path).sha256}  ${path}\n`;
}
