# Runs one command that must not outlive its parent, whatever way the parent dies (kill -9 included).
#
#   sh leash.sh SIGNAL GRACE_SECONDS command [args…]      with stdin = a pipe whose other end only the parent holds
#
# The command takes over this shell's process id (exec), so the parent sees its true pid, signals and exit code. A small
# watcher beside it reads the pipe: the word "free" means that the parent saw the command end and there is nothing to do;
# end-of-file without it means that the parent died, and the command gets SIGNAL, then SIGKILL after GRACE_SECONDS.
signal=$1
grace=$2
shift 2
command_pid=$$
exec 3<&0
(
  (
    trap '' INT HUP TERM
    if read -r _; then exit 0; fi
    kill -s "$signal" "$command_pid" || exit 0
    ticks=$((grace * 5))
    while [ "$ticks" -gt 0 ] && kill -0 "$command_pid"; do
      sleep 0.2
      ticks=$((ticks - 1))
    done
    kill -s KILL "$command_pid"
  ) <&3 >/dev/null 2>&1 &
)
exec "$@" </dev/null 3<&-
