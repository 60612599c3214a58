import fc from "fast-check";
import { parseMountinfo } from "shared-native";
import { expect, it } from "vitest";
import { evaluate } from "../host/evaluate.ts";
import { openHost } from "../host/open-host.ts";
import { fileName } from "./text.ts";

it("readMountinfo gives back any mount point as it was mounted", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fileName, { minLength: 20, maxLength: 20 }), async (names) => {
      const body = `
        const names = ${JSON.stringify(names)};
        native.mount("tmpfs", "/mnt", "tmpfs", 0);
        fs.mkdirSync("/mnt/fuzz");
        for (const name of names) {
          fs.mkdirSync("/mnt/fuzz/" + name);
          native.mount(name, "/mnt/fuzz/" + name, "tmpfs", 0);
        }
        return native.readMountinfo().filter(({ mountPoint }) => mountPoint.startsWith("/mnt/fuzz/"));`;
      const mounts = (await evaluate(await openHost(), body)) as { mountPoint: string }[];
      expect(mounts.map(({ mountPoint }) => mountPoint)).toEqual(
        names.map((n) => `/mnt/fuzz/${n}`),
      );
      for (const mount of mounts) expect(mount).toMatchObject({ filesystemtype: "tmpfs" });
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

it("parseMountinfo makes of any text only mounts that have all their parts", () => {
  const word = fc.oneof(fc.constantFrom("-", "", "/", "rw", "\\040", "\\777"), fc.string());
  const line = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      for (const mount of parseMountinfo(lines.join("\n"))) {
        expect(mount.mountPoint).toBeTypeOf("string");
        expect(mount.filesystemtype).toBeTypeOf("string");
        for (const option of [...mount.propagation, ...mount.superOptions]) {
          expect(option).toBeTypeOf("string");
        }
      }
    }),
  );
});
