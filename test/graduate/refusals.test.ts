import path from "node:path";
import { type Host, repo } from "host";
import { expect, it } from "vitest";
import { letNobodyIn } from "../kit/let-nobody-in.ts";
import { openHost } from "../kit/open-host.ts";

function graduate(host: Host, ...args: string[]) {
  const node = [process.execPath, "--import", "../shared-native/typescript.cjs"];
  const folder = path.join(repo, "graduation");
  return host.run("env", `--chdir=${folder}`, ...node, "src/graduate.ts", ...args);
}

it("names the packages that are missing, and starts nothing", async () => {
  const host = await openHost();
  // Where engines are installed, this hides one of their programs
  await host.run("sh", "-c", "cd /usr/lib/podman && mount -t tmpfs tmpfs .");
  const { status, stdout, stderr } = await graduate(host);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(
    /^graduate: .*type "apt-get install --no-install-recommends aardvark-dns .*"\n$/,
  );
});

it("refuses an engine that there is not", async () => {
  const { status, stderr } = await graduate(await openHost(), "kubernetes");
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      "graduate: there is no kubernetes: choose from image, bundle, containerd, podman, rootless, docker, rootfs, registry, swarm, pod\n",
  });
});

it("refuses a runtime that is neither known nor a path", async () => {
  const { status, stderr } = await graduate(await openHost(), "--runtime", "mine");
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "graduate: --runtime mine: type runc, crun, or a path such as ./mine\n",
  });
});

it("says to an ordinary user what to type", async () => {
  const host = await openHost();
  const nobody = await letNobodyIn(host);
  const node = [
    `${nobody.repo}/node_modules/.bin/node`,
    "--import",
    "../shared-native/typescript.cjs",
  ];
  const place = [`--chdir=${nobody.repo}/graduation`];
  const outcome = await host.run("env", ...place, ...nobody.as, ...node, "src/graduate.ts");
  expect(outcome).toMatchObject({
    status: 1,
    stderr:
      'graduate: the machine needs Linux and root: type "sudo env PATH=$PATH pnpm graduate"\n',
  });
});
