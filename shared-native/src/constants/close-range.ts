// The flags of close_range(2), from <linux/close_range.h>.

/** First gives the caller a descriptor table of its own. */
export const CLOSE_RANGE_UNSHARE = 2;
/** Marks the descriptors close-on-exec, and leaves them open for now. */
export const CLOSE_RANGE_CLOEXEC = 4;
