/**
 * What the other files use of Node's `fs`. An import of "node:fs" takes 2 ms of each start: Node then
 * loads all that `fs` has, and what that needs, down to the history of the REPL.
 */
export const {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  writeFileSync,
} = process.getBuiltinModule("node:fs");
