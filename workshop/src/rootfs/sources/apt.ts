import { runTool } from "../run-tool.ts";

const FORMAT = "--format=$(ORIGIN) $(COMPONENT) $(RELEASE) $(CODENAME) $(REPO_URI)";

/** Finds the mirror from which this host's apt gets that release, if it does. */
export async function aptMirror(suite: string): Promise<string | undefined> {
  for (const line of await runTool("apt-get", ["indextargets", FORMAT, "Created-By: Packages"])) {
    const [origin = "", component, release, codename, mirror = ""] = line.split(" ");
    // Other archives, such as PPAs, have a "main" for the release too.
    if (!["Debian", "Ubuntu"].includes(origin) || component !== "main") continue;
    if ([release, codename].includes(suite) && mirror.startsWith("http")) return mirror;
  }
  return undefined;
}

/** Finds the proxy that this host's apt is told to use, if any. */
export async function aptProxy(): Promise<string | undefined> {
  const lines = await runTool("apt-config", ["dump", "--format", "%v%n", "Acquire::http::Proxy"]);
  return lines.find((line) => line.startsWith("http"));
}
