# SPDX-License-Identifier: MIT
"""Runs the tool, alone, in a terminal, and against an API that is played here."""
import atexit
import contextlib
import http.server
import json
import os
import pty
import socket
import subprocess
import tempfile
import threading
import unittest

TOOL = os.environ['TOKENS_TOOL']
TOKEN = 'a-secret-access-token-5Yk2'
PATIENCE = 60  # seconds, for what takes none when it works


def environment(api=None, **more):
    kept = {name: os.environ[name] for name in ('PATH', 'ASAN_OPTIONS', 'TSAN_OPTIONS')
            if name in os.environ}
    kept['TERM'] = 'xterm'
    if api:
        kept.update(GENESYSCLOUD_ACCESS_TOKEN=TOKEN, GENESYSCLOUD_GATEWAY_HOST='127.0.0.1',
                    GENESYSCLOUD_GATEWAY_PORT=str(api.port), GENESYSCLOUD_GATEWAY_PROTOCOL='http')
    kept.update(more)
    return kept


def start(*arguments, api=None, env=None, stdout=subprocess.PIPE, **more):
    """In a session of its own: without a terminal to ask on."""
    process = subprocess.Popen([TOOL, *arguments], env=environment(api, **(env or {})),
                               start_new_session=True, stdout=stdout,
                               stderr=subprocess.PIPE, **more)
    atexit.register(process.kill)  # should a test fail before its end
    return process


def run(*arguments, api=None, env=None, input='', **more):
    process = start(*arguments, api=api, env=env, stdin=subprocess.PIPE, **more)
    out, err = process.communicate(input.encode() if isinstance(input, str) else input, PATIENCE)
    return subprocess.CompletedProcess(arguments, process.returncode, (out or b'').decode(),
                                       err.decode())


def run_in_terminal(*arguments, answer=None, api=None, env=None):
    """What a person would see, and the exit code. `answer` is typed at the first `[y/N]`."""
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError as error:
        raise unittest.SkipTest(f'no terminal can be opened here ({error}); is devpts mounted?') from error
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(TOOL, [TOOL, *arguments], environment(api, **(env or {})))
    seen = b''
    while True:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:  # how Linux says that the other side is closed
            break
        if not chunk:
            break
        seen += chunk
        if answer is not None and b'[y/N]' in seen:
            os.write(terminal, answer.encode() + b'\n')
            answer = None
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), seen.decode()


class Api:
    """DELETE /api/v2/tokens/{id}, GET /api/v2/tokens/me and POST /oauth/token, remembering each
    request.

    `response(id)` returns a status, or a status and headers and a body: JSON, or text as it is.
    `login(number)` likewise, of the first, second, … request for a token. `accepts(token, uses)` says
    whether a token is good for its first, second, … use."""

    def __init__(self, response=lambda user: 204, login=None,
                 accepts=lambda token, uses: True):
        self.response = response
        self.login = login or (lambda number: token_response(f'{TOKEN}-{number}'))
        self.accepts = accepts
        self.revoked = []  # in the order of arrival
        self.logins = []  # the Authorization and the body of each request for a token
        self.tokens = []  # of each request but those
        self.arrived = threading.Condition()
        api = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            disable_nagle_algorithm = True

            def do_GET(self):
                if self.takes_token():
                    self.reply(200, {}, {'organization': {'id': '1', 'name': 'Played Org'}})

            def do_HEAD(self):
                if self.takes_token():
                    self.reply(204, {}, None)

            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length'])).decode()
                with api.arrived:
                    api.logins.append((self.path, self.headers['Authorization'], body))
                    number = len(api.logins)
                self.reply(*api.login(number))

            def takes_token(self):
                token = self.headers['Authorization'].removeprefix('Bearer ')
                with api.arrived:
                    api.tokens.append(token)
                    good = api.accepts(token, api.tokens.count(token))
                if not good:
                    self.reply(*error_body(401, 'credentials.expired'))
                return good

            def do_DELETE(self):
                if not self.takes_token():
                    return
                user = self.path.rsplit('/', 1)[1]
                with api.arrived:
                    api.revoked.append(user)
                    api.arrived.notify_all()
                response = api.response(user)
                self.reply(*(response if isinstance(response, tuple) else (response, {}, None)))

            def reply(self, status, headers, body):
                if body is None:
                    body = ''
                data = (body if isinstance(body, str) else json.dumps(body)).encode()
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    if status != 204:
                        self.send_header('Content-Type', 'application/json')
                        self.send_header('Content-Length', str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:  # the tool was killed
                    self.close_connection = True

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):  # a connection that broke when the tool was killed
                pass

        self.server = Server(('127.0.0.1', 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={
            'poll_interval': 0.01})
        self.thread.start()

    def seen(self):
        with self.arrived:
            return list(self.revoked)

    def wait_for(self, count):
        with self.arrived:
            if not self.arrived.wait_for(lambda: len(self.revoked) >= count, PATIENCE):
                raise TimeoutError(f'{count} requests did not arrive, only {self.revoked}')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Case(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), 'wb') as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return self.path(name)

    def write_ids(self, count, name='ids.txt'):
        return self.write(name, ''.join(f'user-{i}\n' for i in range(1, count + 1)))

    def results(self, path):
        with open(path, encoding='utf-8') as file:
            return [json.loads(line) for line in file]

    def expect(self, done, code):
        self.assertEqual(done.returncode, code, f'\nstdout: {done.stdout}\nstderr: {done.stderr}')
        return done


@contextlib.contextmanager
def refusing_proxy(status):
    """Its port, and the heads of the requests so far."""
    with socket.create_server(('127.0.0.1', 0)) as server:
        heads = []

        def serve():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:  # closed at the end of the test
                    return
                with connection:
                    heads.append(connection.recv(65536))
                    connection.sendall(f'HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n'.encode())
        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1], heads
        server.shutdown(socket.SHUT_RDWR)  # ends the accept
        thread.join()


def token_response(token):
    return 200, {}, {'access_token': token, 'token_type': 'bearer', 'expires_in': 86400}


def error_body(status, code):
    return status, {}, {'message': 'as the test has it', 'code': code, 'status': status}
