/** Counts how often each of many has done something in the running minute. */
export interface Count {
  add(who: string): void;
  of(who: string): number;
}

export function countPerMinute(): Count {
  const counts = new Map<string, number>();
  let begun = 0;
  const forget = () => {
    if (Date.now() - begun < 60_000) return;
    counts.clear();
    begun = Date.now();
  };
  return {
    add(who) {
      forget();
      counts.set(who, (counts.get(who) ?? 0) + 1);
    },
    of(who) {
      forget();
      return counts.get(who) ?? 0;
    },
  };
}
