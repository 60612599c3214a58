import { until } from "host";

/** A command that serves a page on port 80, and ends with status 3 when it is asked to end. */
export const SERVER = [
  ...["bash", "-c"],
  `mkdir -p /srv && hostname >/srv/index.html && busybox httpd -p 80 -h /srv
  trap "exit 3" TERM; while :; do sleep 0.1; done`,
];

/** Asks a server for its page until it answers: it may be starting. */
export async function fetchPage(url: string): Promise<string> {
  return until(`an answer from ${url}`, async () => {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
      return answer.ok ? (await answer.text()).trim() : undefined;
    } catch {
      return undefined; // nobody listens yet
    }
  });
}
