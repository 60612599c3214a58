// From <linux/capability.h>: what root may do, in parts. Those that a container may keep
/** Changes who a file belongs to. */
export const CAP_CHOWN = 0;
/** Reads and writes files whatever their permissions are. */
export const CAP_DAC_OVERRIDE = 1;
/** Changes the permissions of files that belong to others. */
export const CAP_FOWNER = 3;
/** Keeps the set-user-ID bit of a file when it is written to. */
export const CAP_FSETID = 4;
/** Sends signals to processes of other users. */
export const CAP_KILL = 5;
/** Changes its groups. */
export const CAP_SETGID = 6;
/** Changes its user. */
export const CAP_SETUID = 7;
/** Takes capabilities out of its own bounding set. */
export const CAP_SETPCAP = 8;
/** Listens on ports below 1024. */
export const CAP_NET_BIND_SERVICE = 10;
/** Sends and receives packets of any kind, as ping does. */
export const CAP_NET_RAW = 13;
/** Calls chroot. */
export const CAP_SYS_CHROOT = 18;
/** Makes devices. */
export const CAP_MKNOD = 27;
/** Writes to the kernel's audit log, as login does. */
export const CAP_AUDIT_WRITE = 29;
/** Gives capabilities to files. */
export const CAP_SETFCAP = 31;
