import { beforeEach } from "vitest";

const isRoot = process.platform === "linux" && process.geteuid?.() === 0;

// On a laptop, a test that cannot run says why; in CI it runs, and fails.
beforeEach(({ skip }) => {
  skip(!isRoot && process.env.CI === undefined, 'needs Linux and root: type "sudo pnpm test"');
});
