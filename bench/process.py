# SPDX-License-Identifier: MIT
"""Runs commands that end in time and leave nothing behind."""

import ctypes
import json
import os
import signal
import subprocess


class Failed(Exception):
    """Why a command gave no figure, in one line."""


running = set()
libc = ctypes.CDLL(None)


CPUS = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
PINS = len(CPUS) > 1
CLIENT_CPUS = CPUS[:1] if PINS else None    # of what has one thread at work
THREADS_CPUS = CPUS[:-1] if len(CPUS) > 3 else CPUS or None
SERVER_CPUS = CPUS[-1:] if PINS else None


def start(command, cpus=None, with_parent=False, **options):
    """On `cpus` alone. A server ends with its parent, on Linux: not even a SIGKILL to this driver
    leaves it behind."""
    def prepare():
        if cpus:
            os.sched_setaffinity(0, cpus)
        if with_parent and hasattr(libc, "prctl"):
            libc.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG

    process = subprocess.Popen([str(word) for word in command], start_new_session=True,
                               preexec_fn=prepare, **options)
    running.add(process)
    return process


def stop(process):
    """Ends a process and all that it started."""
    for send in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, send)
        except ProcessLookupError:
            break
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            continue
    process.wait()
    running.discard(process)


def stop_all():
    for process in list(running):
        stop(process)


def run(command, timeout=60, cpus=None, **environment):
    """(standard output, standard error) of a command that must succeed."""
    process = start(command, cpus, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE, text=True, env={**os.environ, **environment})
    try:
        output, errors = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        raise Failed(f"not done after {timeout:.0f} s") from None
    finally:
        if process.returncode is None:
            stop(process)
        running.discard(process)
    if process.returncode != 0:
        lines = (errors.strip() or output.strip()).splitlines()
        problem = next((line for line in lines if "error" in line), lines[-1] if lines else "")
        raise Failed(f"exit code {process.returncode}" + (f": {problem.strip()[:200]}" if problem else ""))
    return output, errors


def figures(command, timeout=60, cpus=None, **environment):
    """What a command prints as lines of JSON objects, in one."""
    output, _ = run(command, timeout, cpus, **environment)
    found = {}
    for line in output.splitlines():
        if line.startswith("{"):
            found.update(json.loads(line))
    return found
