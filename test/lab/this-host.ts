import type { Host } from "../host/open-host.ts";
import { run } from "../host/run.ts";

/** The machine itself, which may be spoilt: it is thrown away after the tests. */
export const thisHost: Host = {
  pid: process.pid,
  enter: (folder = "/") => ["env", `--chdir=${folder}`],
  run: (...command) => run(command),
};
