/** A page, with the time that it takes in minutes, from its front matter. */
export interface Page {
  title: string;
  url: string;
  /**
   * `write` is for the students' own code. `more` is for a whole day: the exercises, or all of a page that
   * half a day leaves out.
   */
  minutes: { talk: number; write?: number; more?: number };
}

/** A line of the schedule. */
export interface Slot {
  /** The start, in minutes after midnight. */
  start: number;
  minutes: number;
  text: string;
  url?: string;
}

const NINE = 9 * 60;
const NOON = 12 * 60;
const LONGEST_SITTING = 75;

/** Tells whether a page is of the second part, stages 6 and up, which has days of its own. */
export function isPartTwo(page: Pick<Page, "url">): boolean {
  return dayOf(page) > 1;
}

/** Returns the day of a page: the second is for stages 6 to 9, and the third for what comes after them. */
export function dayOf({ url }: Pick<Page, "url">): number {
  if (url === "/graduation") return 3;
  const stage = Number(/^\/(\d\d)-/.exec(url)?.[1] ?? 0);
  return stage < 6 ? 1 : stage < 10 ? 2 : 3;
}

/**
 * Adds up a day.
 *
 * @param pages in the order of the course
 * @param wholeDay whether there is time for exercises, and for what is under the floor
 */
export function makeSchedule(pages: readonly Page[], wholeDay: boolean): Slot[] {
  const slots: Slot[] = [];
  let now = NINE;
  let sitting = 0;
  let hadLunch = !wholeDay;
  const add = (minutes: number, text: string, url?: string) => {
    slots.push({ start: now, minutes, text, ...(url !== undefined && { url }) });
    now += minutes;
    sitting = url === undefined ? 0 : sitting + minutes;
  };
  for (const { title, url, minutes } of pages) {
    const { talk, write = 0, more = 0 } = minutes;
    const parts = [
      { text: title, minutes: talk },
      { text: `${title}: write it yourself`, minutes: write },
      { text: talk === 0 ? title : `${title}: exercises`, minutes: wholeDay ? more : 0 },
    ];
    for (const part of parts.filter((each) => each.minutes > 0)) {
      if (!hadLunch && now + part.minutes > NOON + 30) {
        add(60, "Lunch");
        hadLunch = true;
      } else if (sitting > 0 && sitting + part.minutes > LONGEST_SITTING) add(15, "Break");
      add(part.minutes, part.text, url);
    }
  }
  return slots;
}

/** Returns a time of day as "09:05". */
export function clock(minutes: number): string {
  const parts = [Math.floor(minutes / 60), minutes % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
