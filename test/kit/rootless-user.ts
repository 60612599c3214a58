import type { Host } from "host";
import { layOverRepo } from "./lay-over-repo.ts";
import { withoutRoot } from "./without-root.ts";

/** The first of the user IDs that the user may give to others in a container. */
export const RANGE = 200_000;

const SCRIPT = `
  mkdir /mnt/etc /mnt/work && cd /mnt &&
  mount -t overlay -o lowerdir=/etc,upperdir=/mnt/etc,workdir=/mnt/work overlay /etc &&
  echo "student:x:$1:$1::/:/bin/sh" >>/etc/passwd &&
  if [ "$2" ]; then echo "student:$2:65536"; fi >/etc/subuid && cp /etc/subuid /etc/subgid &&
  mknod -m 666 tun c 10 200 && if [ -e /dev/net/tun ]; then mount --bind tun /dev/net/tun; fi &&
  ip link add eth0 type veth peer name world && ip link set world up && ip address add 192.0.2.2/24 dev eth0 && ip link set eth0 up &&
  ip route add default via 192.0.2.1`;

/**
 * Gives a host a user who owns the repo on it, as in a clone of one's own, and a network.
 *
 * @param range the first user ID in /etc/subuid, or none where the user has none there
 * @param hasImage false if the user has not made rootless-fs yet
 */
export async function rootlessUser(host: Host, range?: number, hasImage = true) {
  await layOverRepo(host);
  const user = await withoutRoot(host);
  const { status, stderr } = await host.run(
    "sh",
    "-c",
    SCRIPT,
    "sh",
    `${user.uid}`,
    `${range ?? ""}`,
  );
  if (status !== 0) throw new Error(stderr);
  // What root has made there is of no use to this user, unless it is given away
  const image = "/mnt/workshop/rootless-fs";
  const owner = `${user.uid}:${user.uid}`;
  await host.run("chown", owner, "/mnt/workshop");
  if (hasImage) await host.run("chown", "-R", owner, image);
  else await host.run("rm", "-rf", image);
  return user;
}
