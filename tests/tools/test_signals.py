# SPDX-License-Identifier: MIT
import os
import random
import signal
import subprocess
import threading
import unittest

from harness import PATIENCE, Api, Case, run, start


class Interrupt(Case):
    def interrupted(self, send):
        """A run whose only call is in flight when `send` is called with the process."""
        held = threading.Event()
        with Api(lambda user: held.wait(PATIENCE) and 204) as api:
            ids = self.write_ids(5)
            # a rate at which no second call begins within the test
            process = start('revoke', '--from', ids, '--yes', '--rate', '0.5', api=api)
            api.wait_for(1)
            send(process)
            held.set()
            out, err = process.communicate(timeout=PATIENCE)
            return process.returncode, out.decode(), err.decode(), ids

    def test_ctrl_c_lets_what_is_in_flight_finish_and_prints_the_summary(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                code, out, err, ids = self.interrupted(lambda p: p.send_signal(number))
                self.assertEqual(code, 128 + number, err)
                self.assertRegex(out, r'revoked +1\n')
                self.assertIn('--resume', err)
                results = self.results(ids + '.results.jsonl')
                self.assertEqual([each['id'] for each in results], ['user-1'])
                os.remove(ids + '.results.jsonl')

    def test_a_second_ctrl_c_ends_the_program_at_once(self):
        def insist(process):
            while process.poll() is None:  # two at once may count as one
                process.send_signal(signal.SIGINT)
        code, _, _, _ = self.interrupted(insist)
        self.assertEqual(code, -signal.SIGINT)

    def test_ctrl_c_ends_a_run_that_waits_for_standard_input(self):
        with Api() as api:
            process = start('revoke', '--from', '-', '--results', self.path('r'), '--yes',
                            api=api, stdin=subprocess.PIPE)
            process.stdin.write(b'ann\nbo')
            process.stdin.flush()
            api.wait_for(1)
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
            process.communicate()
            self.assertEqual((process.returncode, api.seen()), (130, ['ann']))


class Killed(Case):
    def test_killed_fifty_times_it_loses_nothing_and_repeats_what_was_in_flight(self):
        seed = int(os.environ.get('TOKENS_TOOL_SEED', random.randrange(2**32)))
        print(f'TOKENS_TOOL_SEED={seed}', flush=True)
        chance = random.Random(seed)
        count = 1500
        kills = in_flight_at_most = kills_at_work = lists = 0
        while kills < 50:
            lists += 1
            ids = self.write_ids(count, f'ids-{lists}.txt')
            path = ids + '.results.jsonl'
            command = ('revoke', '--from', ids, '--yes', '--resume')
            with Api() as api:
                ended = False
                while kills < 50 and not ended:
                    jobs = chance.choice((1, 4))
                    before = (self.done(path), api.seen())
                    process = start(*command, '--rate', '12000', '--jobs', str(jobs), api=api)
                    try:
                        process.wait(chance.uniform(0, 0.15))
                        ended = True
                    except subprocess.TimeoutExpired:
                        process.kill()
                        kills += 1
                        in_flight_at_most += jobs
                    _, err = process.communicate()
                    self.assertIn(process.returncode, (0, -signal.SIGKILL), err)
                    after = (self.done(path), api.seen())
                    self.assert_kept(before, after, jobs)
                    kills_at_work += len(after[0]) > len(before[0])
                self.expect(run(*command, '--rate', '1e6', api=api), 0)
                asked = api.seen()
            self.assertEqual(self.done(path), set(asked))
            self.assertEqual(len(set(asked)), count)
            self.assertLessEqual(len(asked) - count, in_flight_at_most)
        print(f'{kills} kills, {kills_at_work} of them at work', flush=True)
        self.assertGreater(kills_at_work, 10, 'most were killed before they did anything')

    def assert_kept(self, before, after, jobs):
        (done_before, asked_before), (done, asked) = before, after
        self.assertLessEqual(done_before, done, 'what was done is not any more')
        self.assertLessEqual(done, set(asked), 'said to be done, and never asked for')
        repeated = done_before & set(asked[len(asked_before):])
        self.assertEqual(repeated, set(), 'done before, and asked for again')
        # what an earlier kill left undone comes first in the next run
        undone_before = set(asked_before) - done_before
        self.assertLessEqual(len(set(asked) - done), max(jobs, len(undone_before)),
                             'more is undone than was in flight')

    def done(self, path):
        """As a reader of the file's whole lines would have it."""
        if not os.path.exists(path):
            return set()
        with open(path, 'rb') as file:
            whole, _, _ = file.read().rpartition(b'\n')
        self.write('whole', whole)
        return {each['id'] for each in self.results(self.path('whole'))}


if __name__ == '__main__':
    unittest.main()
