# SPDX-License-Identifier: MIT
import os
import subprocess
import unittest

from harness import TOOL, Case, environment


class Memory(Case):
    def peak_kib(self, *arguments):
        with open(os.devnull, 'w') as nowhere:
            process = subprocess.Popen([TOOL, *arguments], env=environment(), stdout=nowhere,
                                       start_new_session=True)
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        return usage.ru_maxrss

    def test_a_million_ids_need_no_more_memory_than_a_thousand(self):
        few = self.write_ids(1_000, 'few')
        many = self.write_ids(1_000_000, 'many')
        run = ('--demo', 'revoke', '--yes', '--rate', '1e9', '--from')
        for name, arguments in (('revoke', run), ('resume', (*run[:-1], '--resume', '--from')),
                                ('dry run', ('revoke', '--dry-run', '--from'))):
            little, much = (self.peak_kib(*arguments, ids) for ids in (few, many))
            print(f'{name}: {little} KiB for 1,000 ids, {much} KiB for 1,000,000', flush=True)
            # a byte an id would be 977 KiB
            self.assertLess(much, little + 900, name)


if __name__ == '__main__':
    unittest.main()
