/** One row of the table in docs/dependencies.md. */
export type DependencyRow = {
  readonly name: string;
  /** rooms that may import it, e.g. `services` or `hosts/desktop` */
  readonly places: readonly string[];
  readonly why: string;
  /** SPDX expression as the package states it */
  readonly licence: string;
  /** 1-based line in the document */
  readonly line: number;
};

/** The words that the "where" column knows, and the files each of them means. */
const placePatterns: Readonly<Record<string, string>> = {
  contract: '^electron/contract/',
  foundation: '^electron/foundation/',
  store: '^electron/store/',
  services: '^electron/services/',
  platform: '^electron/platform/',
  hosts: '^electron/hosts/',
  renderer: '^renderer/',
  native: '^native/',
  tools: '^(build/|[^/]+$)',
  tests: '^tests/',
};

/** The files a place means, as the source of a regular expression; undefined for an unknown word. */
export function placePattern(place: string): string | undefined {
  if (Object.hasOwn(placePatterns, place)) return placePatterns[place];
  const domain = /^(?:services|platform|hosts|native)\/[a-z0-9-]+$/.exec(place);
  if (domain === null) return undefined;
  return place.startsWith('native/') ? `^${place}(/|\\.ts$)` : `^electron/${place}(/|\\.ts$)`;
}

/** Reads the table `package | where | why | licence`. Rows of other tables are not looked at. */
export function parseDependencyTable(markdown: string): DependencyRow[] {
  const rows: DependencyRow[] = [];
  let inside = false;
  for (const [index, text] of markdown.split('\n').entries()) {
    const cells = text.trim().startsWith('|') ? text.trim().slice(1, -1).split('|').map((cell) => cell.trim()) : [];
    if (cells.length === 0) inside = false;
    else if (cells.join('|').toLowerCase() === 'package|where|why|licence') inside = true;
    else if (inside && !/^:?-+:?$/.test(cells[0] ?? '')) {
      const [name = '', where = '', why = '', licence = ''] = cells.map((cell) => cell.replaceAll('`', ''));
      rows.push({ name, places: where.split(',').map((place) => place.trim()), why, licence, line: index + 1 });
    }
  }
  return rows;
}
