#!/bin/sh
# Stands between the worker and one task, outside of what it may have to end. It starts nothing before the worker has
# granted it time, and ends the whole tree of the task when the worker's pipe closes or the granted time runs out.
#
#   guardian.sh guard KIND DIRECTORY KEY TICK COMMAND...
#     KIND       namespace: COMMAND makes a PID namespace; group: COMMAND makes a session
#     DIRECTORY  of the attempt, holds: script, environment, work/
#     KEY        is in the environment of every process of the task, as YARDMASTER_GUARD
#     TICK       seconds between two looks at the clock
#     COMMAND    ends in: sh guardian.sh init|run DIRECTORY INTERPRETER
#
# Standard input, one command a line; times are hundredths of a second, as /proc/uptime counts them:
#   until INSTANT   the time that is granted; must be the first line
#   term GRACE      TERM to every process of the task now, KILL after GRACE
#   kill
#   stop            every process of the task; answered by "stopped", or "moving" if some could not be
#   cont
# Standard output is the task's output and error, merged. Standard error is the guardian's own: "started" when the
# task runs, its answers to stop, then "exit STATUS", 128 + signal if one ended it; no such line if all was ended by force. When the
# guardian has exited, nothing of the task is left.

clock() {
  read -r now _ </proc/uptime
  now=${now%.*}${now#*.}
}

# sets state, parent, group and session of process $1
look_at() {
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  # the name of the program may hold blanks and brackets
  set -- ${stat##*) }
  state=$1 parent=$2 group=$3 session=$4
}

# the first process inside the namespace, by its number out here
find_init() {
  [ -z "$init" ] || return 0
  for found in /proc/[0-9]*; do
    if look_at "${found#/proc/}" && [ "$parent" = "$task" ]; then
      init=${found#/proc/}
      return 0
    fi
  done
  return 1
}

find_task() {
  [ -n "$task" ] || { read -r task <"$directory/task"; } 2>/dev/null
}

members_of_namespace() {
  find_init || return
  for found in /proc/[0-9]*; do
    if [ "$found" != "/proc/$init" ] && [ "$found/ns/pid" -ef "/proc/$init/ns/pid" ]; then
      echo "${found#/proc/}"
    fi
  done
}

members_of_group() {
  for found in /proc/[0-9]*; do
    if look_at "${found#/proc/}" && [ "$state" != Z ]; then
      [ "$session" != "$task" ] && [ "$group" != "$task" ] || echo "${found#/proc/}"
    fi
  done
  grep -lsF "YARDMASTER_GUARD=$key" /proc/[0-9]*/environ | while IFS=/ read -r _ _ found _; do echo "$found"; done
}

signal() {
  find_task || return
  for member in $("members_of_$kind"); do
    kill -s "$1" "$member" 2>/dev/null
  done
}

# Stops every process of the task. A process that STOP is pending for forks no more, so when a look finds nobody who was
# not there before and nobody who runs, nothing moves. One that waits for the kernel stops before it runs again.
# Looks can take long where there are very many processes: none is begun when the time is up.
stop() {
  before=none
  for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    there='' moving=''
    find_task && for member in $("members_of_$kind"); do
      there="$there $member"
      look_at "$member" || continue
      case $state in
        [TtZX]) continue ;;
        D) ;;
        *) moving=yes ;;
      esac
      kill -s STOP "$member" 2>/dev/null
    done
    if [ -z "$moving" ] && [ "$there" = "$before" ] && [ -n "$there" ]; then
      echo stopped >&4
      return
    fi
    before=$there
    clock
    [ "$now" -lt "$until" ] || break
    sleep 0.01
  done
  echo moving >&4
}

# Ending the first process ends its namespace: it is only gone when all others are. A session has no such end, so it
# is swept until nothing is found.
end() {
  find_task || return
  if [ "$kind" = namespace ]; then
    find_init && kill -s KILL "$init" 2>/dev/null || kill -s KILL "$task" 2>/dev/null
    return
  fi
  for round in 1 2 3 4 5 6 7 8 9 10; do
    [ -n "$(members_of_group)" ] || return
    signal KILL
  done
}

ticks() {
  while sleep "$tick"; do echo tick; done
}

commands() {
  # by exec: a shell keeps copies of what is redirected for a function only, and they would hold the output open
  exec <&3 3<&- 5>&- 2>/dev/null
  ticks &
  while read -r line; do echo "$line"; done
  echo kill
}

keep() {
  exec 3<&- 5>&- 4>&2 2>/dev/null
  kill_at=''
  while read -r word value; do
    clock
    case $word in
      until) until=$value ;;
      term)
        kill_at=${kill_at:-$((now + value))}
        signal TERM
        signal CONT
        ;;
      kill) kill_at=0 ;;
      stop) stop ;;
      cont) signal CONT ;;
    esac
    look_at self
    if [ "$parent" != "$$" ]; then
      # the guard itself was killed: nobody is left to stop this loop
      end
      kill -s KILL -- "-$$"
    fi
    if [ "$now" -ge "${kill_at:-$until}" ] || [ "$now" -ge "$until" ]; then end; fi
  done
}

guard() {
  kind=$1 directory=$2 key=$3 tick=$4 task='' init=''
  shift 4
  # a handler, not '': what is ignored here would be ignored by the task
  trap : HUP INT TERM
  exec 3<&0 </dev/null 5>&1 >/dev/null
  read -r word until <&3
  [ "$word" = until ] || exit 125
  commands | keep &
  sh "$0" launch "$directory" "$@" 3<&- >&5 5>&-
  status=$?
  if [ "$kind" = group ]; then
    end
    echo "exit $status" >&2
  fi
  # the helpers and this shell itself: a softer signal can be lost on a shell that is just being forked
  kill -s KILL -- "-$$"
}

launch() {
  echo $$ >"$1/task" || exit 125
  shift
  exec "$@"
}

run() {
  . "$1/environment" && cd "$1/work" || exit 125
  echo started >&2
  exec "$2" "$1/script" 2>&1
}

# The first process of a namespace, which collects orphans. It waits in the foreground, since what a shell starts in
# the background ignores interrupts. It tells the status itself: unshare 2.38 loses it when a signal ended its child.
init() {
  (run "$@")
  echo "exit $?" >&2
}

"$@"
