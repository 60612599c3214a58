import type { CArgument, CType, Driver } from "./driver.ts";

const type = {
  int: "i32",
  "unsigned int": "u32",
  "unsigned long": "u64",
  size_t: "u64",
  string: "string",
} as const satisfies Record<CType, string>;

export function loadNodeFfi(): Driver {
  const ffi = withoutItsWarning(() => process.getBuiltinModule("node:ffi"));
  // null is dlopen's NULL: the running program, and with it the libc that Node itself uses.
  const { lib: libc, functions } = ffi.dlopen(null, {
    __errno_location: { arguments: [], return: "pointer" },
  });
  // Where C's macro `errno` looks: it stays the same for as long as the thread lives.
  const errnoLocation = functions.__errno_location();
  return {
    bind(name, parameters) {
      const types = parameters.map((parameter) => type[parameter]);
      const bound = libc.getFunction(name, { arguments: types, return: "i32" });
      // Node wants 64 bits as bigint
      return (...values) =>
        bound(...values.map((value, i) => (types[i] === "u64" ? wide(value) : value)));
    },
    errno: () => ffi.getInt32(errnoLocation),
  };
}

function wide(value: CArgument | undefined): bigint {
  return BigInt(value ?? 0);
}

/** Node says of some modules that they may change: this one's version is pinned, with Node's. */
function withoutItsWarning<Result>(load: () => Result): Result {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
