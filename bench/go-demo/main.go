// The last stage in Go, to compare with: go run main.go run <command> [args…]
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// From this folder, in which go run is typed.
const ubuntuFs = "../../ubuntu-fs"

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: go run main.go run <command> [args…]")
		os.Exit(2)
	}
	switch os.Args[1] {
	case "run":
		os.Exit(run())
	case "child":
		os.Exit(child())
	default:
		must(fmt.Errorf("invalid command %q: type run", os.Args[1]))
	}
}

func run() int {
	fmt.Fprintf(os.Stderr, "Running main process %v as %d\n", os.Args[2:], os.Getpid())

	cgroup, err := os.MkdirTemp(pidsRoot(), "container-")
	must(err)
	defer func() { must(os.Remove(cgroup)) }()
	must(os.WriteFile(filepath.Join(cgroup, "pids.max"), []byte("10"), 0))

	cgroupProcs, err := os.OpenFile(filepath.Join(cgroup, "cgroup.procs"), os.O_WRONLY, 0)
	must(err)

	container := command("/proc/self/exe", append([]string{"child"}, os.Args[2:]...))
	// After chroot the child does not find the cgroup any more: it gets the file as descriptor 3
	container.ExtraFiles = []*os.File{cgroupProcs}
	container.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:   syscall.CLONE_NEWUTS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNS,
		Unshareflags: syscall.CLONE_NEWNS,
	}
	return wait(container)
}

func child() int {
	fmt.Fprintf(os.Stderr, "Running child process %v as %d\n", os.Args[2:], os.Getpid())

	must(syscall.Sethostname([]byte("container")))
	must(syscall.Chroot(ubuntuFs))
	must(syscall.Chdir("/"))
	const flags = syscall.MS_NOSUID | syscall.MS_NODEV | syscall.MS_NOEXEC
	must(syscall.Mount("proc", "/proc", "proc", flags, ""))
	defer func() { must(syscall.Unmount("/proc", syscall.MNT_DETACH)) }()

	// This process itself joins, with all threads of Go's runtime: they count, as the command does
	cgroupProcs := os.NewFile(3, "cgroup.procs")
	_, err := cgroupProcs.WriteString("0")
	must(err)
	must(cgroupProcs.Close())

	return wait(command(os.Args[2], os.Args[3:]))
}

func command(name string, args []string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return cmd
}

// Runs a command to its end, and returns its exit status.
func wait(cmd *exec.Cmd) int {
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		must(err)
		return 0
	}
	status := exit.Sys().(syscall.WaitStatus)
	if status.Signaled() {
		return 128 + int(status.Signal())
	}
	return status.ExitStatus()
}

// Where a new cgroup has pids.max: in a hierarchy of its own with cgroup v1, at the top with v2.
func pidsRoot() string {
	if v1 := "/sys/fs/cgroup/pids"; exists(v1) {
		return v1
	}
	return "/sys/fs/cgroup"
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Panics, so that what is deferred still runs.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
