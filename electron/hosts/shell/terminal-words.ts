/**
 * The words of a `tvt` call, when the program was started as `--tvt -- WORDS`; undefined when it shall open its window. What
 * stands behind `--` is no switch for the engine.
 */
export function terminalWords(words: readonly string[]): readonly string[] | undefined {
  const [at, end] = [words.indexOf('--tvt'), words.indexOf('--')];
  if (at === -1 || (end !== -1 && end < at)) return undefined;
  const rest = words.slice(at + 1);
  return rest[0] === '--' ? rest.slice(1) : rest;
}
