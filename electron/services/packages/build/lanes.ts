/** Works on several things at once, begun in their order. The first failure ends all, when what was begun has ended. */
export async function inLanes<T>(things: readonly T[], lanes: number, work: (thing: T) => Promise<void>): Promise<void> {
  const waiting = things.values();
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (const thing of waiting) {
      if (failures.length > 0) return;
      await work(thing).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failures.length > 0) throw failures[0];
}
