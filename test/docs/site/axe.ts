import axe from "axe-core";
import type { Page } from "playwright-core";

/**
 * Asks axe-core what is wrong with a page for those who cannot see it, or not well.
 *
 * @returns a line for each rule that is broken, with the first element that breaks it
 */
export async function violationsOn(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe: injected } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await injected.run({ resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}
