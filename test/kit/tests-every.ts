/** Says that all is tested, by `pnpm test:every`. Without it, `pnpm test` takes some for all. */
export const testsEvery = process.env.WORKSHOP_EVERY !== undefined;

/** Returns every fourth of a list, from its first on, or all of it. */
export function someOf<T>(list: T[]): T[] {
  return list.filter((_, index) => testsEvery || index % 4 === 0);
}
