// The flags of umount2(2), from <sys/mount.h>.

/** Asks the file system to abort pending requests; may lose data (NFS). */
export const MNT_FORCE = 1;
/** Lazy: takes the mount out of the tree now, and ends it when nothing uses it any more. */
export const MNT_DETACH = 2;
/** Marks the mount as expired, or unmounts it if it was marked and not used since. */
export const MNT_EXPIRE = 4;
/** Does not follow the target if it is a symbolic link. */
export const UMOUNT_NOFOLLOW = 8;
