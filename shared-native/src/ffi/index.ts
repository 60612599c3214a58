import type { CArgument, CType, Driver } from "./driver.ts";

const { isBuiltin } = process.getBuiltinModule("node:module");

/** Which FFI does the work: Node has one of its own from 26.1 on, and before that koffi does it. */
export const ffiName = process.env.WORKSHOP_FFI ?? (isBuiltin("node:ffi") ? "node:ffi" : "koffi");

const { driver } = await chooseDriver(ffiName);

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
    bound ??= driver.bind(name, parameters);
    return bound(...values);
  };
}

/** The `errno` of the last call: read it at once, before anything else runs. */
export function errno(): number {
  return driver.errno();
}

function chooseDriver(name: string): Promise<{ driver: Driver }> {
  if (name === "node:ffi") return import("./node.ts");
  if (name === "koffi") return import("./koffi.ts");
  if (name === "ffi-napi") return import("./ffi-napi.ts");
  throw new RangeError(`WORKSHOP_FFI=${name}: type node:ffi, koffi or ffi-napi`);
}
