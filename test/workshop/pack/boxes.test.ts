import { readdirSync } from "node:fs";
import path from "node:path";
import { run } from "host";
import { expect, it, onTestFinished, vi } from "vitest";
import { boxesPart } from "workshop/pack/parts/boxes";
import { openFolder } from "./open-folder.ts";

/** Makes a box of libvirt's, with a disk of nothing. */
const BOX = `cd "$1" && truncate -s 1M box.img && echo '{ "provider": "libvirt" }' >metadata.json &&
  tar -czf made.box box.img metadata.json && vagrant box add --name "$2" made.box`;

it("a pack takes the box of the Vagrantfile that Vagrant has, and no other", async ({ skip }) => {
  const has = await run(["sh", "-c", "command -v vagrant"]);
  skip(has.status !== 0, 'there is no Vagrant here: type "apt-get install vagrant"');

  const [folder, work, out] = [openFolder(), openFolder(), openFolder()];
  vi.stubEnv("VAGRANT_HOME", path.join(folder, "home"));
  onTestFinished(() => void vi.unstubAllEnvs());
  const add = (name: string) => run(["sh", "-c", BOX, "sh", folder, name]);
  expect(await add("bento/ubuntu-22.04")).toMatchObject({ status: 0 });
  expect(await add("something/else")).toMatchObject({ status: 0 });

  const progress = { step() {}, detail() {}, end() {} };
  const { signal } = new AbortController();
  await boxesPart.make({ out, work, copy: "", labs: [], signal, progress });
  expect(readdirSync(out)).toEqual(["box-libvirt.box"]);
  vi.stubEnv("VAGRANT_HOME", path.join(folder, "another"));
  const again = ["vagrant", "box", "add", "--name", "it", path.join(out, "box-libvirt.box")];
  expect(await run(again)).toMatchObject({ status: 0 });
});
