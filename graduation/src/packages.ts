import { existsSync } from "node:fs";
import path from "node:path";

/** The programs that the engines consist of, and Debian's packages that have them. */
const PACKAGES = {
  "aardvark-dns": "/usr/lib/podman/aardvark-dns",
  catatonit: "/usr/bin/catatonit",
  containerd: "/usr/bin/ctr",
  crun: "/usr/bin/crun",
  "docker-registry": "/usr/bin/docker-registry",
  "docker.io": "/usr/sbin/dockerd",
  iproute2: "/usr/sbin/ip",
  iptables: "/usr/sbin/xtables-nft-multi",
  netavark: "/usr/lib/podman/netavark",
  podman: "/usr/bin/podman",
  runc: "/usr/sbin/runc",
  skopeo: "/usr/bin/skopeo",
  slirp4netns: "/usr/bin/slirp4netns",
  uidmap: "/usr/bin/newuidmap",
};

/**
 * Lists the packages that are not there.
 *
 * @param unpacked a folder with packages that are not installed, but unpacked
 */
export function missingPackages(unpacked?: string): string[] {
  const roots = ["/", ...(unpacked === undefined ? [] : [unpacked])];
  const isThere = (file: string) => roots.some((root) => existsSync(path.join(root, file)));
  return Object.entries(PACKAGES).flatMap(([name, file]) => (isThere(file) ? [] : [name]));
}
