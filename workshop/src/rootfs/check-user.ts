/** @throws {Error} when the user may not make device nodes, with what to type instead */
export function checkUser(): void {
  if (process.geteuid?.() !== 0) {
    // pnpm may be in a folder of the user's own, where sudo does not look.
    const again = ["sudo env PATH=$PATH pnpm", ...process.argv.slice(2)].join(" ");
    throw new Error(`this needs root: type "${again}"`);
  }
}
