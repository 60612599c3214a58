import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repo, run, runStage, snapshot, ubuntuFs, until } from "host";
import { describe, expect, it, onTestFinished } from "vitest";
import { openHost } from "../../kit/open-host.ts";
import { type Draft, writeLayout, writeSaved } from "./image.ts";
import { openFolder } from "./open-folder.ts";
import { rootfs } from "./rootfs.ts";
import { startRootfs } from "./start-rootfs.ts";
import type { Member } from "./tarball.ts";

const IMAGES = path.join(repo, "images");

const folder = (name: string): Member => ({ name, type: "5" });
const file = (name: string, text = ""): Member => ({ name, type: "0", text });

/** Three layers: a root, and two that change, delete and hide what is below. */
const ABOVE: Member[][] = [
  [
    folder("d"),
    folder("e"),
    file("d/a", "2"),
    file("d/b", "2"),
    file("e/old", "2"),
    file("f", "2"),
  ],
  [file("d/.wh.a"), file("d/c", "3"), file("e/.wh..wh..opq"), file("e/new", "3"), file(".wh.f")],
];

/** Makes images/<name>, and returns its folder, which goes with the test. */
async function makeImage(...above: Member[][]) {
  const place = openFolder();
  const { stdout: base } = await run(["sh", "-c", 'tar -C "$0" -c . | base64', ubuntuFs]);
  const draft: Draft = { layers: [Buffer.from(base, "base64"), ...above] };
  const name = `test-${path.basename(place).slice(-6)}`;
  const image = path.join(IMAGES, name);
  onTestFinished(async () => {
    await run([
      "sh",
      "-c",
      'rm -rf "$0/$1" && rmdir --ignore-fail-on-non-empty "$0"',
      IMAGES,
      name,
    ]);
  });
  return { place, draft, name, image };
}

describe("pnpm rootfs --layers", () => {
  it.each<[string, (place: string, draft: Draft) => void]>([
    ["an OCI layout", writeLayout],
    ["what docker save packs", writeSaved],
  ])("makes an image of %s, out of which stage 8 makes a root", async (_, write) => {
    const { place, draft, name, image } = await makeImage(...ABOVE);
    write(place, draft);
    const { status, stderr } = await rootfs(place, "--from", "./", "--layers", name);
    expect(stderr).toMatch(new RegExp(`\\n${name}: \\d+\\.\\d MB in 4 layers from `));
    expect(status).toBe(0);
    expect(readdirSync(image)).toEqual(["1", "2", "3", "4"]);
    expect(existsSync(path.join(image, "2/f"))).toBe(true);
    // A whiteout
    const whiteout = lstatSync(path.join(image, "3/f"));
    expect({ isDevice: whiteout.isCharacterDevice(), numbers: whiteout.rdev }).toEqual({
      isDevice: true,
      numbers: 0,
    });
    expect(readFileSync(path.join(image, "3/d/c"), "utf8")).toBe("3");

    const host = await openHost();
    const before = await snapshot(host);
    const list = ["sh", "-c", "cd / && ls d e f; cat d/b"];
    const { stdout } = await runStage(host, `08-overlay --image=${name}`, ...list);
    expect(stdout).toBe("d:\nb\nc\n\ne:\nnew\n2");
    expect(await snapshot(host)).toEqual(before);
    expect(readdirSync(place).filter((each) => each.startsWith("."))).toEqual([]);
  });

  it("takes any source, and makes the image anew", async () => {
    const { name, image, place } = await makeImage();
    for (const _ of ["first", "again"]) {
      expect(await rootfs(place, "--layers", name)).toMatchObject({ status: 0 });
      expect(readdirSync(image)).toEqual(["1", "2"]);
      expect(readdirSync(path.join(image, "2"))).toContain("ROOT_OF_CONTAINER");
    }
    expect(readdirSync(IMAGES).filter((each) => each.startsWith("."))).toEqual([]);
  });

  it.each(["SIGTERM", "SIGKILL"] as const)(
    "leaves no mount and no half of an image after %s",
    async (signal) => {
      const { place, draft, name, image } = await makeImage(...Array(97).fill([file("a", "1")]));
      writeSaved(place, draft);
      const args = ["--from", "./", "--layers", name];
      const run = await startRootfs(place, ...args);
      const scratch = path.join(IMAGES, `.${name}.${run.pid}`);
      await until("the tenth layer", () => existsSync(path.join(scratch, "layer-10")));
      run.kill(signal);
      await run.ended;
      expect(existsSync(image)).toBe(false);
      expect(existsSync(scratch)).toBe(signal === "SIGKILL");
      expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(name);
      // What is left of it, the next run takes away
      expect(await rootfs(place, ...args)).toMatchObject({ status: 0 });
      expect(existsSync(scratch)).toBe(false);
      // In the order of their names, which is that of the numbers
      const names = readdirSync(image).sort();
      expect([names.length, names[0], names[98]]).toEqual([99, "01", "99"]);
    },
  );

  it.each([
    ["../etc", /--layers \.\.\/etc: a name has letters/],
    ["a:b", /--layers a:b: a name has letters/],
  ])("refuses the name %s", async (name, line) => {
    const { status, stderr } = await rootfs(openFolder(), "--layers", name);
    expect(status).toBe(1);
    expect(stderr).toMatch(line);
  });
});
