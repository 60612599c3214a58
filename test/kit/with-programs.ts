import { repo } from "host";
import { findStage } from "workshop/stages/find-stage";

/** A container with all programs of the host: how its host is prepared, and the stage, with its options. */
interface WithPrograms {
  /** A shell script; `repo` is where the repo is. */
  prepare: string;
  stage: string;
  /** The place of the repo in it. */
  folder: string;
}

/** Gives a stage's container the host's programs, perl and Node among them, and the repo. */
export function withPrograms(stage: string): WithPrograms {
  if (!findStage(stage).facts.some(({ id }) => id === "layers")) {
    const prepare =
      'mount --bind /usr "$repo/ubuntu-fs/usr" && mount --bind "$repo" "$repo/ubuntu-fs/mnt"';
    return { prepare, stage, folder: "/mnt" };
  }
  // An overlay has nothing of what is mounted in its layers. But the host's own root may be a layer, in a
  // user namespace as a mount of its own: the kernel refuses what would uncover what others are mounted on
  const root = "mkdir -p /mnt/image/1 && mount --bind --make-private / /mnt/image/1";
  const prepare = `mount -t tmpfs tmpfs /mnt && ${root}`;
  return { prepare, stage: `${stage} --image=/mnt/image`, folder: repo };
}
