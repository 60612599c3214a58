import { writeFileSync } from "node:fs";
import path from "node:path";
import { ask } from "./ask.ts";
import type { Engine } from "./engine.ts";
import { OPTIONS } from "./podman.ts";
import { fetchPage, SERVER } from "./serving.ts";

/** Two containers of a pod share a network: what Kubernetes starts, and podman too. */
export const pod: Engine = {
  name: "pod",
  async run({ image, folder, runtime }) {
    const podman = ["podman", ...OPTIONS, "--runtime", runtime];
    await ask(...podman, "load", "--input", image.archive);
    const file = path.join(folder, "pod.json"); // JSON is YAML
    writeFileSync(file, JSON.stringify(describePod(image.name)));
    await ask(...podman, "kube", "play", file);
    const page = await fetchPage("http://127.0.0.1:8082/");
    const fetched = ["busybox", "wget", "-q", "-O", "-", "http://127.0.0.1/"];
    const seen = await ask(...podman, "exec", "ubuntu-fs-client", ...fetched);
    if (seen !== page) throw new Error(`the other container sees ${seen}, not ${page}`);
    await ask(...podman, "kube", "down", file);
    return `podman played two containers, "${page}" to the host and to each other`;
  },
};

function describePod(image: string) {
  const [command, ...args] = SERVER;
  const ports = [{ containerPort: 80, hostPort: 8082 }];
  const both = { image, imagePullPolicy: "Never" };
  const containers = [
    { name: "web", ...both, command: [command], args, ports },
    { name: "client", ...both, command: ["sleep", "1000"] },
  ];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "ubuntu-fs" },
    spec: { containers, restartPolicy: "Never" },
  };
}
