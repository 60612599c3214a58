import module from "node:module";

/** The C types that the bindings use. */
type CType = "int" | "unsigned int" | "unsigned long" | "size_t" | "string" | "pointer";
type CFunction = (...values: (number | string | Uint8Array | null)[]) => number;

/** The parts of an FFI library that this package knows. */
interface Driver {
  /** Finds a function of libc that returns `int`. */
  bind(name: string, parameters: readonly CType[]): CFunction;
  /** Returns the `errno` that the last call left behind on this thread. */
  errno(): number;
  /** Returns where in memory its bytes are. */
  address(bytes: Uint8Array): number | bigint;
}

/** The name of the FFI that does the work: Node's own, from 26.1 on, and koffi before that. */
export const ffiName =
  process.env.WORKSHOP_FFI ?? (module.isBuiltin("node:ffi") ? "node:ffi" : "koffi");

const load: Record<string, () => Driver> = {
  "node:ffi": loadNodeFfi,
  koffi: loadKoffi,
  "ffi-napi": loadFfiNapi,
};
let driver: Driver | undefined;

/**
 * Declares a function of libc that returns `int`. It is looked up at its first call.
 *
 * @param name its name in C
 * @param parameters its C types, in order
 */
export function bind(name: string, parameters: readonly CType[]): CFunction {
  let bound: CFunction | undefined;
  return (...values) => {
    driver ??= loadDriver();
    bound ??= driver.bind(name, parameters);
    return bound(...values);
  };
}

/** Returns the `errno` of the last call: read it at once, before anything else runs. */
export function errno(): number {
  return driver?.errno() ?? 0;
}

/** Returns where in memory the bytes are, for a structure that points to them: keep them until it was used. */
export function addressOf(bytes: Uint8Array): bigint {
  driver ??= loadDriver();
  return BigInt(driver.address(bytes));
}

function loadDriver(): Driver {
  const chosen = load[ffiName];
  if (chosen) return chosen();
  throw new RangeError(`WORKSHOP_FFI=${ffiName}: type node:ffi, koffi or ffi-napi`);
}

// In all of them null is dlopen's NULL: the running program, and with it the libc that Node itself uses.

function loadNodeFfi(): Driver {
  const { emitWarning } = process;
  process.emitWarning = () => {}; // that this module may change: its version is pinned, with Node's
  const ffi = process.getBuiltinModule("node:ffi");
  process.emitWarning = emitWarning;
  const { lib: libc, functions } = ffi.dlopen(null, {
    __errno_location: { arguments: [], return: "pointer" },
  });
  const names = {
    int: "i32",
    "unsigned int": "u32",
    "unsigned long": "u64",
    size_t: "u64",
    string: "string",
    pointer: "pointer",
  } as const;
  // Where C's macro `errno` looks: it stays the same for as long as the thread lives
  const errnoLocation = functions.__errno_location();
  return {
    bind(name, parameters) {
      const types = parameters.map((parameter) => names[parameter]);
      const bound = libc.getFunction(name, { arguments: types, return: "i32" });
      // Node wants 64 bits as bigint
      return (...values) =>
        bound(...values.map((value, i) => (types[i] === "u64" ? BigInt(value as number) : value)));
    },
    errno: () => ffi.getInt32(errnoLocation),
    address: (bytes) => ffi.getRawPointer(bytes),
  };
}

function loadKoffi(): Driver {
  const koffi: typeof import("koffi") = module.createRequire(import.meta.url)("koffi");
  const libc = koffi.load(null);
  return {
    bind(name, parameters) {
      const types = parameters.map((parameter) => (parameter === "pointer" ? "void *" : parameter));
      return libc.func(name, "int", types);
    },
    errno: () => koffi.errno(),
    address: (bytes) => koffi.address(bytes),
  };
}

function loadFfiNapi(): Driver {
  const load = module.createRequire(import.meta.url);
  // An optional peer, so its own types may not be there
  const ffi: {
    Library(file: null, functions: object): Record<string, CFunction>;
    errno(): number;
  } = load("@2060.io/ffi-napi");
  // What it has for pointers
  const ref: Pick<Driver, "address"> = module.createRequire(load.resolve("@2060.io/ffi-napi"))(
    "@2060.io/ref-napi",
  );
  return {
    bind(name, parameters) {
      const types = parameters.map((parameter) => parameter.replace("unsigned ", "u"));
      const bound = ffi.Library(null, { [name]: ["int", types] })[name];
      if (bound === undefined) throw new TypeError(`libc has no function ${name}`);
      return bound;
    },
    errno: () => ffi.errno(),
    address: (bytes) => ref.address(bytes),
  };
}
