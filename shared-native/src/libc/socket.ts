import { check } from "./call.ts";
import { addressOf, bind } from "./ffi.ts";

// From <sys/socket.h>
const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;

/** The bytes of struct sockaddr_un that are for the path, its NUL byte included. */
const SUN_PATH = 108;

// int socket(int domain, int type, int protocol);
const libcSocket = bind("socket", ["int", "int", "int"]);
// int connect(int sockfd, const struct sockaddr *addr, socklen_t addrlen);
const libcConnect = bind("connect", ["int", "pointer", "unsigned int"]);
// ssize_t sendmsg(int sockfd, const struct msghdr *msg, int flags);
const libcSendmsg = bind("sendmsg", ["int", "pointer", "int"]);

/**
 * Connects to the socket of another program on this machine.
 *
 * @param path the socket, of at most 107 bytes
 * @returns a descriptor
 * @throws {RangeError} for a longer path
 * @throws {SyscallError} `ENOENT`, `ECONNREFUSED` when nobody listens, `ENOTSOCK`, `EACCES`
 * @see https://man7.org/linux/man-pages/man7/unix.7.html
 */
export function connectUnix(path: string): number {
  if (Buffer.byteLength(path) >= SUN_PATH) {
    throw new RangeError(`a socket's path has at most ${SUN_PATH - 1} bytes: ${path}`);
  }
  const fd = libcSocket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  check(fd, "socket", "AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0");
  // struct sockaddr_un { sa_family_t sun_family; char sun_path[108]; }
  const address = Buffer.alloc(2 + SUN_PATH);
  address.writeUInt16LE(AF_UNIX, 0);
  address.write(path, 2);
  check(libcConnect(fd, address, address.length), "connect", `${fd}, "${path}"`);
  return fd;
}

/**
 * Sends an open file to another program: it gets a descriptor of its own.
 *
 * @param socket a descriptor of a connected socket
 * @param fd the file's descriptor
 * @param text what goes along with it: one byte at least
 * @throws {SyscallError} `EBADF`, `EPIPE` when the other one has ended, `ENOTSOCK`
 * @see https://man7.org/linux/man-pages/man2/sendmsg.2.html
 */
export function sendDescriptor(socket: number, fd: number, text: string): void {
  const content = Buffer.from(text);
  // struct iovec { void *iov_base; size_t iov_len; }
  const iovec = words(addressOf(content), content.length);
  // struct cmsghdr { size_t cmsg_len; int cmsg_level; int cmsg_type; }, then the descriptor, and padding
  const control = Buffer.alloc(24);
  control.writeBigUInt64LE(20n, 0);
  [SOL_SOCKET, SCM_RIGHTS, fd].forEach(
    (value, index) => void control.writeInt32LE(value, 8 + 4 * index),
  );
  // struct msghdr { void *name; socklen_t namelen; struct iovec *iov; size_t iovlen; void *control; … }
  const message = words(0, 0, addressOf(iovec), 1, addressOf(control), control.length, 0);
  check(libcSendmsg(socket, message, 0), "sendmsg", `${socket}, SCM_RIGHTS ${fd}`);
}

function words(...values: (number | bigint)[]): Buffer {
  return Buffer.from(new BigUint64Array(values.map(BigInt)).buffer);
}
