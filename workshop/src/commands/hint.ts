import { existsSync } from "node:fs";
import { interruption } from "host";
import { checkPractice, isChecked } from "../practice/check-practice.ts";
import { limitsHere } from "../practice/limits.ts";
import { mainFile } from "../practice/main-file.ts";
import { currentStage } from "../practice/progress.ts";
import { findStage } from "../stages/find-stage.ts";
import { page } from "../terminal/page.ts";
import { showHint } from "../terminal/show-hint.ts";
import { ensureRootfs } from "./rootfs.ts";

/** Runs `pnpm workshop hint 03`: one hint a call for the fact that fails, more each time, at last the code. */
export async function hint(name: string | undefined): Promise<void> {
  const stage = name === undefined ? currentStage() : findStage(name);
  // It follows the fact that fails now. Who cannot check is told what helps with the one of the last check
  const canCheck = process.platform === "linux" && process.geteuid?.() === 0;
  if (canCheck && existsSync(mainFile(stage)) && !isChecked(stage)) {
    const signal = interruption();
    await ensureRootfs(stage, signal);
    await checkPractice(stage, { limits: limitsHere(), signal });
  }
  await page(showHint(stage));
}
