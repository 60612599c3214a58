import { giveToOwnerAtEnd } from "shared-native/loader/give-to-owner.cjs";
import { defineConfig } from "vitepress";
import { anySubPath } from "../build/any-sub-path.ts";
import { serveProgress } from "../build/serve-progress.ts";
import { plugins } from "../markdown/plugins.ts";
import { sidebar } from "../theme/sidebar.ts";

giveToOwnerAtEnd();

export default defineConfig({
  srcExclude: ["markdown/README.md"],
  lang: "en-GB",
  title: "Containers from scratch",
  description: "A class builds a Linux container from scratch, in TypeScript, in five stages",
  head: [["link", { rel: "icon", href: "./icon.svg", type: "image/svg+xml" }]],
  // The lab's page names the port where `pnpm run docs` serves
  ignoreDeadLinks: "localhostLinks",
  // The site is small, and one file fewer to fetch is worth more than a finer cache.
  metaChunk: false,
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    codeCopyButtonTitle: "Copy the code",
    config: plugins,
  },
  vite: { plugins: [{ name: "progress", configureServer: serveProgress }] },
  themeConfig: {
    nav: [
      { text: "Course", link: "/01-uts", activeMatch: "^/(\\d\\d-|first-things|lab)" },
      {
        text: "Beyond",
        link: "/where-chroot-ends",
        activeMatch: "^/(graduation|where-chroot|how-runc|promises)",
      },
      {
        text: "Under the floor",
        link: "/node-cannot-fork",
        activeMatch: "^/(node-cannot|go-and|mount-prop|cgroup-v|speed)",
      },
      { text: "Teacher", link: "/teacher" },
      { text: "Troubleshooting", link: "/troubleshooting" },
    ],
    sidebar,
    outline: { level: [2, 3], label: "On this page" },
    search: {
      provider: "local",
      options: {
        miniSearch: {
          searchOptions: {
            // All words have to be there, and who types an error message wants to get rid of it
            combineWith: "AND",
            fuzzy: 0.1,
            prefix: true,
            boostDocument: (id: string) => (id.includes("troubleshooting") ? 3 : 1),
          },
        },
      },
    },
    docFooter: { prev: "Before", next: "Next" },
    externalLinkIcon: false,
  },
  // VitePress writes rel="preload stylesheet", which is not valid
  transformHtml: (html) =>
    html.replaceAll(/rel="preload (stylesheet" href="[^"]*") as="style"/g, 'rel="$1'),
  buildEnd: anySubPath,
});
