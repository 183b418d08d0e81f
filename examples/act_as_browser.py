# SPDX-License-Identifier: MIT
"""Runs authorization_code against the fake cloud, and acts as the browser of a user who logs in.

usage: act_as_browser.py SOURCE WITH_FAKE_CLOUD AUTHORIZATION_CODE
"""
import socket
import subprocess
import sys
import urllib.request

from check_output import ENVIRONMENT, compare


def main(source, with_fake_cloud, program):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        redirect_uri = f"http://127.0.0.1:{free.getsockname()[1]}/callback"
    with subprocess.Popen([with_fake_cloud, program, "fake-code-client", redirect_uri],
                          env=ENVIRONMENT, stdout=subprocess.PIPE, encoding="utf-8") as login:
        first = login.stdout.readline()
        if not first.startswith("log in at: http://"):
            return f"it printed {first!r}"
        while True:  # because the program may not listen yet
            try:
                page = urllib.request.urlopen(first.split()[-1], timeout=20).read()
                break
            except urllib.error.URLError as error:
                if not isinstance(error.reason, ConnectionRefusedError) or login.poll() is not None:
                    raise
        if page != b"You may close this window.":
            return f"the browser shows {page!r}"
        printed = first + login.stdout.read()
    if login.returncode != 0:
        return f"{printed}it ended with {login.returncode}"
    return compare(source, printed)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
