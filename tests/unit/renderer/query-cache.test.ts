import { QueryObserver, type QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';

// As in parts.test.ts: the window's pure parts are loaded by name and given their types here.
const { createCache } = (await import(new URL('../../../renderer/bridge/query-cache.ts', import.meta.url).href)) as { createCache: () => QueryClient };

test('an answer that was on its way for the first time when its matter changed is asked for once more', async () => {
  const cache = createCache();
  const answers: ((value: string) => void)[] = [];
  const queryFn = (): Promise<string> => new Promise((resolve) => answers.push(resolve));
  const seen: (string | undefined)[] = [];
  const end = new QueryObserver(cache, { queryKey: ['verdict'], queryFn }).subscribe(({ data }) => seen.push(data));
  await expect.poll(() => answers.length).toBe(1);
  void cache.invalidateQueries({ queryKey: ['verdict'] });
  answers[0]?.('being looked at');
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.('valid');
  await expect.poll(() => seen.at(-1)).toBe('valid');
  // One that is there is asked for once.
  const again = cache.invalidateQueries({ queryKey: ['verdict'] });
  await expect.poll(() => answers.length).toBe(3);
  answers[2]?.('valid');
  await again;
  expect(answers).toHaveLength(3);
  end();
  cache.clear();
});
