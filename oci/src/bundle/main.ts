// runc spec, and docker export
// pnpm --filter 13-oci bundle <command> [args…]
import path from "node:path";
import { oneLineErrors } from "shared-native";
import { BUNDLE, makeRoot, writeConfig } from "./make-bundle.ts";

oneLineErrors();
const args = process.argv.slice(2);
if (!args[0] || args[0].startsWith("-")) {
  console.error("usage: pnpm --filter 13-oci bundle <command> [args…]");
  process.exit(2);
}
makeRoot();
writeConfig(BUNDLE, args);
const shown = path.relative(process.env.INIT_CWD ?? ".", BUNDLE);
const runtime = path.relative(process.env.INIT_CWD ?? ".", path.resolve("runtime"));
console.log(`The bundle is in ${shown}. Three runtimes run it:`);
for (const each of ["runc", "crun", runtime]) console.log(`  ${each} run --bundle ${shown} hello`);
