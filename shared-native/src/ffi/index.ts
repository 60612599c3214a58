import type { CArgument, CType, Driver } from "./driver.ts";

/** Which FFI library does the work: koffi, or ffi-napi where WORKSHOP_FFI asks for it. */
const { driver } = await chooseDriver(process.env.WORKSHOP_FFI ?? "koffi");

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
  if (name === "koffi") return import("./koffi.ts");
  if (name === "ffi-napi") return import("./ffi-napi.ts");
  throw new RangeError(`WORKSHOP_FFI=${name}: type koffi or ffi-napi`);
}
