#!/bin/bash
# network.sh <clients> <rate>: in a network namespace and a mount namespace of its own, makes a room with
# this computer, 10.42.0.1, and so many others, c1 to c…, in namespaces of their own. Each has a link of
# that rate both ways, on which one packet in a hundred is lost. "-" is a link without limits.
set -euo pipefail
clients=$1 rate=$2
ip link set lo up
ip link add room type bridge
ip address add 10.42.0.1/16 dev room
ip link set room up
mkdir --parents /run/netns
mount -t tmpfs tmpfs /run/netns # ip netns keeps namespaces there
for ((i = 1; i <= clients; i++)); do
  ip netns add "c$i"
  ip link add "port$i" type veth peer name eth0 netns "c$i"
  ip link set "port$i" master room up
  ip -n "c$i" link set lo up
  ip -n "c$i" address add "10.42.1.$i/16" dev eth0
  ip -n "c$i" link set eth0 up
  if [ "$rate" != - ]; then
    tc qdisc add dev "port$i" root tbf rate "$rate" burst 16kb latency 100ms
    tc -n "c$i" qdisc add dev eth0 root tbf rate "$rate" burst 16kb latency 100ms
    ip netns exec "c$i" nft "table ip lossy {
      chain in { type filter hook input priority 0; numgen random mod 100 0 drop; }
      chain out { type filter hook output priority 0; numgen random mod 100 0 drop; }
    }"
  fi
done
