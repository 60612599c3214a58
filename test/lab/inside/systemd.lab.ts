import { readFileSync } from "node:fs";
import { readMountinfo } from "shared-native";
import { expect, it } from "vitest";

it("is booted by systemd", () => {
  expect(readFileSync("/proc/1/comm", "utf8")).toBe("systemd\n");
});

it("has pure cgroup v2, with the controllers of the course", () => {
  const cgroups = readMountinfo().filter(({ filesystemtype }) => /^cgroup/.test(filesystemtype));
  expect(cgroups).toMatchObject([{ filesystemtype: "cgroup2", mountPoint: "/sys/fs/cgroup" }]);
  const controllers = readFileSync("/sys/fs/cgroup/cgroup.controllers", "utf8");
  expect(controllers.trim().split(" ")).toEqual(expect.arrayContaining(["cpu", "memory", "pids"]));
});

it("has the memory.max in system.slice that the article shows", () => {
  expect(readFileSync("/sys/fs/cgroup/system.slice/memory.max", "utf8")).toBe("max\n");
});

it("has a shared /, without anybody's help", () => {
  const root = readMountinfo().find(({ mountPoint }) => mountPoint === "/");
  expect(root?.propagation).toContainEqual(expect.stringMatching(/^shared:/));
});
