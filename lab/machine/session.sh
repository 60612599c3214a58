#!/bin/bash
# What the lab's machine does when it is up: takes one command from the host, runs it, tells its status.
# Its lines to the host are virtio's: session for what is told, files for the repo and then the command's
# input, stdout and stderr for its output. /dev/hvc0 is the host's terminal.
set -u

line() {
  local file
  file=$(grep --line-regexp --files-with-matches "$1" /sys/class/virtio-ports/*/name)
  file=${file%/name}
  echo "/dev/${file##*/}"
}

# All are kept open: after `rm -rf /` there is no /dev.
exec 3<>"$(line session)" 4<"$(line files)" 5>"$(line stdout)" 6>"$(line stderr)" 7<>/dev/hvc0
cp --archive /dev/{null,zero,full,random,urandom,tty,fd,stdin,stdout,stderr} /workshop/ubuntu-fs/dev
echo ready >&3

# Here the machine's state may be saved, to go on from later: what follows is said anew each time.
read -r time window <&3
IFS= read -r -d "" job <&3
date --set="@$time" >/dev/null
tar --extract --no-same-owner --directory=/workshop <&4
echo started >&3

# shellcheck disable=SC2086 # such as "rows 24 columns 80"
resize() { stty $1 <&7; }

# From now on the host tells the size of its window when it changes. When it falls silent it is gone.
{
  while read -r size; do resize "$size"; done <&3
  echo o >/proc/sysrq-trigger # the machine is off
} &

cd /workshop || exit
export HOME=/root
run=(bash -c "$job")
if [ -n "$window" ]; then
  stty sane <&7
  resize "$window"
  setsid --ctty --wait "${run[@]}" <&7 >&7 2>&1 3>&- 4>&- 5>&- 6>&- 7>&-
  status=$?
  stty sane <&7 # waits until all is written
else
  # Through pipes, as a program expects them: a virtio line can be opened once only. The bytes are counted,
  # as the host may hear of the end before it has the last of them.
  mkfifo /run/stdin /run/stdout /run/stderr
  cat <&4 >/run/stdin &
  exec 8< <(tee >(cat >&5) </run/stdout | wc --bytes) 9< <(tee >(cat >&6) </run/stderr | wc --bytes)
  "${run[@]}" </run/stdin >/run/stdout 2>/run/stderr 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
  status=$?
  read -r stdout <&8
  read -r stderr <&9
fi
echo "exit $status ${stdout:-0} ${stderr:-0}" >&3
wait # for the host, which ends the machine when it has all
