import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { DefaultTheme } from "vitepress";
import { isPartTwo } from "./schedule.ts";

const DOCS = path.join(import.meta.dirname, "..");

/** All pages of the course, in the order in which a class reads them. */
export const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: "Begin",
    items: [
      { text: "Start", link: "/" },
      { text: "Linux, with root", link: "/linux" },
      { text: "Linux, without root", link: "/linux-without-root" },
      { text: "Mac", link: "/mac" },
      { text: "Windows", link: "/windows" },
      { text: "The lab", link: "/lab" },
      { text: "The live page", link: "/live" },
      { text: "First things", link: "/first-things" },
    ],
  },
  {
    text: "The course",
    items: stagePages((url) => !isPartTwo({ url })),
  },
  {
    text: "Part two: what a runtime does",
    items: stagePages((url) => isPartTwo({ url })),
  },
  {
    text: "Beyond",
    items: [
      { text: "Graduation", link: "/graduation" },
      { text: "Where chroot ends", link: "/where-chroot-ends" },
      { text: "How runc does it", link: "/how-runc-does-it" },
      { text: "What we promise", link: "/promises" },
    ],
  },
  {
    text: "Under the floor",
    items: [
      { text: "Why Node cannot fork", link: "/node-cannot-fork" },
      { text: "The Go demo and ours", link: "/go-and-ours" },
      { text: "Mount propagation", link: "/mount-propagation" },
      { text: "cgroup v1 and v2", link: "/cgroup-versions" },
      { text: "Where the time goes", link: "/speed" },
    ],
  },
  {
    text: "At hand",
    items: [
      { text: "Troubleshooting", link: "/troubleshooting" },
      { text: "Glossary", link: "/glossary" },
      { text: "For the teacher", link: "/teacher" },
    ],
  },
];

/** Links some pages of the stages, by their titles: "1. A name of its own". */
function stagePages(isWanted: (url: string) => boolean): DefaultTheme.SidebarItem[] {
  const pages = readdirSync(DOCS).filter((file) => /^\d\d-.*\.md$/.test(file));
  const wanted = pages.filter((file) => isWanted(`/${file}`));
  return wanted.sort().map((file) => {
    const [, title] = /^title: (.+)$/m.exec(readFileSync(path.join(DOCS, file), "utf8")) ?? [];
    return { text: `${Number.parseInt(file, 10)}. ${title}`, link: `/${path.parse(file).name}` };
  });
}
