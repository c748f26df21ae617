"""What a process gives up before it opens a hostile paper: the network, files, helpers, memory and time.

Everything is asked of the kernel through ctypes, needs no privilege and no further package, and is left out
where the kernel refuses it: the limits always hold, the rest is told by held().
"""

import ctypes
import os
import platform
import resource
import struct
from typing import NamedTuple

_LIBC = ctypes.CDLL(None, use_errno=True)

_NEW_IPC, _NEW_USER, _NEW_NET = 0x0800_0000, 0x1000_0000, 0x4000_0000
_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_DIE_WITH_PARENT = 1
_SIGKILL = 9

OPEN_FILES = 64

_FORBIDDEN: dict[str, dict[str, int]] = {
    "x86_64": {
        "socket": 41, "connect": 42, "accept": 43, "sendto": 44, "sendmsg": 46, "bind": 49, "listen": 50,
        "socketpair": 53, "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "truncate": 76,
        "rename": 82, "mkdir": 83, "rmdir": 84, "creat": 85, "link": 86, "unlink": 87, "symlink": 88,
        "chmod": 90, "chown": 92, "ptrace": 101, "tkill": 200, "io_uring_setup": 425, "unlinkat": 263,
        "renameat": 264, "linkat": 265, "symlinkat": 266, "mkdirat": 258, "fchmodat": 268, "fchownat": 260,
        "mount": 165, "unshare": 272, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311,
        "renameat2": 316, "bpf": 321, "execveat": 322, "clone3": 435, "openat2": 437, "pidfd_getfd": 438,
        "sendmmsg": 307,
    },
    "aarch64": {
        "socket": 198, "connect": 203, "accept": 202, "sendto": 206, "sendmsg": 211, "bind": 200,
        "listen": 201, "socketpair": 199, "clone": 220, "execve": 221, "kill": 129, "truncate": 45,
        "ptrace": 117, "tkill": 130, "io_uring_setup": 425, "unlinkat": 35, "renameat": 38, "linkat": 37,
        "symlinkat": 36, "mkdirat": 34, "fchmodat": 53, "fchownat": 54, "mount": 40, "unshare": 97,
        "setns": 268, "process_vm_readv": 270, "process_vm_writev": 271, "renameat2": 276, "bpf": 280,
        "execveat": 281, "clone3": 435, "openat2": 437, "pidfd_getfd": 438, "sendmmsg": 269,
    },
}  # fmt: skip
"""Numbers of the system calls that no parser of papers needs; from the kernel's unistd.h of each machine."""

_OPENS = {"x86_64": {2: 1, 257: 2}, "aarch64": {56: 2}}
"""open and openat, with the place of their flags among their arguments."""
_ARCHITECTURE = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
_X32 = 0x4000_0000
"""Numbers from here on reach the same calls by another door of x86_64."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF_0000, 0x0005_0001
"""Let the call pass; let it fail with EPERM."""


class Held(NamedTuple):
    """Which walls stand around the process that opens papers."""

    own_network: bool
    """It lives in a network of its own that leads nowhere."""
    filtered_calls: bool
    """The kernel refuses it sockets, other programs, further processes and writing to files."""

    @property
    def level(self) -> str:
        """Return "strict" where both stand, "filtered" or "namespace" where one does, else "limits"."""
        if self.own_network and self.filtered_calls:
            return "strict"
        if self.filtered_calls:
            return "filtered"
        return "namespace" if self.own_network else "limits"


def leave_the_network() -> bool:
    """Move this process into a network without a way out; must run before it has a second thread."""
    ours = _NEW_NET | _NEW_IPC
    return bool(_LIBC.unshare(ours) == 0 or _LIBC.unshare(ours | _NEW_USER) == 0)


def limit(memory: int, seconds: int) -> None:
    """Set the limits that every kernel keeps.

    Args:
        memory: Bytes of address space.
        seconds: Of the processor; later than the wall clock outside, which is the one that speaks.
    """
    _LIBC.prctl(_DIE_WITH_PARENT, _SIGKILL, 0, 0, 0)
    os.umask(0o077)
    for kind, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds + 2),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(kind, (value, value))


def filter_calls() -> bool:
    """Let the kernel refuse the calls that no parser needs, for the rest of this process's life."""
    machine = platform.machine()
    if machine not in _FORBIDDEN or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    program = _program(machine)
    code = ctypes.create_string_buffer(b"".join(program))
    head = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    if _LIBC.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(_LIBC.prctl(_SET_SECCOMP, _FILTER, ctypes.c_char_p(head), 0, 0) == 0)


def _program(machine: str) -> list[bytes]:
    """Return a filter in the kernel's packet language: which calls are refused, all others pass."""
    program = [
        _step(_LOAD, 4),  # the architecture the call was made for
        _step(_EQUAL, _ARCHITECTURE[machine], 1, 0),
        _step(_RETURN, _REFUSE),
        _step(_LOAD, 0),  # the call's number
        _step(_AT_LEAST, _X32, 0, 1),
        _step(_RETURN, _REFUSE),
    ]
    for number in _FORBIDDEN[machine].values():
        program += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _REFUSE)]
    for number, argument in _OPENS[machine].items():
        program += [
            _step(_EQUAL, number, 0, 4),
            _step(_LOAD, 16 + 8 * argument),
            _step(_ANY_BIT, _WRITING, 0, 1),
            _step(_RETURN, _REFUSE),
            _step(_RETURN, _ALLOW),
        ]
    return [*program, _step(_RETURN, _ALLOW)]


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
