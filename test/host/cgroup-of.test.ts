import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { cgroupOf } from "host";
import { cgroupProcs, cgroupRoot, removeCgroup } from "shared-native";
import { expect, it } from "vitest";
import { fileName } from "../kit/any-text.ts";

it("cgroupOf finds the cgroup of a process, whatever its name", async () => {
  const root = cgroupRoot("pids");
  const parent = mkdtempSync(path.join(root, "workshop-test-"));
  const outside = cgroupProcs(parent);
  const sleep = spawn("sleep", ["1000"]);
  try {
    fc.assert(
      // The kernel forbids a newline here
      fc.property(
        fileName.filter((name) => !name.includes("\n")),
        (name) => {
          const cgroup = path.join(parent, `x${name}`); // not the name of one of the kernel's own files
          mkdirSync(cgroup);
          try {
            writeFileSync(cgroupProcs(cgroup), String(sleep.pid));
            expect(cgroupOf(sleep.pid ?? 0, "pids", root)).toBe(cgroup);
          } finally {
            writeFileSync(outside, String(sleep.pid));
            rmdirSync(cgroup);
          }
        },
      ),
    );
  } finally {
    sleep.kill();
    await once(sleep, "exit");
    removeCgroup(parent);
  }
});
