import { type Host, type RunningStage, startStage, until } from "host";
import { onTestFinished } from "vitest";

/**
 * Starts a shell in a stage's container, and waits until it says "up". It is ended with the test.
 *
 * @param script what it does: at first, it waits for a line
 */
export async function startShell(
  host: Host,
  stage: string,
  script = "echo up; read line",
): Promise<RunningStage> {
  const container = await startStage(host, stage, "sh", "-c", script);
  onTestFinished(container.close);
  await until("the shell", () => container.stdout() === "up\n", 120); // an emulated machine takes its time
  return container;
}
