import { isDeepStrictEqual } from "node:util";
import { HOSTNAME } from "host";
import { expect, type Fact } from "./fact.ts";
import { plain } from "./shown.ts";

export const refusesByHand: Fact = {
  id: "child-by-hand",
  title: "refuses child that is typed by hand, and leaves the host as it is",
  async check({ runChild }) {
    const { before, after, stdout } = await runChild("sh", "-c", "uname -n");
    const [was, is] = [before.hostname, after.hostname];
    // With the host's name, it ran on the host. With another, child has made itself a namespace
    const hasRun = plain(stdout) === HOSTNAME;
    expect(
      isDeepStrictEqual(before, after) && !hasRun,
      "main.ts child, started by hand, starts no command on the host, and changes nothing there",
      hasRun
        ? "it started the command on the host"
        : was === is
          ? "the mounts of the host are others now"
          : `the host is called ${is} now`,
      "First of all, child() finds out where it is: requireNewNamespaces(CLONE_NEWUTS) throws where run() has made no namespace for it.",
    );
  },
};
