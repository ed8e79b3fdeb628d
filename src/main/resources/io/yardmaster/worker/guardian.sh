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
    look_at "${found#/proc/}" && [ "$parent" = "$task" ] && init=${found#/proc/} && return
  done
  return 1
}

# from a file that has no name any more, so that the task cannot change it
find_task() { [ -n "$task" ] || { read -r task </proc/self/fd/6; } 2>/dev/null; }

# The command is called with the number of each. Forks nothing: what is to be ended may have left no process to be had.
each_of_namespace() {
  find_init || return
  for found in /proc/[0-9]*; do
    [ "$found" = "/proc/$init" ] || ! [ "$found/ns/pid" -ef "/proc/$init/ns/pid" ] || "$@" "${found#/proc/}"
  done
}

# likewise, but that it forks once all are found that need none
each_of_group() {
  for found in /proc/[0-9]*; do
    look_at "${found#/proc/}" && [ "$state" != Z ] || continue
    [ "$session" != "$task" ] && [ "$group" != "$task" ] || "$@" "${found#/proc/}"
  done
  for found in $(grep -lsF "YARDMASTER_GUARD=$key" /proc/[0-9]*/environ); do
    found=${found#/proc/}
    "$@" "${found%/environ}"
  done
}

signal() { find_task && "each_of_$kind" kill -s "$1" 2>/dev/null; }

stop_one() {
  there="$there $1"
  look_at "$1" || return
  case $state in [TtZX]) return ;; D) ;; *) moving=yes ;; esac
  kill -s STOP "$1" 2>/dev/null
}

# Stops every process of the task. A process that STOP is pending for forks no more, so when a look finds nobody who was
# not there before and nobody who runs, nothing moves. One that waits for the kernel stops before it runs again.
# Looks can take long where there are very many processes: none is begun when the time is up.
stop() {
  before=none
  for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    there='' moving=''
    find_task && "each_of_$kind" stop_one
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

end_one() { left=yes; kill -s KILL "$1" 2>/dev/null; }

# Ending the first process ends its namespace: it is only gone when all others are. A session has no such end, so it
# is swept until nothing is found.
end() {
  find_task || return
  if [ "$kind" = namespace ]; then
    find_init && kill -s KILL "$init" 2>/dev/null || kill -s KILL "$task" 2>/dev/null
    return
  fi
  for round in 1 2 3 4 5 6 7 8 9 10; do
    left=''
    each_of_group end_one
    [ -n "$left" ] || return
  done
}

# begins anew where no process is to be had for a sleep
ticks() {
  tick=$1
  trap 'exec sh "$0" ticks "$tick"' EXIT
  while echo tick; do sleep "$tick"; done
}

commands() {
  # by exec: a shell keeps copies of what is redirected for a function only, and they would hold the output open
  exec <&3 3<&- 5>&- 6>&- 2>/dev/null
  ticks "$tick" &
  while read -r line; do echo "$line"; done
  echo kill
}

keep() {
  exec 3<&- 5>&- 4>&2 2>/dev/null
  kill_at=''
  # a guard that can do no more, for want of a process, lets nothing live that it could not end later
  trap 'find_task; kill -s KILL -- "-$task" 2>/dev/null; end' EXIT
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
    # the guard itself was killed: nobody is left to stop this loop
    [ "$parent" = "$$" ] || { end; kill -s KILL -- "-$$"; }
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
  exec 6<>"$directory/task" && rm -f "$directory/task" || exit 125
  commands | keep &
  sh "$0" launch "$@" 3<&- >&5 5>&-
  status=$?
  [ "$kind" = namespace ] || { find_task && sweep "$key" "$task" "$status"; }
  # the helpers and this shell itself: a softer signal can be lost on a shell that is just being forked
  kill -s KILL -- "-$$"
}

# begins anew until there was a process for it: nobody else ends what the script left
sweep() {
  kind=group key=$1 task=$2 status=$3
  trap 'exec sh "$0" sweep "$key" "$task" "$status"' EXIT
  end
  trap - EXIT
  echo "exit $status" >&2
  kill -s KILL -- "-$$"
}

launch() {
  echo $$ >&6 || exit 125
  exec "$@" 6>&-
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
