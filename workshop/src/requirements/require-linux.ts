import { advice } from "shared-native";

/** @throws {Error} on a system that has no containers, with what to do instead */
export function requireLinux(): void {
  if (process.platform !== "linux") throw new Error(advice.linux);
}
