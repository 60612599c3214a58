import * as v from "valibot";
import { absolute, list, notDone, string, whole } from "./checks.ts";
import { linuxSchema } from "./linux.ts";
import { processSchema } from "./process.ts";

const mount = v.object({
  destination: v.pipe(string, v.minLength(1)),
  source: v.optional(string),
  type: v.optional(string),
  options: list(string),
  uidMappings: notDone,
  gidMappings: notDone,
});

const hook = v.object({
  path: absolute,
  args: list(string),
  env: v.nullish(v.array(string)),
  timeout: v.nullish(whole(1, 86_400)),
});

const hooks = v.object({
  prestart: list(hook),
  createRuntime: list(hook),
  createContainer: list(hook),
  startContainer: list(hook),
  poststart: list(hook),
  poststop: list(hook),
});

/** config.json, as far as this runtime reads it: what the specification does not know, it leaves alone. */
export const configSchema = v.object({
  ociVersion: v.pipe(
    string,
    v.regex(/^1\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/, "Expected a version 1 of the specification"),
  ),
  root: v.object({
    path: v.pipe(string, v.minLength(1)),
    readonly: v.optional(v.boolean(), false),
  }),
  mounts: list(mount),
  // Without a program, a container can be created, but not started
  process: v.optional(processSchema),
  hostname: v.optional(v.pipe(string, v.maxBytes(64)), ""),
  domainname: v.optional(v.pipe(string, v.maxBytes(64)), ""),
  hooks: v.optional(
    v.pipe(
      v.unknown(),
      v.check((value) => !Array.isArray(value), "Expected an object"),
      v.nullable(hooks),
    ),
  ),
  annotations: v.nullish(v.record(v.pipe(string, v.minLength(1)), string)),
  linux: linuxSchema,
});

export type Config = v.InferOutput<typeof configSchema>;
export type Mount = v.InferOutput<typeof mount>;
export type Hook = v.InferOutput<typeof hook>;
export type Hooks = v.InferOutput<typeof hooks>;
