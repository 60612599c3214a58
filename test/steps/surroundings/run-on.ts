import { type Outcome, repo, snapshot } from "host";
import { expect } from "vitest";
import { letNobodyIn } from "../../kit/let-nobody-in.ts";
import { openHost } from "../../kit/open-host.ts";

/** A machine that a student may have. */
export interface Surroundings {
  /** A shell script that makes a disposable host such a machine; `repo` is where the repo is. */
  prepare?: string;
  /** A shell script that starts the stage on it, as `"$@"`. */
  start?: string;
  /** The folder of the repo on it. */
  folder?: string;
  /** True if the student on it is not root. */
  nobody?: boolean;
}

/** Functions for these scripts. */
const FUNCTIONS = `
repo=$1; shift
# Puts a layer over the repo, of a size: what is changed in it is gone with the host
layer() {
  mount -t tmpfs -o size="\${1-99M}" tmpfs /mnt && mkdir /mnt/upper /mnt/work &&
    mount -t overlay -o lowerdir="$repo",upperdir=/mnt/upper,workdir=/mnt/work overlay "$repo" && cd "$repo"
}
`;

/**
 * Runs a command in a stage's container on such a machine, and checks that the machine is then as it
 * was before.
 *
 * @param stage its name, and its options after that
 * @param command without any, only the stage's own command line is left out: `start` has one
 */
export async function runOn(
  machine: Surroundings,
  stage: string,
  command: string[],
): Promise<Outcome> {
  const { prepare = "true", start = 'exec "$@"' } = machine;
  const host = await openHost();
  const script = (body: string) => ["bash", "-c", FUNCTIONS + body, "bash", repo] as const;
  expect(await host.run(...script(prepare))).toMatchObject({ status: 0, stderr: "" });
  const student = machine.nobody
    ? await letNobodyIn(host)
    : { as: ["env"], repo: machine.folder ?? repo };
  const before = await snapshot(host);
  const [name, ...options] = stage.split(" ");
  const folder = `${student.repo}/steps/${name}`;
  const pnpm = ["pnpm", "--silent", "--dir", folder, "start", ...options, ...command];
  const [file = "", ...args] = [...student.as, ...script(start), ...pnpm];
  const result = await host.run(file, ...args);
  expect(await snapshot(host)).toEqual(before);
  return result;
}
