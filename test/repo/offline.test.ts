import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { expect, it } from "vitest";
import { stages } from "workshop/stages";
import { cloneRepo } from "../kit/clone-repo.ts";
import { openHost } from "../kit/open-host.ts";
import { someOf } from "../kit/tests-every.ts";
import { verbOf, verbsOfPages } from "./page-commands.ts";

/** The folders of the students' packages. */
const packages = globSync("{*,practice/*,steps/*}/package.json", { cwd: repo })
  .map((file) => path.dirname(file))
  .filter((folder) => folder !== "test");

/** The commands that a page of a stage has, with the stage's solution for the student's code. */
function commandsOf(stage: string): string[] {
  const number = stage.slice(0, 2);
  return [
    `pnpm --filter ${stage} start true`,
    `pnpm workshop practice ${number}`,
    `pnpm workshop hint ${number}`,
    `cp steps/${stage}/src/main.ts practice/${stage}/src`,
    `pnpm workshop check ${number}`,
    `pnpm workshop diff ${number}`,
    `pnpm --filter practice-${number} start true`,
  ];
}

/** The programs of the exercises. */
const exercises = globSync("exercises/*.ts", { cwd: path.join(repo, "docs") });

/** The commands that are typed where there is no network, but for servers. */
const COMMANDS = [
  ...someOf(stages).flatMap(({ name }) => commandsOf(name)),
  "pnpm -C steps/05-cgroups start true",
  "pnpm --filter 13-oci bundle true",
  "pnpm workshop",
  "pnpm workshop clean",
  "pnpm workshop doctor",
  "pnpm rootfs",
  "pnpm rootless -- pnpm --filter 03-pid-mnt-chroot start true",
  "pnpm bench --help",
  ...exercises.map(
    (file) => `pnpm --filter docs exec node --import shared-native/typescript.cjs ${file}`,
  ),
  "pnpm docs:build",
];

/** The servers: each by its command, and what to ask it for. */
const SERVERS = [
  ["pnpm run docs", "http://localhost:5173/01-uts.md"],
  ["pnpm docs:preview", "http://localhost:4173/01-uts.html"],
  ["pnpm live --port 8080", "http://127.0.0.1:8080/course/01-uts.html"],
] as const;

/** Verbs of commands that are not typed, and why. */
const NOT_TYPED: Record<string, string> = {
  docs: "pnpm's own: the README warns of it",
  graduate: "it has tests of its own, and wants an engine of the distribution's",
  install: "it is for where there is a network",
  lab: "it has tests of its own, and a machine without a network",
  test: "the developers', who have more packages",
  "test:faults": "the same",
  "test:soak": "the same",
  "workshop board": "it has tests of its own, on networks of its own",
  "workshop help": "the same",
  "workshop join": "the same",
  "workshop leave": "the same",
  "workshop pack": "the same",
  "workshop serve": "the same",
};

/** Runs a server until it has answered, which may first build the course. */
function serve([command, url]: (typeof SERVERS)[number]): string {
  const ask = `fetch("${url}").then(async (answer) => {
    if (!(await answer.text()).includes("sethostname")) process.exit(1);
  }, () => process.exit(1));`;
  return `{ ${command} >server.log 2>&1 & }
    while kill -0 $!; do
      if node_modules/.bin/node -e '${ask}'; then kill $!; exit 0; fi; sleep 0.3
    done; cat server.log >&2; exit 1`;
}

it("all that the course has a student type works without a network, after the first start", {
  timeout: 1_200_000,
}, async () => {
  const folder = await cloneRepo();
  const host = await openHost({ isSealed: true });
  // In it, the checker's hosts are all open at once
  writeFileSync(path.join(host.cgroup?.directory ?? "", "pids.max"), "1000");
  const type = async (command: string, ...network: string[]) => {
    const { status, stdout, stderr } = await host.run(
      ...["env", "--unset=pnpm_config_verify_deps_before_run", ...network],
      ...["bash", "-c", `ip link set lo up; cd "$1" && ${command}`, "bash", folder],
    );
    expect({ command, status }, stdout + stderr).toEqual({ command, status: 0 });
    return stdout;
  };
  await type("pnpm --filter 01-uts start true");
  for (const command of [...COMMANDS, ...SERVERS.map(serve)]) {
    expect(await type(command, "unshare", "--net")).not.toMatch(/^Packages: /m);
  }
});

it("and that is all that the pages and the README have", () => {
  const typed = [...COMMANDS, ...SERVERS.map(([command]) => command)].map(verbOf);
  const left = [...verbsOfPages()].filter(([verb]) => !typed.includes(verb) && !NOT_TYPED[verb]);
  expect(left).toEqual([]);
});

it.each(["pnpm workshop", "pnpm rootfs", "pnpm -C steps/03-pid-mnt-chroot start true"])(
  "%s installs everything, too, when it comes first",
  async (first) => {
    const folder = await cloneRepo();
    const host = await openHost();
    const script = `cd "$1" && unset pnpm_config_verify_deps_before_run && ${first}`;
    const { status, stderr } = await host.run("bash", "-c", script, "bash", folder);
    expect({ status }, stderr).toEqual({ status: 0 });
    for (const name of packages) {
      expect(existsSync(path.join(folder, name, "node_modules")), name).toBe(true);
    }
  },
);

it("each package is installed with each, as practice has it", () => {
  const manifest = (folder: string) =>
    JSON.parse(readFileSync(path.join(repo, folder, "package.json"), "utf8"));
  const others = packages.filter((name) => name !== "practice").map((name) => manifest(name).name);
  expect(Object.keys(manifest("practice").dependencies).sort()).toEqual(others.sort());
});
