import { giveToOwnerAtEnd } from "shared-native/loader/give-to-owner.cjs";
import { defineConfig, type TestUserConfig } from "vitest/config";
import { FailuresAtOnce } from "./kit/failures-at-once.ts";
import { LongOnesFirst } from "./kit/long-ones-first.ts";

giveToOwnerAtEnd();

const MINUTE = 60_000;

/** Runs the tests of `pnpm test`, and of `pnpm test:every`, which takes more of them. */
const usual: TestUserConfig = {
  include: ["**/*.test.ts"],
  maxWorkers: 4, // most tests wait most of the time: for signals, terminals, time-outs
  maxConcurrency: 2, // students' code is checked by two containers at a time: more only wait for processors
  isolate: false,
  sequence: { sequencer: LongOnesFirst },
};

/** Kinds of tests: `vitest run --mode soak`. Without a mode it is "test". */
const kinds: Record<string, TestUserConfig> = {
  test: {
    ...usual,
    // Generous: the machine of a class is slow, a lab without hardware virtualisation slower, and the
    // longest of them has a minute's work for a machine that has nothing else to do.
    ...timeouts(5 * MINUTE),
  },

  // The same, and all of what `pnpm test` has some of: what all stages must do alike, students' mistakes,
  // the looks of a page.
  every: { ...usual, env: { WORKSHOP_EVERY: "1" }, ...timeouts(10 * MINUTE) },

  // Downloads packages of a distribution: `pnpm check` runs it, `pnpm test` does not.
  network: { include: ["**/*.network.ts"], ...timeouts(MINUTE) },

  // A real pack, and machines of its own for it: downloads some hundred megabytes.
  pack: {
    include: ["**/*.pack.ts"],
    globalSetup: ["./workshop/pack/real-pack.ts"],
    fileParallelism: false,
    disableConsoleIntercept: true,
    ...timeouts(20 * MINUTE),
  },

  // An hour and more, by hand
  faults: { include: ["**/*.fault.ts"], ...timeouts(60 * MINUTE), maxConcurrency: 2 },

  // Real engines, on a machine of their own. They need Debian's packages: CI runs it on Debian.
  graduate: {
    include: ["graduate/*.graduate.ts"],
    fileParallelism: false, // the engines have their processors
    ...timeouts(16 * MINUTE),
  },

  // What takes too long for every push, or wants the machine for itself.
  soak: {
    include: ["**/*.soak.ts"],
    env: { WORKSHOP_EVERY: "1" },
    ...timeouts(60 * MINUTE),
    fileParallelism: false,
    disableConsoleIntercept: true,
  },

  // Each stage as a student sees it, with another version of Node: test/node-versions.sh says which.
  // Older ones read TypeScript through tsx, which takes its time.
  versions: { include: ["steps/{[0-9]*-*,facts,isolation}.test.ts"], ...timeouts(5 * MINUTE) },

  // All tests of the stages, and what can only be seen on a kernel of one's own, booted by systemd.
  // QEMU may emulate the machine: a program takes twenty times as long to start as on the host.
  lab: {
    ...timeouts(10 * MINUTE),
    maxConcurrency: 2,
    projects: [
      {
        extends: true,
        // The machine has two processors
        test: {
          name: "hosts",
          include: ["steps/**/*.test.ts", "live/look.test.ts"],
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        // One after the other: what they do is seen by all on the machine, such as a leak
        test: {
          name: "machine",
          include: ["lab/inside/*.lab.ts"],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },

  // What may differ on another architecture, which QEMU emulates: a stage takes ten seconds there.
  architecture: { include: ["lab/inside/architecture.lab.ts"], ...timeouts(10 * MINUTE) },

  // `pnpm lab` as its user sees it, from outside. Some minutes, and what it needs: CI runs it on Debian.
  outside: {
    include: ["lab/outside/*.outside.ts"],
    setupFiles: ["./kit/needs-root.ts", "./lab/outside/make-disk.ts"],
    fileParallelism: false, // each machine has two processors
    ...timeouts(15 * MINUTE),
    testTimeout: 5 * MINUTE,
  },
};

export default defineConfig(({ mode }) => {
  const kind = kinds[mode];
  if (!kind) throw new Error(`no tests of the kind ${mode}: ${Object.keys(kinds).join(", ")}`);
  // A repo that a test mounts elsewhere would have pnpm install again, in the middle of all tests.
  const env = { pnpm_config_verify_deps_before_run: "false" };
  // What CI ends has no summary
  const reporters = process.env.CI ? { reporters: ["default", new FailuresAtOnce()] } : {};
  const setupFiles = ["./kit/needs-root.ts"];
  const globalSetup = ["./kit/make-root-file-system.ts"];
  return { test: { globalSetup, setupFiles, ...reporters, ...kind, env: { ...env, ...kind.env } } };
});

function timeouts(milliseconds: number) {
  return { testTimeout: milliseconds, hookTimeout: milliseconds };
}
