import { type Host, repo, run, runStage } from "host";
import { describe, expect, it } from "vitest";
import { layOverRepo } from "../kit/lay-over-repo.ts";
import { openHost } from "../kit/open-host.ts";

const cache = `${repo}/shared-native/node_modules/.cache`;

/** Changes a text in a file of the repo, as an editor does. */
async function edit(host: Host, file: string, from: string, to: string): Promise<void> {
  const script = `grep -q -e "$2" "$1" && sed -i "s/$2/$3/" "$1"`;
  const { status } = await host.run("sh", "-c", script, "sh", `${repo}/${file}`, from, to);
  expect(status).toBe(0);
}

async function hostnameInside(host: Host): Promise<string> {
  return (await runStage(host, "02-reexec", "hostname")).stdout.trim();
}

async function cached(host: Host): Promise<string[]> {
  return (await host.run("find", cache, "-type", "f")).stdout.trim().split("\n").sort();
}

describe("the loading of TypeScript", () => {
  it("takes each edit of a stage and of shared-native at the next start, and keeps one copy", async () => {
    const host = await openHost();
    await layOverRepo(host);
    await host.run("rm", "-r", cache); // other tests write to the one below the layer
    expect(await hostnameInside(host)).toBe("container");
    const before = await cached(host);

    await edit(
      host,
      "steps/02-reexec/src/main.ts",
      'sethostname("container")',
      'sethostname("one")',
    );
    expect(await hostnameInside(host)).toBe("one");
    const sethostname = "shared-native/src/libc/sethostname.ts";
    await edit(host, sethostname, "const bytes", 'name += "-two"; const bytes');
    expect(await hostnameInside(host)).toBe("one-two");
    await edit(host, sethostname, "-two", "-2wo"); // as long as before
    expect(await hostnameInside(host)).toBe("one-2wo");
    // A file that only exports what others have
    const index = "shared-native/src/index.ts";
    await edit(host, index, "setdomainname, sethostname }", "setns as sethostname }");
    expect((await runStage(host, "02-reexec", "hostname")).status).toBe(1);
    expect(await cached(host)).toEqual(before);
  });

  it("is not done again by child(), of what run() has just loaded after an edit", async () => {
    const host = await openHost();
    await layOverRepo(host);
    await edit(host, "steps/02-reexec/src/main.ts", '"container"', '"edited"');
    const debug = [
      ...host.enter(`${repo}/steps/02-reexec`),
      "env",
      "NODE_DEBUG_NATIVE=COMPILE_CACHE",
    ];
    const { stdout, stderr } = await run([...debug, "pnpm", "--silent", "start", "hostname"]);
    expect(stdout + stderr).toContain("edited");
    const found =
      /retrieving transpile cache for StrippedTypeScript \S*02-reexec\/src\/main.ts\.\.\.(\w+)/g;
    expect([...(stdout + stderr).matchAll(found)].map(([, how]) => how)).toEqual(["success"]);
  });

  it("says what is wrong in shared-native, with file and line", async () => {
    const host = await openHost();
    await layOverRepo(host);
    await edit(host, "shared-native/src/libc/sethostname.ts", "const bytes =", "const bytes = =");
    const { status, stderr } = await runStage(host, "02-reexec", "hostname");
    expect(status).toBe(1);
    expect(stderr).toMatch(/shared-native\/src\/libc\/sethostname\.ts:\d+$/m);
    expect((await cached(host)).filter((file) => /one-file\.mjs\./.test(file))).toEqual([]);
  });

  it("goes well when many start at once, with nothing in the cache", async () => {
    const host = await openHost();
    await layOverRepo(host);
    await host.run("rm", "-r", cache);
    const starts = Array.from({ length: 8 }, () => hostnameInside(host));
    expect(new Set(await Promise.all(starts))).toEqual(new Set(["container"]));
    expect((await cached(host)).filter((file) => /one-file\.mjs/.test(file))).toHaveLength(1);
  });

  it("only takes longer where nothing can be kept", async () => {
    const host = await openHost();
    await layOverRepo(host);
    await host.run("rm", "-r", cache);
    await host.run("mount", "-o", "remount,bind,ro", repo);
    expect(await hostnameInside(host)).toBe("container");
  });
});
