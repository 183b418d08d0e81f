# SPDX-License-Identifier: MIT
"""The server for all contenders: an nginx on loopback. Its configuration, its certificate and everything
that it writes are in one folder. The system's nginx is not touched."""

import http.client
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import time

import process

TOKEN_INFO = (pathlib.Path(__file__).parent / "token_info.json").read_text(encoding="utf-8")

CONFIGURATION = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/client_body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  keepalive_requests 1000000000;
  keepalive_timeout 3600;
  server {{
    listen 127.0.0.1:{plain};
    listen 127.0.0.1:{tls} ssl;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    default_type application/json;
    add_header ININ-Correlation-Id 6f3e8a52-91c4-4d7b-a0e6-3b5c9d28f417;
    location = /api/v2/tokens/me {{
      if ($request_method = DELETE) {{ return 204; }}
      return 200 '{body}';
    }}
  }}
  server {{
    listen 127.0.0.1:{status};
    location / {{ stub_status; }}
  }}
}}
"""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def program():
    found = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if not found:
        raise process.Failed("nginx is not installed")
    return found


class Server:
    """A context manager: starts the server, and stops it at the end."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.certificate = self.folder / "certificate.pem"

    def __enter__(self):
        self.folder.mkdir()
        self.folder.chmod(0o755)  # because nginx's worker runs as another user
        process.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                     "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                     "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
                     "-keyout", self.folder / "key.pem", "-out", self.certificate])
        plain, tls, self.status_port = free_ports(3)
        self.http, self.https = f"http://127.0.0.1:{plain}", f"https://127.0.0.1:{tls}"
        configuration = self.folder / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(
            folder=self.folder, plain=plain, tls=tls, status=self.status_port, body=TOKEN_INFO))
        with open(self.folder / "output", "wb") as output:
            self.process = process.start(
                [program(), "-p", self.folder, "-e", self.folder / "error.log", "-c", configuration],
                cpus=process.SERVER_CPUS, with_parent=True,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            self.wait()
            self.check()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        process.stop(self.process)

    def last_error(self):
        lines = (self.folder / "output").read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "nothing on its standard error"

    def wait(self):
        """Waits until the server responds."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                return self.accepted()
            except OSError:
                pass
            try:
                self.process.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
            break
        raise process.Failed("nginx does not start: " + self.last_error())

    def check(self):
        """Checks the server's responses."""
        trusted = ssl.create_default_context(cafile=self.certificate)
        for url in (self.http, self.https):
            port = int(url.rpartition(":")[2])
            for method, expected in (("GET", (200, TOKEN_INFO)), ("DELETE", (204, ""))):
                connection = (http.client.HTTPSConnection("127.0.0.1", port, timeout=5, context=trusted)
                              if url == self.https else
                              http.client.HTTPConnection("127.0.0.1", port, timeout=5))
                connection.request(method, "/api/v2/tokens/me")
                response = connection.getresponse()
                if (response.status, response.read().decode()) != expected:
                    raise process.Failed(f"{method} {url}: not the expected response")
                connection.close()

    def accepted(self):
        """Returns how many connections were accepted before this one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.status_port, timeout=5)
        connection.request("GET", "/")
        status = connection.getresponse().read().decode()
        connection.close()
        return int(re.search(r"requests\s+(\d+)", status)[1]) - 1

    def opened_while(self, work):
        """Returns what `work` returns, and how many connections it opened."""
        before = self.accepted()
        result = work()
        return result, self.accepted() - before - 1
