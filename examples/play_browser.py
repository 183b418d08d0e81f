# SPDX-License-Identifier: MIT
"""Runs authorization_code against the fake cloud, and plays the browser of a user who agrees.

usage: play_browser.py WITH_FAKE_CLOUD AUTHORIZATION_CODE
"""
import socket
import subprocess
import sys
import urllib.request


def main(with_fake_cloud, program):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        redirect_uri = f"http://127.0.0.1:{free.getsockname()[1]}/callback"
    with subprocess.Popen([with_fake_cloud, program, "fake-public-client", redirect_uri],
                          stdout=subprocess.PIPE, text=True) as login:
        first = login.stdout.readline()
        if not first.startswith("log in at: http://"):
            return f"it printed {first!r}"
        url = first.removeprefix("log in at: ").strip()
        while True:  # the program may not listen yet
            try:
                page = urllib.request.urlopen(url, timeout=20).read()
                break
            except urllib.error.URLError as error:
                if not isinstance(error.reason, ConnectionRefusedError):
                    raise
        if page != b"You may close this window.":
            return f"the browser shows {page!r}"
        rest = login.stdout.read()
    return None if (login.returncode, rest) == (0, "logged in to Fake Org\n") else rest or "failed"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
