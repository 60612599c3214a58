/** Returns the whole minutes since a time. */
export function minutesSince(time: number | undefined, now: number): number {
  return Math.max(0, Math.floor((now - (time ?? now)) / 60_000));
}
