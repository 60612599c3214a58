import path from "node:path";
import { repo } from "host";
import { readMountinfo } from "shared-native";
import { writeBundle } from "./bundle.ts";
import { type Command, runCommand } from "./command.ts";

const goDemo = { folder: path.join(repo, "bench/go-demo"), package: "golang-go" };

const IMAGE = "workshop-bench";

/** The last stage, as the article starts it. */
export const GO_RUN: Command = {
  name: "the demo in Go, with go run",
  line: ["go", "run", "main.go", "run", "/bin/true"],
  ...goDemo,
};

/** The same, compiled beforehand. */
export const GO_COMPILED: Command = {
  name: "the demo in Go, compiled",
  line: ["../build/go-demo", "run", "/bin/true"],
  ...goDemo,
  prepare: () => runCommand({ line: ["go", "build", "-o", "../build/go-demo"], ...goDemo }),
};

/** Other programs that start containers, on the same root, with the same namespaces. */
export const peers: Command[] = [
  GO_RUN,
  GO_COMPILED,
  {
    name: "unshare(1)",
    line: [
      ...["unshare", "--uts", "--pid", "--mount", "--fork"],
      ...["--root=ubuntu-fs", "--mount-proc", "/bin/true"],
    ],
    package: "util-linux",
  },
  {
    name: "bubblewrap",
    line: [
      ...["bwrap", "--unshare-uts", "--unshare-pid", "--hostname", "container"],
      ...["--bind", "ubuntu-fs", "/", "--proc", "/proc", "/bin/true"],
    ],
    package: "bubblewrap",
  },
  ociRuntime("crun"),
  ociRuntime("runc"),
  {
    name: "docker",
    line: ["docker", "run", "--rm", "--network", "host", IMAGE, "/bin/true"],
    package: "docker.io",
    prepare: async () => {
      await runCommand({ line: ["docker", "version"] }); // tells when there is no engine
      const importRoot = `tar -C ubuntu-fs -c . | docker import - ${IMAGE}`;
      await runCommand({ line: ["sh", "-c", importRoot] });
    },
    cleanUp: () => runCommand({ line: ["docker", "rmi", IMAGE] }),
  },
];

function ociRuntime(runtime: string): Command {
  const bundle = path.join(repo, "bench/build", runtime);
  return {
    name: runtime,
    line: [runtime, "run", "workshop-bench"],
    folder: bundle,
    package: runtime,
    prepare: async () => {
      if (runtime === "crun") await hideSecondHierarchy();
      await writeBundle(runtime, bundle);
    },
  };
}

/** Hides cgroup v2 in our own mount namespace: crun refuses to use v1 where v2 is mounted, too. */
async function hideSecondHierarchy(): Promise<void> {
  const second = readMountinfo().find(
    ({ filesystemtype, mountPoint }) =>
      filesystemtype === "cgroup2" && mountPoint !== "/sys/fs/cgroup",
  );
  if (second === undefined) return;
  await runCommand({ line: ["umount", second.mountPoint] });
  // Or what crun writes there would be in the host's own folder
  await runCommand({ line: ["mount", "-t", "tmpfs", "none", second.mountPoint] });
}
