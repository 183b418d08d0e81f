# SPDX-License-Identifier: MIT
"""Sends requests to asio_server, with the token in GENESYSCLOUD_ACCESS_TOKEN and others.

usage: try_asio_server.py SOURCE ASIO_SERVER
"""
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import urllib.parse

from check_output import compare


class Failed(Exception):
    pass


def expect(what, found, expected):
    if found != expected:
        raise Failed(f"{what}: {found!r} instead of {expected!r}")


@contextlib.contextmanager
def running(source, program, **environment):
    """Runs the server. It must be stopped before the end of the `with` block, and exit with 0."""
    with subprocess.Popen([program, "0"], env={**os.environ, **environment},
                          stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            first = server.stdout.readline()
            yield server, urllib.parse.urlsplit(first.split()[-1]).port
            printed = first + server.stdout.read()
            expect("the exit code", server.wait(), 0)
            if problem := compare(source, printed):
                raise Failed(problem)
        finally:
            server.kill()


def ask(port, **headers):
    """Sends a request, and returns the socket, to read the response later."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/", headers=headers)
    return connection


def response(connection):
    with contextlib.closing(connection):
        received = connection.getresponse()
        return received.status, received.read().decode()


def lets_in_who_has_a_token(source, program):
    good = os.environ["GENESYSCLOUD_ACCESS_TOKEN"]
    with running(source, program) as (server, port):
        expect("no token", response(ask(port)), (401, "no token\n"))
        expect("a bad token", response(ask(port, Authorization="Bearer none-of-yours")),
               (401, "wrong token\n"))
        expect("what no token looks like", response(ask(port, Authorization="Bearer a\tb")),
               (401, "wrong token\n"))
        expect("a good token", response(ask(port, authorization="bearer " + good)),
               (200, "welcome\n"))
        expect("a head without an end", refused(port, b"GET / HTTP/1.1\r\n" + b"x" * 20_000), b"")
        server.send_signal(signal.SIGINT)


def refused(port, head):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(head)
        try:
            return connection.recv(1)
        except ConnectionResetError:
            return b""


def cancels_what_is_in_flight(source, program):
    """Tests the server with a cloud that never responds."""
    with contextlib.ExitStack() as opened:  # keeps them open until the server has ended
        cloud = opened.enter_context(socket.create_server(("127.0.0.1", 0)))
        cloud.settimeout(60)
        gateway_port = str(cloud.getsockname()[1])
        with running(source, program, GENESYSCLOUD_GATEWAY_PORT=gateway_port) as (server, port):
            opened.enter_context(socket.create_connection(("127.0.0.1", port)))  # sends nothing
            waiting = ask(port, Authorization="Bearer somebody")
            call = opened.enter_context(cloud.accept()[0])
            call.settimeout(60)
            expect("the call", call.recv(4), b"HEAD")
            expect("others meanwhile", response(ask(port)), (401, "no token\n"))
            server.send_signal(signal.SIGINT)
            expect("who waits for a call", response(waiting), (503, "cancelled\n"))


def main(source, program):
    try:
        lets_in_who_has_a_token(source, program)
        cancels_what_is_in_flight(source, program)
    except Failed as failure:
        return str(failure)
    return None


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
