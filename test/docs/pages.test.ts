import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { clock, dayOf, isPartTwo, makeSchedule } from "docs/theme/schedule.ts";
import { sidebar } from "docs/theme/sidebar.ts";
import { repo } from "host";
import { describe, expect, it } from "vitest";
import { stages as all } from "workshop/stages";
import { ARTICLE } from "./pages/article.ts";
import { messagesInCode } from "./pages/messages.ts";
import { part } from "./pages/stage-page.ts";
import { blocksOf, docs, pages } from "./transcripts/blocks.ts";

const texts = new Map(pages.map((page) => [page, readFileSync(path.join(docs, page), "utf8")]));
const text = (page: string) => texts.get(page) ?? "";
/** All pages but the one that others write. */
const own = pages.filter((page) => page !== "lab.md");

/** The stages that have a page. test/workshop/stages.test.ts checks that all of them do. */
const stages = pages
  .filter((page) => /^\d/.test(page))
  .sort()
  .map((page) => path.parse(page).name);
/** Those of them that students write. */
const written = all.map(({ name }) => name);

describe("the pages", () => {
  it("are all in the sidebar, and it has no other", () => {
    const links = sidebar.flatMap(({ items = [] }) => items.map(({ link }) => link));
    const inSidebar = links.map((link) => (link === "/" ? "index.md" : `${link?.slice(1)}.md`));
    expect(inSidebar.sort()).toEqual([...pages].sort());
  });

  it("of the stages lead to the live page, which draws what they are about", () => {
    const without = written.filter(
      (stage) => !part(text(`${stage}.md`), "Look at it").includes("(./live.md)"),
    );
    expect(without).toEqual([]);
  });

  it("hold no code of their own: it is included from the files that run", () => {
    for (const [page, content] of texts) {
      for (const [fence, info, body] of content.matchAll(/^```(ts|js)\b.*\n([\s\S]*?)^```$/gm)) {
        expect(body, `${page}: ${info} ${fence}`).toBe("");
      }
    }
  });
});

describe("what the pages say", () => {
  it("names man pages as man7.org does", () => {
    for (const [page, content] of texts) {
      for (const [link] of content.matchAll(/\[[^\]]*\]\(https:\/\/man7[^)]*\)/g)) {
        const form =
          /^\[([\w.]+)\((\d\w*)\)\]\(https:\/\/man7\.org\/linux\/man-pages\/man(\d)\/(.+)\.html\)$/;
        const [, name, section = "", folder, file] = form.exec(link) ?? [];
        expect(file, `${page}: ${link}`).toBe(`${name}.${section}`);
        expect(section[0], `${page}: ${link}`).toBe(folder);
      }
    }
  });

  it("types only what can be typed: scripts, packages and files that are there", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(repo, "package.json"), "utf8"));
    const practice = written.map((stage) => `practice-${stage.slice(0, 2)}`);
    const packages = [...stages, ...practice, "docs", "test", "workshop"];
    for (const page of own) {
      const code = [...text(page).matchAll(/```console[\s\S]*?```|`[^`\n]+`/g)].join("\n");
      for (const [, script = ""] of code.matchAll(/\bpnpm (?:run )?([a-z][\w:]*)/g)) {
        const known = ["exec", "audit", "workshop", ...Object.keys(scripts)];
        expect(known, `${page}: pnpm ${script}`).toContain(script);
      }
      for (const [, name = ""] of code.matchAll(/--filter ([\w-]+)/g)) {
        expect(packages, `${page}: --filter ${name}`).toContain(name);
      }
      for (const [file] of code.matchAll(
        /(?<![\w/.])(?:steps|shared-native|docs|test|workshop)\/[\w./-]*\w/g,
      )) {
        if (file.startsWith("steps/13-oci/bundle")) continue; // one that the reader makes
        expect(existsSync(path.join(repo, file)), `${page}: ${file}`).toBe(true);
      }
    }
  });

  it("types nothing that is true on one machine only, such as a process ID", () => {
    for (const page of pages) {
      for (const { place, entries } of blocksOf(page)) {
        for (const { command } of entries) {
          expect(command, place).not.toMatch(
            /‹|\/proc\/(?!1\/)\d|\bkill (?:-\S+ )?\d{2,}|container-\w{6}/,
          );
        }
      }
    }
  });

  it("spells names as their owners do", () => {
    const names = [
      ...[
        "TypeScript",
        "JavaScript",
        "Linux",
        "Docker",
        "Ubuntu",
        "Debian",
        "Vagrant",
        "VitePress",
      ],
      ...["GitHub", "VirtualBox", "Kubernetes", "ROOT_OF_CONTAINER", "AppArmor", "SELinux"],
    ];
    const lower = [
      "pnpm",
      "koffi",
      "runc",
      "containerd",
      "systemd",
      "cgroup",
      "chroot",
      "overlayfs",
    ];
    for (const page of own) {
      const prose = text(page).replace(
        /```[\s\S]*?```|`[^`]*`|\]\([^)]*\)|https?:\S+|util-linux/g,
        "",
      );
      for (const name of [...names, ...lower]) {
        for (const [found] of prose.matchAll(new RegExp(`\\b${name}\\b`, "gi"))) {
          expect([name, name.toUpperCase() === "CGROUP" ? "Cgroup" : name], page).toContain(found);
        }
      }
      expect(prose, page).not.toMatch(
        /NodeJS|Node\.JS|Mac OS|MacOS|cgroups? V[12]|user namespace's/,
      );
    }
  });

  it("covers every command of the article", () => {
    const transcripts = pages
      .flatMap((page) => blocksOf(page).map(({ content }) => content))
      .join("");
    const missing = ARTICLE.filter(([, ours]) => !ours.test(transcripts));
    expect(missing.map(([theirs]) => theirs)).toEqual([]);
  });
});

describe("troubleshooting", () => {
  // A message of another program has its name in front: "### bash says `…`"
  const entries = text("troubleshooting.md").matchAll(/^### (`+)(.+?) ?\1$/gm);
  const listed = [...entries].map(([, , message = ""]) => message);
  const messages = messagesInCode();

  it("has an entry for every message of the code", () => {
    const missing = [...messages].filter(([message]) => !listed.includes(message));
    expect(missing).toEqual([]);
  });

  it("has no entry for a message that is no more", () => {
    expect(listed.filter((message) => !messages.has(message))).toEqual([]);
  });
});

describe("the schedule", () => {
  const timed = sidebar
    .flatMap(({ items = [] }) => items.map(({ link }) => link))
    .flatMap((url = "") => {
      const page = text(url === "/" ? "index.md" : `${url.slice(1)}.md`);
      const found = /^minutes: \{ talk: (\d+)(?:, write: (\d+))?(?:, more: (\d+))? \}$/m.exec(page);
      if (!found) return [];
      const [, talk, write, more] = found.map((digits) => Number(digits ?? 0));
      return [
        { title: url, url, minutes: { talk: talk ?? 0, write: write ?? 0, more: more ?? 0 } },
      ];
    });
  const end = (wholeDay: boolean, part = timed.filter((page) => !isPartTwo(page))) => {
    const last = makeSchedule(part, wholeDay).at(-1);
    return clock((last?.start ?? 0) + (last?.minutes ?? 0));
  };

  it("of half a day, with time to write each stage, ends at lunch", () => {
    expect(end(false) > "12:00" && end(false) <= "13:00", end(false)).toBe(true);
    const firstPart = timed.filter((page) => !isPartTwo(page));
    const written = makeSchedule(firstPart, false).filter(({ text }) => text.endsWith("yourself"));
    expect(written.map(({ url }) => url)).toEqual(
      stages.filter((stage) => stage < "06").map((stage) => `/${stage}`),
    );
    for (const { minutes } of written) expect(minutes).toBeGreaterThanOrEqual(10);
  });

  it("has the minutes of what to leave out as the pages have them", () => {
    const [, late = ""] = /^## When you are late\n([\s\S]*?)^## /m.exec(text("teacher.md")) ?? [];
    const left = [...late.matchAll(/^\d\. \*\*Stage (\d)'s own code\*\* \((\d+) minutes\)/gm)];
    expect(left).toHaveLength(3);
    for (const [, stage, minutes] of left) {
      const page = timed.find(({ url }) => url.startsWith(`/0${stage}-`));
      expect(page?.minutes.write, `stage ${stage}`).toBe(Number(minutes));
    }
    const sum = left.reduce((all, [, , minutes]) => all + Number(minutes), 0);
    expect(late).toContain(`That is ${sum} minutes.`);
  });

  it("of the days after that, with the exercises, ends in time as well", () => {
    const partTwo = [...written.filter((stage) => stage >= "06"), "graduation"].map(
      (name) => `/${name}`,
    );
    expect(timed.filter(isPartTwo).map(({ url }) => url)).toEqual(partTwo);
    for (const [day, latest] of Object.entries({ 2: "15:30", 3: "14:30" })) {
      const last = end(
        true,
        timed.filter((page) => dayOf(page) === Number(day)),
      );
      expect(last <= latest, `day ${day}: ${last}`).toBe(true);
    }
  });

  it("of a day ends in the afternoon", () => {
    expect(end(true) > "15:30" && end(true) <= "17:30", end(true)).toBe(true);
  });
});
