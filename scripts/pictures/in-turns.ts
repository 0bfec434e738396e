/** Runs tasks, so many at a time; their results in the order of the tasks. */
export async function inTurns<T>(tasks: readonly (() => Promise<T>)[], atOnce: number): Promise<T[]> {
  const results: T[] = [];
  const waiting = tasks.entries();
  const lane = async (): Promise<void> => {
    for (const [i, task] of waiting) results[i] = await task();
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}
