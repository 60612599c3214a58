/** A pair of flags that is not combined with |. */
const WRONG_PAIR = /\b((?:CLONE|MS|MNT)_\w+)\s*(&&?|\|\|)\s*((?:\w+\.)?(?:CLONE|MS|MNT)_\w+)/;

/** The options of spawn, as they might be written. */
const OPTION = /\b(clone|unshare)(_?flags?)\b(?=\s*[:,}])/gi;

/**
 * Finds what can be seen from the code alone that keeps namespaces from being made: flags that are
 * not combined, and options that nobody reads.
 *
 * @param source without comments
 */
export function flawOf(source: string): string | undefined {
  const [pair, first, operator, second] = WRONG_PAIR.exec(source) ?? [];
  if (pair !== undefined) {
    const value = {
      "&": "has no flag at all",
      "&&": `is only ${second}`,
      "||": `is only ${first}`,
    };
    return `Flags are combined with |. ${pair} ${value[operator as keyof typeof value]}.`;
  }
  for (const [name, kind = ""] of source.matchAll(OPTION)) {
    const right = `${kind.toLowerCase()}flags`;
    if (!new RegExp(`\\b${right}\\b`).test(source))
      return `spawn does not know ${name}: the option is called ${right}.`;
  }
  if (/\b(clone|unshare)flags\b/.test(source) && lacksOurSpawn(source)) {
    return "The spawn that gets the flags is Node's own, which does not know them: import spawn from shared-native.";
  }
  return undefined;
}

/** Tells whether only Node's spawn can be meant: nobody calls ours. */
function lacksOurSpawn(source: string): boolean {
  if (!usesNodes(source)) return false;
  const imports = /import\s+(?:\{([^}]*)\}|\*\s+as\s+(\w+))\s+from\s*["']shared-native["']/g;
  return [...source.matchAll(imports)].every(([, names = "", all]) =>
    all === undefined ? !/\bspawn\b/.test(names) : !source.includes(`${all}.spawn`),
  );
}

/** Tells whether the code imports the module that has Node's own spawn. */
export function usesNodes(source: string): boolean {
  return /(?:from|import\()\s*["'](?:node:)?child_process["']/.test(source);
}
