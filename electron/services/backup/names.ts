/*
 * <chosen folder>/Tram-Van-thu-sao-luu/<station>/
 *   blobs/ab/ab12…             stored files as the station has them (encrypted), shared by all generations
 *   generations/<generation>/  station.db, key.json, files.txt, manifest.json
 *   writing.lock, restored.json
 * A station's folder is named by its key: who has another key has another folder, and two stations never meet in one.
 * Without imports: the threads that copy files load no more than they need.
 */

export const rootName = 'Tram-Van-thu-sao-luu';
export const names = { database: 'station.db', key: 'key.json', files: 'files.txt', manifest: 'manifest.json', blobs: 'blobs', generations: 'generations', unfinished: 'unfinished', lock: 'writing.lock', restored: 'restored.json' } as const;

/**
 * The folder that somebody means who chose one: where he went on into the folders of the backups, the one that holds them.
 * Works on paths of either kind, whatever this machine's is.
 */
export function chosenPlace(folder: string): string {
  const [, above] = new RegExp(`^(.*?)[\\\\/]+${rootName}(?:[\\\\/].*)?$`, 'i').exec(folder) ?? [];
  if (above === undefined) return folder;
  return above === '' ? '/' : /^[A-Za-z]:$/.test(above) ? `${above}\\` : above;
}
