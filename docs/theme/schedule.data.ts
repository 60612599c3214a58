import { createContentLoader } from "vitepress";
import type { Page } from "./schedule.ts";
import { sidebar } from "./sidebar.ts";

declare const data: Page[];

export { data };

const order = sidebar.flatMap(({ items = [] }) => items.map(({ link }) => `${link}`));

// biome-ignore lint/style/noDefaultExport: VitePress asks a data loader for it
export default createContentLoader("*.md", {
  transform(pages): Page[] {
    return pages
      .filter(({ frontmatter }) => frontmatter.minutes !== undefined)
      .map(({ frontmatter, url }) => ({ ...frontmatter, url }) as Page)
      .sort((one, other) => place(one.url) - place(other.url));
  },
});

function place(url: string): number {
  return order.indexOf(url.replace(/\.html$/, ""));
}
