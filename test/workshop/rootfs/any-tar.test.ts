import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { run } from "host";
import { expect, it } from "vitest";
import { listing } from "./listing.ts";
import { openFolder } from "./open-folder.ts";
import { rootfs } from "./rootfs.ts";
import { type Member, writeTarball } from "./tarball.ts";

it("pnpm rootfs writes nothing outside for any tar file, and ends with a root or with one line", async () => {
  const folder = openFolder();
  const outside = path.join(folder, "outside");
  mkdirSync(outside);
  writeFileSync(path.join(outside, "secret"), "secret");
  const before = await listing(outside);

  // Not too many names that tar refuses: it ends at the first
  const part = fc.constantFrom("way", "a", "bin", "dev", "etc", "proc", "secret", "sh");
  const start = fc.constantFrom(...Array(9).fill(""), "/", `${outside}/`, "../../outside/");
  const name = fc
    .tuple(start, fc.array(part, { minLength: 1, maxLength: 3 }))
    .map(([first, parts]) => first + parts.join("/"));
  const type = fc.constantFrom<Member["type"]>(
    "0",
    "0",
    "0",
    "0",
    "2",
    "2",
    "2",
    "2",
    "4",
    "4",
    "5",
    "5",
    "1",
  );
  const member = fc.record<Member>({ name, type, link: name });
  await fc.assert(
    fc.asyncProperty(fc.array(member, { minLength: 1, maxLength: 6 }), async (members) => {
      writeTarball(path.join(folder, "hostile.tar"), members);
      const { status, stderr } = await rootfs(folder, "--from", "hostile.tar", "--to", "root");
      expect(await listing(outside)).toEqual(before);
      const made = status === 0 ? ["root"] : [];
      expect(readdirSync(folder)).toEqual(["hostile.tar", "outside", ...made]);
      if (status !== 0) expect(stderr).toMatch(/^making root from hostile.tar\nerror: .+\n$/);
      await run(["rm", "-rf", path.join(folder, "root")]);
    }),
    { numRuns: 5, endOnFailure: true },
  );
});
