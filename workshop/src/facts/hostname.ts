import { HOSTNAME, namespaceOf, parentOf, runsMain, snapshot } from "host";
import { expect, type Fact } from "./fact.ts";
import { ANY_COMMAND } from "./passes-status.ts";
import { plain, shown } from "./shown.ts";

export const namesContainer: Fact = {
  id: "names-container",
  title: 'has the hostname "container" inside',
  onlyLooks: true,
  async check({ shell }) {
    const { host, pid, hostname } = await shell();
    const parent = parentOf(pid);
    // run() too is inside for a moment, while it starts the command: it is not a process that run() has started
    const parentIsInside =
      runsMain(parentOf(parent)) && namespaceOf(parent, "uts") !== namespaceOf(host.pid, "uts");
    expect(
      hostname === "container",
      "the command's hostname is container when it starts",
      `it is ${shownName(hostname)}`,
      parentIsInside
        ? 'child() is in the new namespace, which begins with a copy of the host\'s name: it must call sethostname("container"), before it starts the command.'
        : "Nobody but the command itself is in the new namespace. run() must start this same program " +
            "there, as child, through /proc/self/exe; child sets the name, then starts the command.",
    );
  },
};

export const keepsHostsName: Fact = {
  id: "keeps-hosts-name",
  title: "leaves the host its name",
  async check({ stage, compareHost, shell }) {
    const { hasChild } = stage;
    const command = hasChild ? ANY_COMMAND : ["sh", "-c", "hostname inside && hostname"];
    const renamed = compareHost(...command);
    const during = await snapshot((await shell()).host);
    const { stdout, after } = await renamed;
    const changed = [during, after].find(({ hostname }) => hostname !== HOSTNAME);
    expect(
      changed === undefined,
      `the host is still called ${HOSTNAME}`,
      `the host is called ${changed?.hostname} now`,
      hasChild
        ? "Perhaps sethostname() ran in the host's UTS namespace. Only child() may call it, and child() must be " +
            "a process that run() has started with cloneflags: CLONE_NEWUTS."
        : "The name was changed in the host's own UTS namespace: the command is not in a new one.",
    );
    expect(
      hasChild || plain(stdout) === "inside",
      "a name that is set inside is seen inside",
      `hostname printed ${shown(stdout)}`,
      "The command could not change the name of its own namespace. Is it root there?",
    );
  },
};

export const looksLikeHost: Fact = {
  id: "looks-like-host",
  title: "has the host's hostname inside, as long as nobody changes it",
  onlyLooks: true,
  async check({ shell }) {
    const { hostname } = await shell();
    expect(
      hostname === HOSTNAME,
      `the command's hostname is ${HOSTNAME}`,
      `it is ${shownName(hostname)}`,
      "Naming the container is for stage 02. In this one it is hard to tell that one is in it.",
    );
  },
};

/** Returns a hostname so that one sees what it is, a line feed at its end for example. */
function shownName(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : JSON.stringify(name);
}
