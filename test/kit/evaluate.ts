import { type Host, run, stageFolder } from "host";

/**
 * Runs code with shared-native in a process of its own on a disposable host, never in the test's.
 *
 * @param host where
 * @param body statements in a module; `native` is shared-native, `return` gives the result as JSON
 * @param prefix a command that starts Node with less: `setpriv …`, `unshare …`
 * @returns what the body returned, or `{ error }` with the fields of what it threw
 */
export async function evaluate(host: Host, body: string, prefix: string[] = []): Promise<unknown> {
  const code = `
    import * as native from "shared-native";
    import fs from "node:fs";
    const body = async () => { ${body} };
    const done = await body().catch(({ name, code, errno, syscall, message }) =>
      ({ error: { name, code, errno, syscall, message } }));
    process.stdout.write(JSON.stringify(done ?? null));`;
  const node = [
    process.execPath,
    "--import",
    "shared-native/typescript.cjs",
    "--input-type=module",
    "-e",
  ];
  // The folder of a stage, as that is from where shared-native is found.
  const { stdout, stderr, status, signal } = await run([
    ...host.enter(stageFolder("01-uts")),
    ...prefix,
    ...node,
    code,
  ]);
  if (status !== 0) throw new Error(`exit status ${status ?? signal}: ${stderr}`);
  return JSON.parse(stdout);
}
