import type { CType, Driver } from "./driver.ts";

// Here, not on top: in one file with the other drivers it would be loaded before it is chosen.
const { default: koffi } = await import("koffi");

const type: Record<CType, string> = {
  int: "int",
  "unsigned int": "uint",
  "unsigned long": "ulong",
  size_t: "size_t",
  string: "str",
};

export const driver: Driver = {
  bind(name, parameters) {
    // null is dlopen's NULL: the running program, and with it the libc that Node itself uses.
    const libc = koffi.load(null);
    const types = parameters.map((parameter) => type[parameter]);
    return libc.func(name, "int", types);
  },
  errno: () => koffi.errno(),
};
