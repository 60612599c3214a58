#!/bin/bash
# What `pnpm lab` does inside the machine: runs the command, and tells its exit status.
# The serial lines are: 0 for what is told, 1 and 2 for the command's stdout and stderr.
set -u

for line in 0 1 2; do stty -F "/dev/ttyS$line" raw -echo; done
# Kept open: after `rm -rf /` there is no /dev.
exec 3>/dev/ttyS0
echo ready >&3

cd /workshop || exit
cp --archive /dev/{null,zero,full,random,urandom,tty,fd,stdin,stdout,stderr} ubuntu-fs/dev
set -a
# shellcheck disable=SC1091 # the host wrote it: TERM, LANG and the like
. /run/lab/environment
set +a
export HOME=/root
mapfile -d '' -t command </run/lab/command

if [ -e /run/lab/terminal ]; then
  stty -F /dev/tty0 sane
  # The console's size: first as it was, then each time that it changes.
  cat /run/lab/terminal /dev/ttyS0 | while read -r _ rows _ columns; do
    stty -F /dev/tty0 rows "$rows" columns "$columns"
  done &
  setsid --ctty --wait "${command[@]}" </dev/tty0 >/dev/tty0 2>&1 3>&-
  status=$?
  stty -F /dev/tty0 sane
else
  # Through pipes, since a program that writes to a serial line takes it for a terminal.
  mkfifo /run/lab/stdout /run/lab/stderr
  cat </run/lab/stdout >/dev/ttyS1 &
  cat </run/lab/stderr >/dev/ttyS2 &
  "${command[@]}" </dev/null >/run/lab/stdout 2>/run/lab/stderr 3>&-
  status=$?
  wait
  stty -F /dev/ttyS1 raw # waits until all is written
  stty -F /dev/ttyS2 raw
fi
echo "exit $status" >&3
stty raw <&3
