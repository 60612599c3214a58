import { lstatSync, mkdirSync } from "node:fs";
import path from "node:path";
import { repo, run } from "host";
import { describe, expect, it } from "vitest";
import { cloneRepo } from "../kit/clone-repo.ts";
import { openHost } from "../kit/open-host.ts";

/** A student who has no account here: a number is enough to own files. */
const STUDENT = 54321;

/**
 * Puts pnpm, which may be in root's home, and what is in root's store where the student gets at them. Other
 * tests may be installing: what they write into the store for a moment can be gone before chmod gets there.
 */
const LEND_PNPM = `
  mount -t tmpfs -o mode=755 tmpfs /mnt && cd /mnt && mkdir bin upper work store && touch bin/pnpm &&
  mount --bind "$(realpath "$(command -v pnpm)")" bin/pnpm &&
  mount -t overlay -o lowerdir="$0",upperdir=upper,workdir=work overlay store && { chmod -Rf a+rwX store || true; }`;

/** The settings of those for whom the store is lent: they need no network. */
const LENT = ["pnpm_config_store_dir=/mnt/store", "pnpm_config_offline=true"];

/** Opens a machine on which a student has a clone, and root works in it, as with sudo. */
async function openClone() {
  const folder = await cloneRepo();
  const owner = `${STUDENT}:${STUDENT}`;
  expect(await run(["chown", "-R", owner, folder])).toMatchObject({ status: 0 });
  const store = (await run(["pnpm", "--dir", repo, "store", "path"])).stdout.trim();
  const host = await openHost({ isSealed: true, network: "shared" });
  const lent = await host.run("sh", "-c", LEND_PNPM, path.dirname(store));
  expect(lent).toMatchObject({ status: 0, stderr: "" });
  const start = (script: string, ...prefix: string[]) =>
    host.run("env", "-u", "pnpm_config_verify_deps_before_run", ...prefix, "sh", "-c", script);
  const credentials = [`--reuid=${STUDENT}`, `--regid=${STUDENT}`, "--clear-groups"];
  const student = [`PATH=/mnt/bin:${process.env.PATH}`, "HOME=/nonexistent", "setpriv"];
  return {
    folder,
    store,
    /** Runs a script in the clone as root. */
    root: (script: string, ...variables: string[]) =>
      start(script, `--chdir=${folder}`, ...variables),
    /** Runs a script in the clone as the student. */
    student: (script: string) =>
      start(script, `--chdir=${folder}`, ...LENT, ...student, ...credentials),
    /** Lists what is root's in the clone, but for pnpm's notes, which it makes at its own end. */
    ofRoot: async () => {
      const { stdout } = await run(["find", folder, "-uid", "0", "-not", "-path", "*/.pnpm-*"]);
      return stdout.split("\n").slice(0, -1);
    },
  };
}

// Each installs: copies of hundreds of megabytes, on a disk that may have others to serve
describe("in a student's clone", { timeout: 300_000 }, () => {
  it("what root installs is the student's, and root's store stays root's", async () => {
    const { folder, store, root, student, ofRoot } = await openClone();
    expect(await root("pnpm --filter 01-uts start true")).toMatchObject({ status: 0 });
    expect(await ofRoot()).toEqual([]);
    // A hard link to the store would have given that away, too
    const { nlink, uid } = lstatSync(path.join(folder, "node_modules/@types/node/package.json"));
    expect({ nlink, uid }).toEqual({ nlink: 1, uid: STUDENT });
    const { stdout } = await run(["find", store, "-uid", `${STUDENT}`]);
    expect(stdout).toBe("");
    const remove = "rm -r node_modules shared-native/node_modules";
    expect(await student(remove)).toMatchObject({ status: 0, stderr: "" });
  });

  it("what root makes is the student's, but not what is in ubuntu-fs, or in a bundle's root", async () => {
    const { folder, root, ofRoot } = await openClone();
    const home = path.join(folder, "home");
    mkdirSync(home);
    expect(await root(`chown ${STUDENT} home`)).toMatchObject({ status: 0 });
    const workshop = "pnpm --filter workshop start";
    const script = `${workshop} practice 01 && ${workshop} practice 01 --reset &&
      mkdir -p docs/.vitepress/cache/deps bench/build && touch bench/build/main &&
      pnpm --filter 13-oci bundle true && ${workshop} check 01`;
    const { stdout } = await root(script, ...LENT, `HOME=${home}`);
    expect(stdout).toContain("✗");
    const roots = ["ubuntu-fs", "steps/13-oci/bundle/rootfs"];
    const isInRoot = (file: string) => roots.some((root) => file.startsWith(`${folder}/${root}`));
    expect((await ofRoot()).filter((file) => !isInRoot(file))).toEqual([]);
    expect(lstatSync(path.join(folder, "steps/13-oci/bundle/config.json")).uid).toBe(STUDENT);
    for (const file of roots.flatMap((root) => [root, `${root}/bin/bash`])) {
      expect(lstatSync(path.join(folder, file)).uid).toBe(0);
    }
  });

  it("doctor tells what is root's, clean gives it away, and the student can install again", async () => {
    const { root, student, ofRoot } = await openClone();
    // As root's installs were, before they gave anything
    const install = "pnpm --filter workshop... install --ignore-scripts";
    // A stage that is new since then: it wants to be installed
    const ours = `${install} && rm -r steps/02-reexec/node_modules`;
    expect(await root(ours, ...LENT)).toMatchObject({ status: 0 });
    const clean = 'type "sudo env PATH=$PATH pnpm workshop clean"';
    const started = await student(
      "env -u pnpm_config_store_dir pnpm --filter 02-reexec start true",
    );
    expect(started.stderr).toContain(`\nnode_modules belongs to root: ${clean}\n`);

    const dontInstall = "pnpm_config_verify_deps_before_run=false";
    const doctor = `${dontInstall} pnpm workshop doctor`;
    expect((await student(doctor)).stdout).toMatch(
      /· files +node_modules and \d+ more belong to root\n +sudo env PATH=\$PATH pnpm workshop clean\n/,
    );
    const cleaned = await root(`${dontInstall} pnpm --silent workshop clean`);
    expect(cleaned.stdout).toMatch(/^ {2}✓ gave \d+ files of root's to the owner of the repo\n$/);
    expect(await ofRoot()).toEqual([]);
    expect((await student(doctor)).stdout).toMatch(/✓ files +all belong to the owner/);
    expect(await student("pnpm --filter 02-reexec install")).toMatchObject({ status: 0 });
  });
});
