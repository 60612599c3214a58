import { statSync } from "node:fs";
import path from "node:path";
import { expect, inject, it } from "vitest";
import { inRoom, onMachine } from "./in-room.ts";

const room = inject("room");

it.each(["curl", "wget"])(
  "the line on the page makes a machine ready, with %s",
  async (program) => {
    const without = program === "wget" ? "rm /usr/bin/curl" : "true";
    const { status, stdout, stderr } = await inRoom(room, 1, "-", {
      client: onMachine(
        room,
        `page=$(wget -qO- http://10.42.0.1:8000/) && ${without} &&
       line=$(echo "$page" | sed -n 's/&amp;/\\&/g; s|.*<pre>\\(${program} .*\\)</pre>.*|\\1|p') &&
       eval "$line" && ls -A .cache/containers-from-scratch`,
      ),
    });
    expect({ status }, stdout + stderr).toEqual({ status: 0 });
    expect(stdout).toMatch(/^start: OK\n/);
    expect(stdout).toContain("Ready: nothing is left to download.");
    expect(stdout).toMatch(/workshop$\n$/m); // its downloads are gone
  },
);

it("goes on when the server has been away", async () => {
  const { status, stdout, stderr } = await inRoom(room, 1, "80mbit", {
    client: onMachine(room, "curl -sO http://10.42.0.1:8000/start && sh start"),
    server: "sleep 5; stop; sleep 5; serve; echo it is back",
  });
  expect({ status }, stdout + stderr).toEqual({ status: 0 });
  expect(stderr).toContain("curl: (7)");
  expect(stdout).toMatch(/it is back\n(.*\n)*Ready: nothing is left to download/);
});

it("begins anew with a file that is damaged", async () => {
  const spoil = 'mkdir -p "$folder" && echo spoilt >"$folder/course.tar.gz"';
  const folder =
    "folder=.cache/containers-from-scratch/pack-$(sed -n 's/^sums=\\(.\\{12\\}\\).*/\\1/p' start)";
  const { status, stdout, stderr } = await inRoom(room, 1, "-", {
    client: onMachine(
      room,
      `curl -sO http://10.42.0.1:8000/start && ${folder} && ${spoil} && { sh start; sh start; }`,
    ),
  });
  expect({ status }, stdout + stderr).toEqual({ status: 0 });
  expect(stderr).toBe(
    "start: course.tar.gz came damaged, or is from another pack: type the same line again\n",
  );
  expect(stdout).toContain("Ready: nothing is left to download.");
});

/** The files that start takes on x86-64. */
const FILES = ["workshop.tar.gz", "packages-x64.tar", "course.tar.gz", "ubuntu-fs-x64.tar.gz"];

/** Downloads them as start does, but keeps nothing: it is all one computer here. */
const DOWNLOADS = `
  sums=$(curl -sS http://10.42.0.1:8000/SHA256SUMS)
  for file in ${FILES.join(" ")}; do
    sum=$(curl -f -sS --connect-timeout 10 -y 20 -Y 100 http://10.42.0.1:8000/$file | sha256sum)
    grep -q "^\${sum%% *}  $file$" <<<"$sums"
  done
  echo "client $CLIENT: $SECONDS s"`;

it("serves thirty at once, each at 10 Mbit/s and with losses, as fast as their links are", async () => {
  const { status, stdout, stderr } = await inRoom(room, 30, "10mbit", { client: DOWNLOADS });
  expect({ status }, stdout + stderr).toEqual({ status: 0 });
  const seconds = [...stdout.matchAll(/^client \d+: (\d+) s$/gm)].map(([, each]) => Number(each));
  expect(seconds).toHaveLength(30);
  const bytes = FILES.reduce((sum, name) => sum + statSync(path.join(room.pack, name)).size, 0);
  console.log(
    `${(bytes / 1e6).toFixed(0)} MB each: ${Math.min(...seconds)} to ${Math.max(...seconds)} s`,
  );
  expect(Math.max(...seconds)).toBeLessThan((1.5 * bytes * 8) / 10e6);
});
