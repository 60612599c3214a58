/** Says that all of a long list is tested, `pnpm test:every`: else some that stand for them. */
export const testsEvery = process.env.WORKSHOP_EVERY !== undefined;
