import { bundle } from "./bundle.ts";
import { containerd } from "./containerd.ts";
import { docker } from "./docker.ts";
import type { Engine } from "./engine.ts";
import { image } from "./image.ts";
import { pod } from "./pod.ts";
import { podman } from "./podman.ts";
import { registry } from "./registry.ts";
import { rootfs } from "./rootfs.ts";
import { rootless } from "./rootless.ts";
import { swarm } from "./swarm.ts";

/** All of them, each a little further from the stages than the one before. */
export const engines: Engine[] = [
  ...[image, bundle, containerd, podman, rootless],
  ...[docker, rootfs, registry, swarm, pod],
];
