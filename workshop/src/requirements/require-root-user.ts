import { advice } from "shared-native";

/**
 * @param program that the user has typed before the arguments
 * @throws {Error} when the user is not root, with what to type instead
 */
export function requireRootUser(program = "pnpm"): void {
  if (process.geteuid?.() === 0) return;
  throw new Error(advice.root([program, ...process.argv.slice(2)].join(" ")));
}
