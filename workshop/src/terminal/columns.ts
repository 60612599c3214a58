/** Returns the width of the terminal in columns: 80 in a pipe, and where a terminal tells none. */
export function columns(): number {
  return process.stdout.columns || 80;
}

/** Tells whether the terminal is narrow, as half a screen beside an editor is. */
export function isNarrow(): boolean {
  return columns() < 60;
}
