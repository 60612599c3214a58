import type { CArgument, CType, Driver } from "./driver.ts";

/** What is used of ffi-napi. It is an optional peer, so its own types may not be there. */
interface FfiNapi {
  Library(
    file: null,
    functions: Record<string, [result: string, parameters: string[]]>,
  ): Record<string, (...values: CArgument[]) => number>;
  errno(): number;
}

const type: Record<CType, string> = {
  int: "int",
  "unsigned int": "uint",
  "unsigned long": "ulong",
  size_t: "size_t",
  string: "string",
};

export function loadFfiNapi(): Driver {
  const { createRequire } = process.getBuiltinModule("node:module");
  const ffi: FfiNapi = createRequire(import.meta.url)("@2060.io/ffi-napi");
  return {
    bind(name, parameters) {
      const types = parameters.map((parameter) => type[parameter]);
      // null is dlopen's NULL: the running program, and with it the libc that Node itself uses.
      const bound = ffi.Library(null, { [name]: ["int", types] })[name];
      if (bound === undefined) throw new TypeError(`libc has no function ${name}`);
      return bound;
    },
    errno: () => ffi.errno(),
  };
}
