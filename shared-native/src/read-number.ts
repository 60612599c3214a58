const UNITS: Record<string, number> = { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/**
 * Reads the number that somebody has typed for an option: "50M" is 50 times 1024 times 1024.
 *
 * @param option its name, for the message
 * @param text what was typed
 * @param least the smallest number that it takes, as one would type it
 * @param most the largest
 * @param example one that is right: without a dot, only whole numbers are
 * @throws {Error} for anything else, with what to type
 */
export function readNumber(
  option: string,
  text: string,
  { least, most, example }: { least: string; most: string; example: string },
): number {
  const number = parse(text);
  const isInside = number >= parse(least) && number <= parse(most);
  if (isInside && (example.includes(".") || Number.isInteger(number))) return number;
  throw new Error(
    `${option}=${text}: type a number from ${least} to ${most}, such as ${option}=${example}`,
  );
}

/** Returns NaN for what is no number. */
function parse(text: string): number {
  const [, digits, unit = ""] = /^(\d+\.?\d*|\.\d+)([KMG]?)B?$/i.exec(text) ?? [];
  const number = Number(digits) * (UNITS[unit.toUpperCase()] ?? 1);
  return unit === "" ? number : Math.floor(number);
}
