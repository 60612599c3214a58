import { spawn } from "node:child_process";
import { once } from "node:events";
import fc from "fast-check";
import { isAlive, parentOf } from "host";
import { expect, it } from "vitest";
import { fileName } from "../kit/any-text.ts";

it("parentOf and isAlive know a process, whatever it calls itself", async () => {
  const LIES = ["\rPPid:\t1\r", "\u2028PPid:\t1\r", "\rState:\tZ", "a\nState:\tZ", ") Z 1"];
  const name = fc.oneof(fc.constantFrom(...LIES), fileName);
  await fc.assert(
    fc.asyncProperty(name, async (name) => {
      const script = 'printf %s "$1" >/proc/$$/comm; echo named; read line';
      const sh = spawn("sh", ["-c", script, "sh", name], { stdio: ["pipe", "pipe", "inherit"] });
      try {
        await once(sh.stdout, "data");
        expect(parentOf(sh.pid ?? 0)).toBe(process.pid);
        expect(isAlive(sh.pid ?? 0)).toBe(true);
      } finally {
        sh.stdin.end();
        await once(sh, "exit");
      }
    }),
    { examples: LIES.map((lie) => [lie]), numRuns: 30, endOnFailure: true },
  );
});
