import path from "node:path";
import { ubuntuFs } from "host";
import { advice } from "shared-native";
import { hasDevices } from "../../requirements/root-file-system.ts";
import { runTool } from "../../rootfs/run-tool.ts";
import type { Part } from "./part.ts";

/** The root file system of the containers, for this machine's architecture. */
export const ubuntuFsPart: Part = {
  step: "ubuntu-fs",
  async make({ out, signal }) {
    if (!hasDevices(ubuntuFs)) throw new Error(advice.ubuntuFs);
    const file = path.join(out, `ubuntu-fs-${process.arch}.tar.gz`);
    // Without what a running container has mounted there
    const options = ["--one-file-system", "--numeric-owner", "-czf", file, "-C", ubuntuFs, "."];
    await runTool("tar", options, { signal }).catch((error) => {
      if (process.geteuid?.() === 0 || !/denied/.test(error.message)) throw error;
      throw new Error(advice.root("pnpm workshop pack <folder>"), { cause: error });
    });
  },
};
