import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Options whose value stands in the next word. */
const withValue = ['--profile', '--office'];
/** A hand that drops more has chosen wrongly. */
const most = 50;

/**
 * The edXML files among the words of a start, as absolute paths: what Explorer and a terminal pass as a path, file managers
 * of Linux may pass as an address (`%U`, Desktop Entry Specification). Other words are the program's or the engine's.
 */
export function filesToOpen(words: readonly string[], folder: string): string[] {
  const named = words.filter((word, at) => !word.startsWith('-') && !withValue.includes(words[at - 1] ?? '') && /\.edxml$/i.test(word));
  return [...new Set(named.flatMap((word) => pathOf(word, folder)))].slice(0, most);
}

/** The same as another start of the program sent it; anything else is nothing. */
export function filesSent(data: unknown): string[] {
  const files = typeof data === 'object' && data !== null && 'files' in data ? data.files : [];
  return Array.isArray(files) ? files.filter((one) => typeof one === 'string').slice(0, most) : [];
}

function pathOf(word: string, folder: string): string[] {
  if (!/^file:/i.test(word)) return [resolve(folder, word)];
  try {
    return [fileURLToPath(word)];
  } catch {
    // An address of another machine, or one that is none.
    return [];
  }
}
