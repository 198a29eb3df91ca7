/** Every item of a list that is answered page by page. */
export async function everyPage<T>(page: (before: string | null) => Promise<readonly T[]>, idOf: (item: T) => string): Promise<T[]> {
  const all: T[] = [];
  for (let before: string | null = null; ; ) {
    const items: readonly T[] = await page(before);
    all.push(...items);
    const last: T | undefined = items.at(-1);
    if (last === undefined) return all;
    before = idOf(last);
  }
}
