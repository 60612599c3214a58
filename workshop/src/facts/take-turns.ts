/**
 * Returns a function that starts things, so many at a time: the others wait for their turn, in the order
 * in which they were asked for.
 */
export function takeTurns(places: number): <T>(start: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (start) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await start();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
