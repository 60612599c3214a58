// The options of prctl(2), from <linux/prctl.h>.

/** The signal that the calling process gets when its parent dies. */
export const PR_SET_PDEATHSIG = 1;
