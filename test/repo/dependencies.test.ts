import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repo, run } from "host";
import { describe, expect, it, onTestFinished } from "vitest";

const SETTINGS = readFileSync(path.join(repo, "pnpm-workspace.yaml"), "utf8");

describe.each([".", "test"])("the lock file in %s", (workspace) => {
  const lock = path.join(workspace, "pnpm-lock.yaml");
  // As CI installs, but for what is downloaded
  const [, command = ""] = /npx -y pnpm@12.* (install .*)$/m.exec(read(".ci/run")) ?? [];
  const install = (folder: string) => {
    const where = ["--dir", path.join(folder, workspace)];
    return run(["pnpm", ...where, ...command.split(" "), "--lockfile-only", "--offline"]);
  };

  it("is complete, and stays as it is in CI", async () => {
    const folder = copyManifests();
    const { status, stdout, stderr } = await install(folder);
    expect({ status }, stdout + stderr).toEqual({ status: 0 });
    expect(readFileSync(path.join(folder, lock), "utf8")).toBe(read(lock));
  });

  const [name, file] = workspace === "test" ? ["vitest", "test"] : ["koffi", "shared-native"];
  it.each([
    [
      "another version",
      workspace === "test" ? "test/package.json" : "pnpm-workspace.yaml",
      RegExp(`("?${name}"?: "?)\\d[\\d.]*`),
      "$10.0.1",
    ],
    [
      "one more dependency",
      `${file}/package.json`,
      RegExp(`("${name}": )`),
      '"left-pad": "1.3.0", $1',
    ],
  ])("is not changed in CI: %s ends the build", async (_, changed, from, to) => {
    const folder = copyManifests();
    writeFileSync(path.join(folder, changed), read(changed).replace(from, to));
    const { status, stdout, stderr } = await install(folder);
    expect(status).toBe(1);
    expect(stdout + stderr).toMatch(/ERR_PNPM_(OUTDATED_LOCKFILE|LOCKFILE_CONFIG_MISMATCH)/);
    expect(readFileSync(path.join(folder, lock), "utf8")).toBe(read(lock));
  });
});

describe("the two workspaces", () => {
  it("have the same version of what both have", () => {
    const { devDependencies, optionalDependencies } = JSON.parse(read("test/package.json"));
    const tools: Record<string, string> = { ...devDependencies, ...optionalDependencies };
    const versions = [...SETTINGS.matchAll(/^ +"?([^":]+)"?: (\d\S*)$/gm)].map(
      ([, name = "", version]) => [name, version] as const,
    );
    const shared = versions.filter(([name]) => name in tools);
    expect(shared.length).toBeGreaterThan(4);
    for (const [name, version] of shared) expect(tools[name], name).toBe(version);
  });
});

describe("an install script", () => {
  it("of a dependency that is not named does not run, and ends the installation", async () => {
    const folder = openFolder();
    mkdirSync(path.join(folder, "other"));
    const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
    write("pnpm-workspace.yaml", SETTINGS.replace(/^packages:\n( .*\n)+/m, "packages: []\n"));
    write("package.json", '{ "private": true, "dependencies": { "other": "file:./other" } }');
    const scripts = { postinstall: `touch ${folder}/ran` };
    write("other/package.json", JSON.stringify({ name: "other", version: "1.0.0", scripts }));
    const { status, stdout, stderr } = await run(["pnpm", "--dir", folder, "install", "--offline"]);
    expect({ status, ran: existsSync(path.join(folder, "ran")) }).toEqual({
      status: 1,
      ran: false,
    });
    expect(stdout + stderr).toContain("Ignored build scripts: other@file:other");
  });

  it("is allowed to none of ours", () => {
    const [, allowed = ""] = /^allowBuilds:\n((?: .*\n)+)/m.exec(SETTINGS) ?? [];
    expect(allowed).toMatch(/^( {2}\S+: false\n)+$/);
    expect(SETTINGS).not.toMatch(/dangerously|neverBuilt|onlyBuilt|strictDepBuilds/i);
  });
});

function read(file: string): string {
  return readFileSync(path.join(repo, file), "utf8");
}

function openFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "workshop-dependencies-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Copies the files that determine the dependencies of the repo. */
function copyManifests(): string {
  const folder = openFolder();
  const manifests = globSync("{*,*/*}/package.json", {
    cwd: repo,
    exclude: ["**/node_modules/**"],
  });
  const locks = ["", "test/"].flatMap((workspace) =>
    ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"].map((file) => workspace + file),
  );
  for (const file of [...locks, ...manifests]) {
    cpSync(path.join(repo, file), path.join(folder, file));
  }
  return folder;
}
