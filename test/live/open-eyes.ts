import type { Host } from "host";
import { ubuntuFs } from "host";
import { type Eyes, openEyes } from "live/look";
import { onTestFinished } from "vitest";

/** Opens eyes on a host, which close with the test. */
export function openEyesOn({ pid }: Host): Eyes {
  const eyes = openEyes(`/proc/${pid}/root/proc`, [ubuntuFs]);
  onTestFinished(eyes.close);
  return eyes;
}
