"""Child processes that do not outlive the process that started them."""

import ctypes
import os
import signal
import sys
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
