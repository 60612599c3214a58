import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as v from "valibot";
import { type Config, configSchema } from "./config.ts";
import { type Process, processSchema } from "./process.ts";

/**
 * Reads the config.json of a bundle. Whatever is in there, nothing has been touched yet.
 *
 * @param bundle the folder
 * @throws {Error} with the place in the file, and what should be there
 */
export function readConfig(bundle: string): Config {
  return read(path.join(bundle, "config.json"), configSchema);
}

/** Reads a file with nothing but a process, as exec gets it. */
export function readProcess(file: string): Process {
  return read(file, processSchema);
}

function read<Schema extends v.GenericSchema>(file: string, schema: Schema): v.InferOutput<Schema> {
  const result = v.safeParse(schema, parse(file), { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = issue.path?.map(({ key }) => key).join(".") ?? "";
  // "Invalid type: Expected string but received 42"
  const message = issue.message.replace(/^Invalid \w+: /, "").slice(0, 200);
  throw new Error(`${file}: ${place || "the whole file"}: ${message}`);
}

function parse(file: string): unknown {
  if (!existsSync(file)) {
    throw new Error(`there is no file ${file}: type --bundle, and the folder of a config.json`);
  }
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text, wholeNumbers);
  } catch (error) {
    const [reason = ""] = (error as Error).message.split("\n");
    throw new Error(`${file}: this is no JSON: ${reason}`, { cause: error });
  }
}

/** Keeps all digits of a number of 64 bits: in JavaScript, numbers have 53. */
function wholeNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isLarge = typeof value === "number" && !Number.isSafeInteger(value);
  return isLarge && /^-?\d{1,25}$/.test(context?.source ?? "")
    ? BigInt(context?.source ?? 0)
    : value;
}
