# SPDX-License-Identifier: MIT
import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
import unittest

from harness import (PATIENCE, TOKEN, Api, Case, error_body, refusing_proxy, run, run_in_terminal,
                     start)

FAST = ('--yes', '--rate', '1e6')


class Input(Case):
    def ids_of(self, content, *arguments, code=0):
        done = self.expect(run('revoke', '--from', self.write('input', content), '--dry-run',
                               *arguments), code)
        if code != 0:
            return done.stderr
        prefix = 'would be revoked: '
        lines = done.stdout.splitlines()
        return [line[len(prefix):] for line in lines if line.startswith(prefix)]

    def test_one_id_a_line(self):
        self.assertEqual(self.ids_of('ann\nbob\ncid'), ['ann', 'bob', 'cid'])

    def test_blank_lines_a_byte_order_mark_and_crlf_do_no_harm(self):
        self.assertEqual(self.ids_of(b'\xef\xbb\xbfann\r\n\r\n \t\r\n  bob \r\n\n\ncid\r\n\r\n'),
                         ['ann', 'bob', 'cid'])

    def test_a_byte_order_mark_inside_is_no_part_of_an_id(self):
        mark = '\ufeff'
        for joined in (f'ann\n{mark}bob\n', f'{mark}ann\n{mark}{mark}bob\n', f'ann{mark}\nbob\n',
                       f'ann\n{mark}\n{mark} bob{mark}', f'ann\r\n {mark} bob \r\n',
                       f'ann\nbob\n{mark}'):
            with self.subTest(joined):
                self.assertEqual(self.ids_of(joined), ['ann', 'bob'])
        for joined in (f'"ann",1\n{mark}"bob",2\n', f'"{mark}ann",1\nbob{mark},2\n'):
            with self.subTest(joined):
                self.assertEqual(self.ids_of(joined, '--column', '1'), ['ann', 'bob'])

    def test_a_byte_order_mark_at_any_place_of_a_long_input_is_found(self):
        mark = '\ufeff'
        for before in range(65533, 65537):  # the mark lies across what is read at once
            blank = '\n' * (before - len('ann\n'))
            with self.subTest(before):
                self.assertEqual(self.ids_of(f'ann\n{blank}{mark}bob\n'), ['ann', 'bob'])

    def test_letters_that_begin_like_a_byte_order_mark_are_letters(self):
        self.assertEqual(self.ids_of('\uff21nn\n\ufefebob\n'), ['\uff21nn', '\ufefebob'])

    def test_standard_input(self):
        done = self.expect(run('revoke', '--from', '-', '--dry-run', input='ann\nbob\n'), 0)
        self.assertIn('would be revoked: bob\n', done.stdout)

    def test_a_column_of_a_csv_by_name(self):
        csv = b'\xef\xbb\xbfname,user id,x\r\nAnn,u1,\r\n\r\n"B, Bob",u2,\r\n"C ""Cid""",u3,\r\n'
        self.assertEqual(self.ids_of(csv, '--column', 'user id'), ['u1', 'u2', 'u3'])

    def test_a_column_of_a_csv_by_number(self):
        csv = '"line\nbreak","u1"\r\n,"u""2"\n,\n"",u3'
        self.assertEqual(self.ids_of(csv, '--column', '2'), ['u1', 'u"2', 'u3'])
        self.assertEqual(self.ids_of('a,id\nb,u1\n', '--column', '2', '--header'), ['u1'])

    def test_what_makes_no_sense_is_refused_with_its_line(self):
        for content, arguments, message in (
                ('a\nb,c\n', [], 'line 2 holds a comma'),
                ('a\nb\rc\n', [], 'line 2 holds a carriage return'),
                ('a,b\n\n"x\ny",2\nc\n', ['--column', '2'], 'line 5 has no column 2'),
                ('a,b\n"c,d\n', ['--column', '1'], 'line 2 has a quote that is never closed'),
                ('"a"b,c\n', ['--column', '1'], 'line 1 has text after a closing quote'),
                ('id,name\n', ['--column', 'user'], 'there are: id, name'),
                ('', ['--column', 'user'], 'the input is empty'),
                ('a\n', ['--column', '0'], 'counted from 1'),
                ('a' * 70000, [], 'line 1 is longer than 64 KiB'),
                ('ann\n'.encode('utf-16'), [], 'line 1 is not UTF-8 text; save it as UTF-8'),
                (b'ann\n' + 'bob\n'.encode('utf-16'), [], 'line 2 is not UTF-8 text'),
                ('ann\ufeffbob\n', [], 'line 1 holds a byte-order mark within its text'),
                ('a,ann\ufeffb,bob\n', ['--column', '1'], 'line 1 holds a byte-order mark')):
            with self.subTest(message):
                self.assertIn(message, self.ids_of(content, *arguments, code=2))

    def test_a_file_that_does_not_exist_is_named(self):
        self.assertIn('/none', self.expect(run('revoke', '--from', '/none', '--demo'), 2).stderr)

    def test_a_bad_last_line_is_found_before_the_first_user_is_touched(self):
        with Api() as api:
            ids = self.write('ids', 'ann\nbob\nc,d\n')
            self.expect(run('revoke', '--from', ids, *FAST, api=api), 2)
            self.assertEqual(api.seen(), [])


class Run(Case):
    def test_every_user_is_revoked_once_and_the_results_say_so(self):
        with Api(lambda user: error_body(404, 'not.found') if user == 'user-7' else 204) as api:
            ids = self.write_ids(100)
            done = self.expect(run('revoke', '--from', ids, *FAST, api=api), 1)
            self.assertEqual(sorted(api.seen()), sorted(f'user-{i}' for i in range(1, 101)))
        self.assertRegex(done.stdout, r'revoked +99\nno such user +1\n')
        results = {each['id']: (each['n'], each['result']) for each in
                   self.results(ids + '.results.jsonl')}
        self.assertEqual(results, {f'user-{i}': (i, 'no_such_user' if i == 7 else 'revoked')
                                   for i in range(1, 101)})

    def test_a_pipe_is_read_as_it_comes(self):
        with Api() as api:
            process = start('revoke', '--from', '-', '--results', self.path('r'), *FAST, api=api,
                            stdin=-1)
            process.stdin.write(b'ann\n')
            process.stdin.flush()
            api.wait_for(1)
            self.assertEqual(api.seen(), ['ann'])
            process.communicate(b'bob\n', PATIENCE)
            self.assertEqual((process.returncode, api.seen()), (0, ['ann', 'bob']))

    def test_standard_input_needs_a_name_for_the_results(self):
        self.assertIn('--results', self.expect(run('--demo', 'revoke', '--from', '-', '-y'), 2)
                      .stderr)

    def test_an_empty_input_is_no_failure(self):
        self.expect(run('--demo', 'revoke', '--from', self.write_ids(0)), 0)

    def test_the_summary_in_json(self):
        ids = self.write('ids', 'ann\nnobody\nme\n')
        done = run('--demo', '--json', 'revoke', '--from', ids, *FAST)
        self.assertEqual(json.loads(self.expect(done, 1).stdout),
                         {'revoked': 1, 'no_such_user': 1, 'invalid_id': 1, 'failed': 0,
                          'done_before': 0, 'results': ids + '.results.jsonl'})

    def test_the_rate_is_kept(self):
        with Api() as api:
            begin = time.monotonic()
            self.expect(run('revoke', '--from', self.write_ids(11), '--yes', '--rate', '600',
                            api=api), 0)
            self.assertGreaterEqual(time.monotonic() - begin, 1.0)  # ten times 60/600 s

    def test_as_many_calls_at_once_as_jobs_and_no_more(self):
        together = threading.Barrier(3)
        most, now, lock = [0], [0], threading.Lock()

        def response(user):
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            together.wait(PATIENCE)
            with lock:
                now[0] -= 1
            return 204
        with Api(response) as api:
            self.expect(run('revoke', '--from', self.write_ids(12), *FAST, '--jobs', '3',
                            api=api), 0)
        self.assertEqual(most[0], 3)

    def test_429_is_waited_out(self):
        refused = []

        def response(user):
            if user == 'user-2' and not refused:
                refused.append(user)
                status, _, body = error_body(429, 'too.many.requests')
                return status, {'Retry-After': '0'}, body
            return 204
        with Api(response) as api:
            self.expect(run('revoke', '--from', self.write_ids(3), *FAST, api=api), 0)
            self.assertEqual(sorted(api.seen()), ['user-1', 'user-2', 'user-2', 'user-3'])

    def test_429_that_asks_for_too_long_a_wait_stops_the_run(self):
        def response(user):
            status, _, body = error_body(429, 'too.many.requests')
            return status, {'Retry-After': '7200'}, body
        with Api(response) as api:
            ids = self.write_ids(50)
            done = self.expect(run('revoke', '--from', ids, *FAST, '--jobs', '1', api=api), 5)
            self.assertIn('Try again in 7200 seconds', done.stderr)
            self.assertEqual(api.seen(), ['user-1'])
        self.assertEqual(self.results(ids + '.results.jsonl'), [])

    def test_a_token_that_ends_amid_the_run_stops_it_and_no_user_is_blamed(self):
        def response(user):
            return 204 if user in ('user-1', 'user-2') else error_body(401, 'bad.credentials')
        with Api(response) as api:
            ids = self.write_ids(50)
            done = self.expect(run('revoke', '--from', ids, *FAST, '--jobs', '1', api=api), 3)
            self.assertEqual(api.seen(), ['user-1', 'user-2', 'user-3'])
        self.assertIn('access token is not valid', done.stderr)
        self.assertEqual([each['id'] for each in self.results(ids + '.results.jsonl')],
                         ['user-1', 'user-2'])

    def test_an_api_that_is_gone_stops_the_run_and_no_user_is_blamed(self):
        with Api() as api:
            pass
        ids = self.write_ids(50)
        done = self.expect(run('revoke', '--from', ids, *FAST, api=api), 5)
        self.assertIn('go on with --resume', done.stderr)
        self.assertEqual(self.results(ids + '.results.jsonl'), [])

    def test_a_proxy_that_refuses_stops_the_run_and_no_user_is_blamed(self):
        for status in ('407 Proxy Authentication Required', '403 Forbidden'):
            with self.subTest(status), refusing_proxy(status) as (port, connects):
                ids = self.write_ids(50)
                env = {'GENESYSCLOUD_ACCESS_TOKEN': TOKEN, 'GENESYSCLOUD_PROXY_HOST': '127.0.0.1',
                       'GENESYSCLOUD_PROXY_PORT': str(port)}
                done = self.expect(run('revoke', '--from', ids, *FAST, '--jobs', '1', env=env), 5)
                self.assertIn('go on with --resume', done.stderr)
                self.assertEqual(self.results(ids + '.results.jsonl'), [])
                self.assertEqual(len(connects), 1)
                os.remove(ids + '.results.jsonl')

    def test_what_the_network_between_asks_for_stops_the_run(self):
        for status in (407, 511):
            with self.subTest(status), Api(lambda user: (status, {}, '<html></html>')) as api:
                ids = self.write_ids(50, f'ids-{status}')
                self.expect(run('revoke', '--from', ids, *FAST, '--jobs', '1', api=api), 5)
                self.assertEqual(set(api.seen()), {'user-1'})
                self.assertEqual(self.results(ids + '.results.jsonl'), [])

    def test_a_failure_of_one_user_does_not_stop_the_others(self):
        for response in (500, 404, (403, {}, '<html>blocked</html>'),
                       error_body(403, 'not.authorized'), error_body(400, 'bad.request')):
            with self.subTest(response), Api(lambda user: response if user == 'user-2' else 204) as api:
                ids = self.write_ids(4)
                done = self.expect(run('revoke', '--from', ids, *FAST, api=api), 1)
                os.remove(ids + '.results.jsonl')
            self.assertRegex(done.stdout, r'revoked +3\nfailed +1\n')

    def test_the_bar_is_drawn_on_a_terminal_only(self):
        bar = r'\[#*-*\]  \d/8  \d+%  [\d,]+/min  \d+ s left'
        ids = self.write_ids(8)
        arguments = ('--demo', 'revoke', '--from', ids, '--yes', '--rate', '600')
        self.assertRegex(run_in_terminal(*arguments)[1], bar)
        done = self.expect(run(*arguments, '--results', self.path('other')), 0)
        self.assertNotIn('\r', done.stdout + done.stderr)


class Resume(Case):
    def test_results_are_not_overwritten(self):
        ids = self.write_ids(3)
        self.expect(run('--demo', 'revoke', '--from', ids, *FAST), 0)
        done = self.expect(run('--demo', 'revoke', '--from', ids, *FAST), 2)
        self.assertIn('--resume', done.stderr)

    def test_what_is_done_is_skipped_and_what_failed_is_tried_again(self):
        ids = self.write_ids(9)
        failing = {'user-2': 500, 'user-3': error_body(404, 'not.found'), 'user-8': 500}
        with Api(lambda user: failing.get(user, 204)) as api:
            self.expect(run('revoke', '--from', ids, *FAST, api=api), 1)
        with Api() as api:
            done = self.expect(run('revoke', '--from', ids, *FAST, '--resume', api=api), 0)
            self.assertEqual(sorted(api.seen()), ['user-2', 'user-8'])
        self.assertRegex(done.stdout, r'revoked +2\ndone before +7\n')

    def test_a_dry_run_leaves_out_what_is_done(self):
        ids = self.write_ids(2)
        self.expect(run('--demo', 'revoke', '--from', ids, *FAST), 0)
        self.write_ids(3)
        done = self.expect(run('revoke', '--from', ids, '--resume', '--dry-run'), 0)
        self.assertEqual(done.stdout, 'would be revoked: user-3\n'
                         '1 would be revoked, 2 done before; nothing was sent\n')

    def test_a_dry_run_in_json_counts(self):
        done = self.expect(run('--json', 'revoke', '--from', self.write_ids(3), '--dry-run'), 0)
        self.assertEqual(json.loads(done.stdout), {'would_be_revoked': 3, 'done_before': 0})

    def test_a_torn_last_line_is_ignored(self):
        ids = self.write_ids(3)
        path = ids + '.results.jsonl'
        self.expect(run('--demo', 'revoke', '--from', ids, *FAST, '--jobs', '1'), 0)
        with open(path, 'rb') as file:
            whole = file.read()
        last = whole[:-1].rindex(b'\n') + 1
        for size in range(last + 1, len(whole)):
            self.write('ids.txt.results.jsonl', whole[:size])
            with self.subTest(whole[last:size]), Api() as api:
                self.expect(run('revoke', '--from', ids, *FAST, '--resume', api=api), 0)
                self.assertEqual(api.seen(), ['user-3'])
                self.assertEqual([each['n'] for each in self.results(path)], [1, 2, 3])

    def test_an_input_that_has_changed_is_refused(self):
        ids = self.write_ids(5)
        self.expect(run('--demo', 'revoke', '--from', ids, *FAST), 0)
        for changed in ('user-2\nuser-3\nuser-4\nuser-5\nuser-6\nuser-7\n', 'user-1\nuser-2\n'):
            self.write('ids.txt', changed)
            with Api() as api:
                done = self.expect(run('revoke', '--from', ids, *FAST, '--resume', api=api), 2)
                self.assertIn('has changed', done.stderr)
                self.assertEqual(api.seen(), [])

    def test_a_file_that_holds_something_else_is_refused(self):
        ids = self.write_ids(2)
        for content in ('user-1\nuser-2\n', '{"n":1}\n', '[]\n',
                        '{"n":1,"result":"revoked","check":"zz"}\n'):
            other = self.write('other', content)
            done = self.expect(run('--demo', 'revoke', '--from', ids, *FAST, '--resume',
                                   '--results', other), 2)
            self.assertIn('line 1 is not a result', done.stderr)
            with open(other, encoding='utf-8') as file:
                self.assertEqual(file.read(), content)

    def test_what_is_no_result_file_is_left_as_it_is(self):
        ids = self.write_ids(2)
        line = b'{"n":1,"id":"user-1","result":"revoked","time":"t","check":"00000000000000aa"}'
        for content in (b'one line, no newline', b'{"name":"x"', b'{"n":1,"id":"user-1"}', b'[1]',
                        b'{"n":1,"x":', b'\0\0\0\0', line + b'\nnotes', line + b'\n\n' + line):
            other = self.write('other', content)
            for more in ([], ['--dry-run']):
                with self.subTest((content, more)), Api() as api:
                    done = self.expect(run('revoke', '--from', ids, *FAST, '--resume', '--results',
                                           other, *more, api=api), 2)
                    self.assertIn('is not a result', done.stderr)
                    self.assertEqual(api.seen(), [])
                with open(other, 'rb') as file:
                    self.assertEqual(file.read(), content)

    def test_the_input_itself_is_no_result_file(self):
        for content in ('', 'ann', 'ann\nbob\n'):
            ids = self.write('ids', content)
            if not os.path.exists(self.path('link')):
                os.symlink(ids, self.path('link'))
            for name in (ids, self.path('link')):
                with self.subTest((content, name)):
                    done = self.expect(run('--demo', 'revoke', '--from', ids, *FAST, '--resume',
                                           '--results', name), 2)
                    self.assertIn('is the input itself', done.stderr)
                with open(ids, encoding='utf-8') as file:
                    self.assertEqual(file.read(), content)

    def test_results_are_not_changed_when_the_input_is_refused(self):
        ids = self.write_ids(3)
        path = ids + '.results.jsonl'
        self.expect(run('--demo', 'revoke', '--from', ids, *FAST, '--jobs', '1'), 0)
        with open(path, 'rb') as file:
            torn = file.read()[:-10]
        self.write('ids.txt.results.jsonl', torn)
        for content in ('a,b\n', 'other\n'):
            self.write('ids.txt', content)
            self.expect(run('--demo', 'revoke', '--from', ids, *FAST, '--resume'), 2)
            with open(path, 'rb') as file:
                self.assertEqual(file.read(), torn)

    def test_what_would_not_keep_the_results_is_refused(self):
        ids = self.write_ids(2)
        os.mkfifo(self.path('pipe'))
        for path in ('/dev/full', '/dev/null', '/dev/zero', self.path('pipe'), self.folder):
            for more in ([], ['--resume'], ['--resume', '--dry-run']):
                with self.subTest((path, more)), Api() as api:
                    done = self.expect(run('revoke', '--from', ids, *FAST, '--results', path, *more,
                                           api=api), 2)
                    self.assertIn(path, done.stderr)
                    self.assertEqual(api.seen(), [])

    def test_an_input_that_differs_where_nothing_was_recorded_is_refused(self):
        ids = self.write_ids(3)
        path = ids + '.results.jsonl'
        self.expect(run('--demo', 'revoke', '--from', ids, *FAST, '--jobs', '1'), 0)
        with open(path, 'rb') as file:
            _, *later = file.readlines()
        self.write('ids.txt.results.jsonl', b''.join(later))  # the first was in flight
        for changed in ('other\n', 'user-1\n', 'other\nuser-2\n', 'other\nuser-2\nuser-3\n',
                        'user-1\nuser-3\nuser-2\n', ''):
            self.write('ids.txt', changed)
            for piped in (False, True):
                arguments = ('-', '--results', path) if piped else (ids,)
                with self.subTest((changed, piped)), Api() as api:
                    done = self.expect(run('revoke', '--from', *arguments, *FAST, '--resume',
                                           input=changed, api=api), 2)
                    self.assertIn('has changed', done.stderr)
                    self.assertEqual(api.seen(), [])
        for piped in (False, True):
            self.write_ids(4)
            self.write('ids.txt.results.jsonl', b''.join(later))
            arguments = ('-', '--results', path) if piped else (ids,)
            with self.subTest(piped), Api() as api, open(ids, encoding='utf-8') as file:
                self.expect(run('revoke', '--from', *arguments, *FAST, '--resume',
                                input=file.read(), api=api), 0)
                self.assertEqual(sorted(api.seen()), ['user-1', 'user-4'])

    def test_an_input_that_differs_where_a_user_failed_is_refused(self):
        ids = self.write_ids(3)
        with Api(lambda user: 204 if user == 'user-1' else 500) as api:
            self.expect(run('revoke', '--from', ids, *FAST, api=api), 1)
        for changed in ('user-1\nother\nuser-3\n', 'user-1\nuser-2\nother\n', 'user-1\nuser-2\n'):
            self.write('ids.txt', changed)
            with self.subTest(changed), Api() as api:
                done = self.expect(run('revoke', '--from', ids, *FAST, '--resume', api=api), 2)
                self.assertIn('has changed', done.stderr)
                self.assertEqual(api.seen(), [])

    def test_results_that_cannot_be_written_stop_the_run_and_lose_nothing(self):
        ids = self.write_ids(50)
        path = ids + '.results.jsonl'

        def limit_file_size():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        done = self.expect(run('--demo', 'revoke', '--from', ids, *FAST,
                               preexec_fn=limit_file_size), 2)
        self.assertIn('cannot be written', done.stderr)
        written = len(self.results(path))  # whole lines, each of them
        self.assertGreater(written, 0)
        done = self.expect(run('--demo', 'revoke', '--from', ids, *FAST, '--resume'), 0)
        self.assertRegex(done.stdout, rf'revoked +{50 - written}\n')

    def test_results_that_do_not_get_to_the_disk_are_an_error(self):
        compiler = shutil.which('cc')
        if not compiler or not sys.platform.startswith('linux'):
            self.skipTest('needs a C compiler and LD_PRELOAD')
        source = self.write('fsync.c', '#include <errno.h>\n'
                            'int fsync(int file) { (void)file; errno = EIO; return -1; }\n')
        library = self.path('fsync.so')
        subprocess.run([compiler, '-shared', '-fPIC', '-o', library, source], check=True)
        asan = os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'
        done = self.expect(run('--demo', 'revoke', '--from', self.write_ids(3), *FAST,
                               env={'LD_PRELOAD': library, 'ASAN_OPTIONS': asan}), 2)
        self.assertRegex(done.stdout, r'revoked +3\n')
        self.assertIn('may lose lines', done.stderr)
        self.assertIn(os.strerror(errno.EIO), done.stderr)

    def test_two_runs_do_not_share_a_result_file(self):
        held = threading.Event()
        with Api(lambda user: held.wait(PATIENCE) and 204) as api:
            ids = self.write_ids(2)
            first = start('revoke', '--from', ids, *FAST, api=api)
            api.wait_for(1)
            done = self.expect(run('revoke', '--from', ids, *FAST, '--resume', api=api), 2)
            self.assertIn('in use by another run', done.stderr)
            held.set()
            first.communicate(timeout=PATIENCE)
            self.assertEqual(first.returncode, 0)


if __name__ == '__main__':
    unittest.main()
