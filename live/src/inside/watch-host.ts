import type { Eyes } from "../look/look.ts";
import type { Container, Process } from "../look/picture.ts";
import type { FromInside, PictureMessage } from "../messages.ts";

/** The shortest time between two looks, in milliseconds. */
const PAUSE = 200;
/** The longest time until something that does not stop changing is shown as it is. */
const PATIENCE = 1000;
/** A look may take a twentieth of a processor's time. */
const SHARE = 20;

/**
 * Looks at a host again and again, and tells when it has changed: when two looks in a row see the same,
 * as a container that is being made is none yet.
 *
 * @param eyes see it
 * @param isSandbox is told along
 * @param terminals gives the numbers of the terminals' devices
 * @param onEnd is called when the host has ended
 */
export function watchHost(
  eyes: Eyes,
  isSandbox: boolean,
  terminals: () => number[],
  tell: (message: FromInside) => void,
  onEnd: () => void,
) {
  let timer: NodeJS.Timeout | undefined;
  let told = "";
  /** The time of the last look that saw what has been told. */
  let trueAt = 0;
  let last = "";
  let numbers: PictureMessage["numbers"] = {};

  function look(): void {
    const before = process.cpuUsage();
    let message: Omit<PictureMessage, "numbers">;
    try {
      const picture = eyes.look();
      message = { type: "picture", picture, isSandbox, screens: screensOf(picture, terminals()) };
    } catch {
      onEnd();
      return;
    }
    const text = JSON.stringify(message);
    const now = performance.now();
    if (text === told) trueAt = now;
    else if (text === last || now - trueAt > PATIENCE) {
      numbers = numberContainers(message.picture.containers, numbers);
      tell({ ...message, numbers });
      told = text;
      trueAt = now;
    }
    last = text;
    const { user, system } = process.cpuUsage(before);
    timer = setTimeout(look, Math.max(PAUSE, ((user + system) / 1000) * SHARE));
  }

  const close = () => clearTimeout(timer);
  return {
    watch(wanted: boolean) {
      close();
      told = ""; // who has just come has seen nothing yet
      if (wanted) look();
    },
    close() {
      close();
      eyes.close();
    },
  };
}

/** Finds the container that has each terminal: that of the youngest process in its foreground. */
function screensOf({ processes }: PictureMessage["picture"], devices: number[]): (string | null)[] {
  return devices.map((device) => {
    const youngest = processes.findLast(({ screen }) => screen === device);
    if (youngest?.role !== "run") return youngest?.container ?? null;
    // It passes on what is typed, if its container has a terminal of its own
    const child = processes.find(({ parent, container }) => parent === youngest.pid && container);
    const hasOther = ({ container, screen }: Process) => container === child?.container && screen;
    return (child && processes.some(hasOther) && child.container) || null;
  });
}

/** Gives each container that is new the smallest number that is free, and lets the others keep theirs. */
function numberContainers(
  containers: Container[],
  before: PictureMessage["numbers"],
): PictureMessage["numbers"] {
  const kept = containers.flatMap(({ id }) => (before[id] ? [[id, before[id]] as const] : []));
  const numbers = new Map(kept);
  for (const { id } of containers) {
    const taken = new Set(numbers.values());
    let free = 1;
    while (taken.has(free)) free++;
    if (!numbers.has(id)) numbers.set(id, free);
  }
  return Object.fromEntries(numbers);
}
