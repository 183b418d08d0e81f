# SPDX-License-Identifier: MIT
"""Responds to each request over HTTP/1.1, but not before so many seconds: slow_server.py PORT SECONDS."""

import asyncio
import pathlib
import sys

BODY = (pathlib.Path(__file__).parent / "token_info.json").read_bytes()
RESPONSE = (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
            b"ININ-Correlation-Id: 6f3e8a52-91c4-4d7b-a0e6-3b5c9d28f417\r\n\r\n" % len(BODY)) + BODY


class Slow(asyncio.Protocol):
    def __init__(self, seconds):
        self.seconds, self.head = seconds, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        *heads, self.head = (self.head + data).split(b"\r\n\r\n")
        for _ in heads:
            asyncio.get_running_loop().call_later(self.seconds, self.transport.write, RESPONSE)


async def serve(port, seconds):
    server = await asyncio.get_running_loop().create_server(
        lambda: Slow(seconds), "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
