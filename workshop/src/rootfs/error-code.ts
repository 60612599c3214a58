/** Returns the code of one of Node's system errors, such as "ENOENT". */
export function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
