import type { HintsByFact } from "./hints.ts";

export const devicesHints: HintsByFact = {
  "new-ipc-namespace": {
    idea: "System V shared memory and message queues have neither a path nor a process. They belong to an IPC namespace, and so does what is mounted as mqueue.",
    direction: "One flag more in cloneflags, and in what child() requires: CLONE_NEWIPC.",
    code: ["cloneflags:", "requireNewNamespaces("],
  },
  devices: {
    idea: "/dev is a folder like any other, and what makes a device is the kind of its file. An empty tmpfs on /dev, and on an empty file in there the host's device, with a bind mount: so nobody has to make one.",
    direction:
      "mountDevices(), between process.chdir(UBUNTU_FS) and pivotRoot, as long as the host's /dev is in sight. It mounts a tmpfs on dev, then for each name writes an empty file dev/<name>, and mounts /dev/<name> on it: MS_BIND. Some programs also want the links fd, stdin, stdout and stderr.",
    code: [
      "const LINKS",
      "mountDevices(terminal)",
      'mount("tmpfs", "dev"',
      'for (const name of ["null"',
      "for (const [link",
      "function bind",
    ],
  },
  "own-dev": {
    idea: "A devpts is a set of terminals with numbers from 0, /dev/shm is where shared memory has names, and mqueue shows the message queues. The container needs one of each, and not the host's.",
    direction:
      'In mountDevices(), each after mkdirSync: devpts with "newinstance,ptmxmode=0666,mode=0620", a tmpfs with mode=1777 on shm, mqueue. dev/ptmx is a link to pts/ptmx.',
    code: ["function mountDevices"],
  },
  "kernel-hidden": {
    idea: "There is one kernel, and its settings are files in /proc/sys and /sys. A mount can be read-only where the file system below it is not, and an empty one hides what it is mounted on.",
    direction:
      "sysfs is mounted with MS_RDONLY. For /proc/sys and the like, mount the path on itself, MS_BIND, and again with MS_BIND | MS_REMOUNT | MS_RDONLY. Below /dev/null a file looks empty, and below a tmpfs a folder. That comes after pivotRoot, when /proc is there.",
    code: ["const MASKED", "const READ_ONLY", "hideKernel();", "function hideKernel"],
  },
  "own-session": {
    idea: "Keys that send signals, and /dev/tty, belong to a session. The container's should not be that of your shell.",
    direction: "detached: true, in the options of spawn, begins a new session.",
    code: ["detached: true"],
  },
  "own-terminal": {
    idea: "Who has a terminal open may put characters into its input, as if they had been typed. So the container does not get ours, but one end of a new pair, and run() carries characters between the other end and ours.",
    direction:
      "In run(): openTerminal() before spawn, its stdio for spawn, connect() after it, drain() after wait. In child(), takeTerminal(), before anything is printed; its result is what /dev/console should be.",
    code: [
      "const terminal = openTerminal",
      "stdio: [...terminal",
      "terminal.connect",
      "await terminal.drain",
      "const terminal = takeTerminal",
    ],
  },
};
