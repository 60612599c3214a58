/**
 * Refuses what cannot be a C string: it ends at its first NUL byte, and libc would see only a part.
 *
 * @param value the string
 * @param what the function and parameter that it is for
 * @throws {TypeError} when it contains a NUL byte
 */
export function cString(value: string, what: string): string {
  if (!value.includes("\0")) return value;
  throw new TypeError(`${what}: ${JSON.stringify(value)} contains a NUL byte`);
}
