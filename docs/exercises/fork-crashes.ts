// What happens when a C library's fork() is called in Node.
import koffi from "koffi";

const libc = koffi.load(null);
const fork = libc.func("int fork()");
const waitpid = libc.func("int waitpid(int pid, _Out_ int *status, int options)");

const pid = fork();
// The child would go on here, with its own 0
if (pid === 0) process.exit(0);

const status = [0];
waitpid(pid, status, 0);
const signal = (status[0] ?? 0) & 0x7f;
console.log(signal ? `the child was ended by signal ${signal}` : "the child lived");
