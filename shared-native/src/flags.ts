/**
 * The names of the flags that are set, as runc and strace print them.
 *
 * @param flags a bit mask
 * @param names the module with the flags' constants
 * @returns for example "MS_REC|MS_PRIVATE", "0" for none
 */
export function flagNames(flags: number, names: Record<string, number>): string {
  const set = Object.entries(names)
    .filter(([, flag]) => flags & flag)
    .sort(([, a], [, b]) => a - b);
  return set.map(([name]) => name).join("|") || "0";
}

/**
 * Refuses a mask with a bit that has no name here.
 *
 * @param flags a bit mask
 * @param names the module with the flags' constants
 * @param what the parameter's name, for the message
 * @throws {RangeError} naming the unknown bits
 */
export function checkFlags(flags: number, names: Record<string, number>, what: string): void {
  const known = Object.values(names).reduce((mask, flag) => mask | flag, 0);
  if (Number.isInteger(flags) && flags >= 0 && flags <= 0x7fffffff && (flags & ~known) === 0)
    return;
  const unknown = Number.isInteger(flags)
    ? `0x${(flags & ~known || flags).toString(16)}`
    : String(flags);
  throw new RangeError(
    `${what}: unknown flag ${unknown}, known are ${Object.keys(names).join(", ")}`,
  );
}
