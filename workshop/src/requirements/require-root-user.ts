/**
 * @param program that the user has typed before the arguments
 * @throws {Error} when the user is not root, with what to type instead
 */
export function requireRootUser(program = "pnpm"): void {
  if (process.geteuid?.() !== 0) {
    // pnpm may be in a folder of the user's own, where sudo does not look.
    const again = [`sudo env PATH=$PATH ${program}`, ...process.argv.slice(2)].join(" ");
    throw new Error(`this needs root: type "${again}"`);
  }
}
