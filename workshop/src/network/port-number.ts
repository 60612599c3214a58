import { InvalidArgumentError } from "commander";

/** Reads the port that a user types. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65536) return port;
  throw new InvalidArgumentError("it should be a number up to 65535.");
}
