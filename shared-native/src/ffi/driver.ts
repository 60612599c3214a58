/** The C types that the bindings of this package use. */
export type CType = "int" | "unsigned int" | "unsigned long" | "size_t" | "string";

export type CArgument = number | string | null;

/** What this package needs of an FFI library, and all that the rest of it knows of one. */
export interface Driver {
  /** Finds a function of libc that returns `int`. */
  bind(name: string, parameters: readonly CType[]): (...values: CArgument[]) => number;
  /** The `errno` that the last call left behind on this thread. */
  errno(): number;
}
