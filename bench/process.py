# SPDX-License-Identifier: MIT
"""Runs commands with a time limit. No process is left running."""

import ctypes
import json
import os
import signal
import subprocess


class Failed(Exception):
    """The reason why a command gave no figure, in one line."""


running = set()
libc = ctypes.CDLL(None)


def die_with_parent():
    """Makes a server end with this process, even after a SIGKILL (Linux only)."""
    if hasattr(libc, "prctl"):
        libc.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def start(command, **options):
    process = subprocess.Popen([str(word) for word in command], start_new_session=True, **options)
    running.add(process)
    return process


def stop(process):
    """Ends a process and all processes that it started."""
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


def run(command, timeout=60, **environment):
    """Runs a command that must succeed. Returns (standard output, standard error)."""
    process = start(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
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


def figures(command, timeout=60, **environment):
    """Runs a command that prints JSON objects, one a line. Returns their members in one dict."""
    output, _ = run(command, timeout, **environment)
    found = {}
    for line in output.splitlines():
        if line.startswith("{"):
            found.update(json.loads(line))
    return found
