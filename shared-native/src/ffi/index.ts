import type { CArgument, CType, Driver } from "./driver.ts";
import { loadFfiNapi } from "./ffi-napi.ts";
import { loadKoffi } from "./koffi.ts";
import { loadNodeFfi } from "./node.ts";

const { isBuiltin } = process.getBuiltinModule("node:module");

/** Which FFI does the work: Node has one of its own from 26.1 on, and before that koffi does it. */
export const ffiName = process.env.WORKSHOP_FFI ?? (isBuiltin("node:ffi") ? "node:ffi" : "koffi");

let driver: Driver | undefined;

/**
 * Declares a function of libc that returns `int`. It is looked up at its first call.
 *
 * @param name its name in C
 * @param parameters its C types, in order
 */
export function bind(
  name: string,
  parameters: readonly CType[],
): (...values: CArgument[]) => number {
  let bound: ReturnType<Driver["bind"]> | undefined;
  return (...values) => {
    bound ??= loadedDriver().bind(name, parameters);
    return bound(...values);
  };
}

/** The `errno` of the last call: read it at once, before anything else runs. */
export function errno(): number {
  return loadedDriver().errno();
}

/** Loads it at the first call: what only imports this package also runs where there is no FFI. */
function loadedDriver(): Driver {
  driver ??= loadDriver(ffiName);
  return driver;
}

function loadDriver(name: string): Driver {
  if (name === "node:ffi") return loadNodeFfi();
  if (name === "koffi") return loadKoffi();
  if (name === "ffi-napi") return loadFfiNapi();
  throw new RangeError(`WORKSHOP_FFI=${name}: type node:ffi, koffi or ffi-napi`);
}
