// The mountflags of mount(2), from <sys/mount.h>.

export const MS_RDONLY = 1;
export const MS_NOSUID = 2;
export const MS_NODEV = 4;
export const MS_NOEXEC = 8;
export const MS_SYNCHRONOUS = 16;
export const MS_REMOUNT = 32;
export const MS_DIRSYNC = 128;
export const MS_NOSYMFOLLOW = 256;
export const MS_NOATIME = 1024;
export const MS_NODIRATIME = 2048;
export const MS_BIND = 4096;
export const MS_MOVE = 8192;
/** With MS_BIND or a propagation flag: the whole tree of mounts below, too. */
export const MS_REC = 16384;
export const MS_SILENT = 32768;
/** Propagation: as MS_PRIVATE, and it cannot be bind-mounted. */
export const MS_UNBINDABLE = 1 << 17;
/** Propagation: mounts below neither come in from other mount namespaces nor go out to them. */
export const MS_PRIVATE = 1 << 18;
/** Propagation: mounts below come in, but do not go out. */
export const MS_SLAVE = 1 << 19;
/** Propagation: mounts below come in and go out. */
export const MS_SHARED = 1 << 20;
export const MS_RELATIME = 1 << 21;
export const MS_STRICTATIME = 1 << 24;
export const MS_LAZYTIME = 1 << 25;
