import axe from "axe-core";
import type { Page } from "playwright-core";

/**
 * Asks axe-core what is wrong with a page for those who cannot see it, or not well.
 *
 * @param rules only these, or all that axe has
 * @returns a line for each rule that is broken, with the first element that breaks it
 */
export async function violationsOn(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return await page.evaluate(async (only) => {
    const { axe: injected } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await injected.run({
      resultTypes: ["violations"],
      ...(only && { runOnly: only }),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, rules);
}
