/** Errors that are not the student's: the packages that run the code are not there. */
const NOT_INSTALLED =
  /nothing is installed here|Cannot find package 'shared-native'|Cannot find (?:package|module) '[^']*' imported from \S*\/(?:shared-native\/src|node_modules)\//;

/** @throws {Error} for an error that no change in the student's code could mend, with what to type */
export function refuseMissingPackages(stderr: string): void {
  const reason = NOT_INSTALLED.exec(stderr)?.[0];
  if (reason === undefined) return;
  throw new Error(
    `practice is not installed whole: type "npx -y pnpm@12 install", then try again (${reason})`,
  );
}
