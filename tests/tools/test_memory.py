# SPDX-License-Identifier: MIT
import os
import re
import subprocess
import time
import unittest

from harness import PATIENCE, Case, start

FEW, MANY = 1_000, 1_000_000


class Memory(Case):
    def peak_kib(self, count, *arguments):
        """Of a run that has been through ids 1 to `count`, and waits for more."""
        results = self.path(f'results-{count - count % 10}')
        process = start('--demo', 'revoke', '--from', '-', '--results', results, '--yes',
                        '--rate', '1e9', *arguments, stdin=subprocess.PIPE)
        for begin in range(1, count + 1, 1000):
            end = min(begin + 1000, count + 1)
            process.stdin.write(b''.join(b'user-%d\n' % i for i in range(begin, end)))
        process.stdin.flush()
        deadline = time.monotonic() + 10 * PATIENCE
        while not self.ends_with(results, count):
            self.assertLess(time.monotonic(), deadline)
            with self.assertRaises(subprocess.TimeoutExpired):
                process.wait(0.05)
        with open(f'/proc/{process.pid}/status', encoding='ascii') as status:
            peak = int(re.search(r'VmHWM:\s+(\d+) kB', status.read()).group(1))
        _, err = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 0, err)
        return peak

    def ends_with(self, path, number):
        if not os.path.exists(path):
            return False
        with open(path, 'rb') as file:
            file.seek(max(0, os.path.getsize(path) - 4096))
            return b'"n":%d,' % number in file.read()

    @unittest.skipUnless(os.path.exists('/proc/self/status'), 'needs the peak that Linux keeps')
    def test_a_million_ids_need_no_more_memory_than_a_thousand(self):
        # the resumed run has one more id, whose result tells that it has passed over the others
        for name, more, arguments in (('revoke', 0, []), ('resume', 1, ['--resume'])):
            little, much = (self.peak_kib(count + more, *arguments) for count in (FEW, MANY))
            print(f'{name}: {little} KiB for {FEW} ids, {much} KiB for {MANY}', flush=True)
            # a byte an id would be 977 KiB
            self.assertLess(much, little + 900, name)


if __name__ == '__main__':
    unittest.main()
