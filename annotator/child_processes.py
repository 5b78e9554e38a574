"""Child processes that do not outlive the process that started them."""

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def ends_with_parent(with_signal: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn`: the kernel sends the child `with_signal` when the calling thread's process dies.

    Call it in the parent, right before `Popen`. Linux only; elsewhere the returned function does nothing.
    It has to run after a change of user, which clears the setting (`Popen(user=…)` keeps that order).
    """
    parent = os.getpid()

    def arm() -> None:
        if _libc is None:
            return
        _libc.prctl(_PR_SET_PDEATHSIG, int(with_signal))
        # The parent may have died between fork and prctl: then no signal will ever come.
        if os.getppid() != parent:
            os._exit(1)

    return arm


def fork(run: Callable[[], None], *, ends_on: signal.Signals) -> int:
    """Run `run` in a copy of this process, in a session of its own; the copy's process id.

    The copy shares this process's memory until one of the two changes it, so what is loaded already is
    neither loaded nor kept twice. Only for a process with one thread and no open connection.
    """
    arm = ends_with_parent(ends_on)
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setsid()  # Ctrl-C reaches the parent alone, which stops its children in order
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        arm()
        run()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        # Not sys.exit: what the parent would do at its end is not the copy's to do.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
