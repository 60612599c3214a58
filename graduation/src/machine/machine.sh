#!/bin/sh
# Runs a command as root of a disposable machine: machine.sh <packages> <repo> <command…>
# The machine has its own mounts, names, network, process IDs and cgroups. What is written is in memory.
# It ends with its command, or when its input ends, as that of a program that is killed does.
set -eu
here=$(dirname "$0")
name=graduate-$$

# Where cgroups are mounted: one place with version 2, several with version 1
hierarchies() {
  grep -E '^[^ ]+ [^ ]+ cgroup2? ' /proc/mounts | cut -d ' ' -f 2 | sort -u
}

join() {
  for place in $(hierarchies); do
    group=$place/$name
    mkdir "$group"
    # In an empty set of processors or memory, version 1 lets nothing run.
    for file in cpuset.cpus cpuset.mems; do
      if [ -e "$place/cgroup.clone_children" ] && [ -e "$group/$file" ]; then
        cat "$place/$file" >"$group/$file"
      fi
    done
    echo 0 >"$group/cgroup.procs"
  done
}

# The last processes may still be ending: then their cgroup is busy.
leave() {
  for place in $(hierarchies); do
    tries=0
    while [ -d "$place/$name" ] && [ $tries -lt 100 ]; do
      find "$place/$name" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.1
      tries=$((tries + 1))
    done
  done
}

trap : HUP INT TERM # it ends with its input, and cleans up
status=0
(
  join
  exec unshare --mount --uts --ipc --net --pid --cgroup --propagation private --fork --kill-child \
    sh "$here/inside.sh" "$@"
) <&0 || status=$?
leave
exit $status
