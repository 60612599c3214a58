import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type Block, blocksOf, pages } from "../../docs/transcripts/blocks.ts";
import { runBlocks } from "../../docs/transcripts/run-blocks.ts";

// dockerd as systemd starts it, which then has a cgroup for each container in system.slice.

const needsDocker = ({ needs }: Block) => needs === "docker";
const sh = (script: string) => void execFileSync("sh", ["-ec", script], { stdio: "pipe" });

/** Docker is on the disk of `pnpm test:lab`. Vagrant's machine has none. */
const isVagrant = existsSync("/home/vagrant");

describe.skipIf(isVagrant)("with Docker", () => {
  beforeAll(() => {
    // No network: what dockerd does for one would stay on the machine. crun: see the page of stage 5
    const runtimes = { crun: { path: "/usr/bin/crun" } };
    const daemon = { bridge: "none", iptables: false, runtimes, "default-runtime": "crun" };
    writeFileSync("/etc/docker/daemon.json", JSON.stringify(daemon));
    sh("systemctl start dbus docker");
    const root = path.join(repo, "ubuntu-fs");
    sh(`tar -C ${root} -c . | docker import --change 'CMD ["bash"]' - ubuntu:22.04`);
  });

  afterAll(() => {
    sh("docker ps --quiet | xargs --no-run-if-empty docker kill");
    sh("systemctl stop docker.socket docker containerd");
  });

  const needing = pages.map((page) => ({ page, blocks: blocksOf(page).filter(needsDocker) }));
  it.each(needing.filter(({ blocks }) => blocks.length > 0))(
    "the transcripts of $page are what happens",
    async ({ blocks }) => {
      await runBlocks(blocks, { enter: () => [] });
    },
  );
});
