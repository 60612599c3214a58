import { type Outcome, run } from "host";

/** Enters a machine of which nothing is kept: without a network, with the pack as a stick. */
const ENTER = `
  mount -t tmpfs tmpfs /mnt && mkdir /mnt/upper /mnt/work /mnt/root &&
  mount -t overlay -o lowerdir="$1",upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt/root &&
  cd /mnt/root && mkdir media/stick && mount --bind "$2" media/stick &&
  mount -t proc proc proc && mount --rbind /sys sys && mount --rbind /dev dev &&
  ip link set lo up && useradd --root /mnt/root --create-home --uid 1000 ada && shift 2 &&
  exec chroot /mnt/root env -i HOME=/root \\
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin sh -c "cd; $1"`;

/** Types lines on a machine without a network, into which the stick with the pack was put. */
export function typeThere(machine: string, stick: string, lines: string): Promise<Outcome> {
  const alone = ["--net", "--mount", "--uts", "--pid", "--fork", "--kill-child"];
  return run([
    ...["unshare", ...alone, "--propagation", "private", "bash", "-c", ENTER, "bash"],
    ...[machine, stick, lines],
  ]);
}
