import type koffiLibrary from "koffi";
import type { CType, Driver } from "./driver.ts";

const type: Record<CType, string> = {
  int: "int",
  "unsigned int": "uint",
  "unsigned long": "ulong",
  size_t: "size_t",
  string: "str",
};

export function loadKoffi(): Driver {
  const { createRequire } = process.getBuiltinModule("node:module");
  const koffi: typeof koffiLibrary = createRequire(import.meta.url)("koffi");
  return {
    bind(name, parameters) {
      // null is dlopen's NULL: the running program, and with it the libc that Node itself uses.
      const libc = koffi.load(null);
      const types = parameters.map((parameter) => type[parameter]);
      return libc.func(name, "int", types);
    },
    errno: () => koffi.errno(),
  };
}
