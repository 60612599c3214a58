import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours text for a terminal; leaves it alone in a pipe, and where NO_COLOR asks for that. */
export function paint(
  style: Style,
  text: string,
  stream: NodeJS.WriteStream = process.stdout,
): string {
  return hasColors(stream) ? styleText(style, text, { validateStream: false }) : text;
}

function hasColors(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return stream.isTTY && TERM !== "dumb";
}
