import type { DefaultTheme } from "vitepress";

/** All pages of the course, in the order in which a class reads them. */
export const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: "Begin",
    items: [
      { text: "Start", link: "/" },
      { text: "The lab", link: "/lab" },
    ],
  },
  {
    text: "The stages",
    items: [
      { text: "1. A name of its own", link: "/01-uts" },
      { text: "2. Run yourself again", link: "/02-reexec" },
      { text: "3. Processes and files", link: "/03-pid-mnt-chroot" },
      { text: "4. Mounts that stay inside", link: "/04-unshare-proc" },
      { text: "5. A limit", link: "/05-cgroups" },
    ],
  },
  {
    text: "Under the floor",
    items: [
      { text: "Why Node cannot fork", link: "/node-cannot-fork" },
      { text: "The Go demo and ours", link: "/go-and-ours" },
      { text: "Mount propagation", link: "/mount-propagation" },
      { text: "cgroup v1 and v2", link: "/cgroup-versions" },
      { text: "Where chroot ends", link: "/where-chroot-ends" },
      { text: "How runc does it", link: "/how-runc-does-it" },
      { text: "Where the time goes", link: "/speed" },
    ],
  },
  {
    text: "At hand",
    items: [
      { text: "What we promise", link: "/promises" },
      { text: "Troubleshooting", link: "/troubleshooting" },
      { text: "For the teacher", link: "/teacher" },
      { text: "Glossary", link: "/glossary" },
    ],
  },
];
