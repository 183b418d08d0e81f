# SPDX-License-Identifier: MIT
import json
import os
import re
import unittest

from harness import PATIENCE, TOKEN, Api, Case, error_body, run, run_in_terminal, start


class Commands(Case):
    def test_whoami_names_the_organization_and_the_client(self):
        out = self.expect(run('--demo', 'whoami'), 0).stdout
        self.assertRegex(out, r'(?m)^Organization +Fake Org \(')
        self.assertRegex(out, r'(?m)^OAuth client +Fake client \(')

    def test_the_columns_of_a_table_are_aligned(self):
        lines = run('--demo', 'whoami').stdout.splitlines()
        starts = {re.search(r'  (\S)', line).start(1) for line in lines}
        self.assertEqual(len(starts), 1, lines)

    def test_whoami_in_json_is_the_api_s_own(self):
        info = json.loads(self.expect(run('--demo', '--json', 'whoami'), 0).stdout)
        self.assertEqual(info['organization']['name'], 'Fake Org')
        self.assertEqual(info['OAuthClient']['authorizedGrantType'], 'CODE')

    def test_verify_says_whether_the_token_is_valid(self):
        self.assertEqual(self.expect(run('--demo', 'verify'), 0).stdout, 'valid\n')
        self.assertEqual(json.loads(run('verify', '--demo', '--json').stdout), {'valid': True})

    def test_logout(self):
        self.assertEqual(self.expect(run('--demo', 'logout'), 0).stdout, 'logged out\n')
        self.assertEqual(json.loads(run('--demo', '--json', 'logout').stdout),
                         {'logged_out': True})

    def test_logout_as_a_dry_run_sends_nothing_and_needs_no_token(self):
        self.assertIn('nothing was sent', self.expect(run('logout', '--dry-run'), 0).stdout)

    def test_timeout_show(self):
        out = self.expect(run('--demo', 'timeout', 'show'), 0).stdout
        self.assertRegex(out, r'Idle timeout +28800 s\nEnabled +yes\n')

    def test_timeout_set_changes_what_is_named_and_nothing_else(self):
        shown = json.loads(run('--demo', '--json', 'timeout', 'show').stdout)
        changed = json.loads(self.expect(
            run('--demo', '--json', 'timeout', 'set', '30m', '--off'), 0).stdout)
        self.assertEqual(changed, {**shown, 'idleTokenTimeoutSeconds': 1800,
                                   'enableIdleTokenTimeout': False})

    def test_timeout_set_reads_seconds_minutes_and_hours(self):
        for text, seconds in (('900', 900), ('900s', 900), ('15m', 900), ('2h', 7200)):
            done = run('--demo', '--json', 'timeout', 'set', text)
            self.assertEqual(json.loads(done.stdout)['idleTokenTimeoutSeconds'], seconds)

    def test_timeout_set_passes_on_what_the_api_refuses(self):
        err = self.expect(run('--demo', 'timeout', 'set', '1'), 5).stderr
        self.assertIn('between 300 and 28800', err)

    def test_revoke_ends_the_sessions_of_each_user(self):
        with Api() as api:
            self.expect(run('revoke', 'ann', 'bob', '--yes', '--rate', '60000', api=api), 0)
            self.assertEqual(sorted(api.seen()), ['ann', 'bob'])

    def test_revoke_tells_of_each_user_how_it_went(self):
        done = self.expect(run('--demo', '--json', 'revoke', 'ann', 'nobody', 'me', '--yes',
                               '--rate', '60000'), 1)
        self.assertEqual([(each['id'], each['result']) for each in json.loads(done.stdout)],
                         [('ann', 'revoked'), ('nobody', 'no_such_user'), ('me', 'invalid_id')])
        table = run('--demo', 'revoke', 'ann', 'nobody', '--yes', '--rate', '60000').stdout
        self.assertEqual(table, 'ann     revoked\nnobody  no such user\n')

    def test_revoke_as_a_dry_run_sends_nothing(self):
        with Api() as api:
            done = self.expect(run('revoke', 'ann', 'bob', '--dry-run', api=api), 0)
            self.assertEqual(done.stdout, 'ann  would be revoked\nbob  would be revoked\n')
            self.assertEqual(api.seen(), [])


    def test_only_the_api_s_own_404_says_that_there_is_no_such_user(self):
        for response, result in ((error_body(404, 'not.found'), 'no_such_user'),
                               (404, 'failed'),
                               ((404, {}, '<html>no such page</html>'), 'failed'),
                               (error_body(404, 'no.route'), 'failed')):
            with self.subTest(response), Api(lambda user: response) as api:
                done = self.expect(run('--json', 'revoke', 'ann', api=api), 1)
                self.assertEqual(json.loads(done.stdout)[0]['result'], result)


class StandardOutput(Case):
    @unittest.skipUnless(os.path.exists('/dev/full'), 'needs /dev/full')
    def test_what_cannot_be_printed_is_an_error_of_every_command(self):
        for name, arguments in enumerate((
                ['--help'], ['revoke', '--help'], ['--version'], ['whoami'], ['verify'],
                ['logout'], ['logout', '--dry-run'], ['timeout', 'show'],
                ['timeout', 'set', '30m'], ['revoke', 'ann'], ['revoke', 'ann', '--dry-run'],
                ['revoke', '--from', 'IDS'], ['revoke', '--from', 'IDS', '--dry-run'])):
            ids = self.write_ids(1, f'ids-{name}')
            arguments = [ids if each == 'IDS' else each for each in arguments]
            for form in ([], ['--json']):
                with self.subTest(form + arguments), open('/dev/full', 'wb') as full:
                    done = self.expect(run('--demo', *form, *arguments, stdout=full), 2)
                    self.assertIn('standard output cannot be written', done.stderr)
                if os.path.exists(ids + '.results.jsonl'):
                    os.remove(ids + '.results.jsonl')

    @unittest.skipUnless(os.path.exists('/dev/full'), 'needs /dev/full')
    def test_another_failure_keeps_its_exit_code(self):
        with Api(lambda user: 500 if user == 'ann' else 204) as api, open('/dev/full') as full:
            self.expect(run('revoke', 'ann', api=api, stdout=full), 1)

    def test_where_it_is_closed_nothing_is_printed_into_the_result_file(self):
        process = start('--demo', 'revoke', '--from', '-', '--results', self.path('results'),
                        '--yes', '--rate', '1e6', stdin=-1, stdout=None,
                        preexec_fn=lambda: os.close(1))
        _, err = process.communicate(b'ann\n', PATIENCE)
        self.assertEqual(process.returncode, 2, err)
        self.assertIn(b'standard output cannot be written', err)
        self.assertEqual([each['id'] for each in self.results(self.path('results'))], ['ann'])


class ExitCodes(Case):
    def test_wrong_arguments_are_2(self):
        for arguments in ([], ['revoke'], ['nonsense'], ['timeout'], ['timeout', 'set'],
                          ['revoke', 'a', '--from', 'b'], ['revoke', 'a', '--rate', '0'],
                          ['revoke', 'a', '--rate', 'nan'], ['revoke', 'a', '--jobs', '0'],
                          ['revoke', 'a', '--resume'], ['timeout', 'set', '5x', '--demo'],
                          ['timeout', 'set', '--on', '--off']):
            with self.subTest(arguments):
                done = self.expect(run(*arguments), 2)
                self.assertEqual(done.stdout, '')
                self.assertNotEqual(done.stderr, '')

    def test_help_and_version_are_0(self):
        self.assertIn('revoke', self.expect(run('--help'), 0).stdout)
        self.assertRegex(self.expect(run('--version'), 0).stdout, r'^\d+\.\d+\.\d+\n$')

    def test_no_token_is_3_and_names_the_variable(self):
        self.assertIn('GENESYSCLOUD_ACCESS_TOKEN', self.expect(run('whoami'), 3).stderr)

    def test_a_token_that_is_not_valid_is_3(self):
        with Api(lambda user: error_body(401, 'bad.credentials')) as api:
            done = self.expect(run('revoke', 'ann', api=api), 3)
        self.assertIn('get a new one', done.stderr)

    def test_a_missing_permission_is_4(self):
        with Api(lambda user: error_body(403, 'missing.any.permissions')) as api:
            self.expect(run('revoke', 'ann', api=api), 4)

    def test_an_api_that_cannot_be_reached_is_5(self):
        with Api() as api:
            pass
        self.expect(run('whoami', api=api), 5)


class Terminal(Case):
    def test_colours_are_for_terminals(self):
        self.assertIn('\x1b[32mvalid', run_in_terminal('--demo', 'verify')[1])
        self.assertNotIn('\x1b', run('--demo', 'verify').stdout)

    def test_no_color_is_respected(self):
        code, seen = run_in_terminal('--demo', 'verify', env={'NO_COLOR': '1'})
        self.assertEqual((code, seen), (0, 'valid\r\n'))
        self.assertNotIn('\x1b', run_in_terminal('--demo', 'verify', env={'TERM': 'dumb'})[1])

    def test_several_users_are_asked_about_and_the_organization_is_named(self):
        with Api() as api:
            code, seen = run_in_terminal('revoke', 'ann', 'bob', answer='y', api=api)
            self.assertIn('End all sessions of 2 users of Played Org?', seen)
            self.assertEqual((code, sorted(api.seen())), (0, ['ann', 'bob']), seen)

    def test_any_other_answer_revokes_nothing(self):
        for answer in ('n', '', 'perhaps'):
            with self.subTest(answer), Api() as api:
                code, seen = run_in_terminal('revoke', 'ann', 'bob', answer=answer, api=api)
                self.assertEqual((code, api.seen()), (6, []), seen)

    def test_without_a_terminal_several_users_need_a_yes(self):
        with Api() as api:
            done = self.expect(run('revoke', 'ann', 'bob', api=api, input='y\n'), 6)
            self.assertIn('--yes', done.stderr)
            self.assertEqual(api.seen(), [])

    def test_one_user_is_not_asked_about(self):
        with Api() as api:
            self.expect(run('revoke', 'ann', 'ann', '--rate', '60000', api=api), 0)

    def test_what_would_command_the_terminal_is_taken_out(self):
        out = run('revoke', '\x1b[31mann', '\x9b31m', '--dry-run').stdout
        self.assertEqual(out.count('would be revoked'), 2)
        self.assertNotIn('\x1b', out)
        self.assertNotIn('\x9b', out)


class Secrets(Case):
    def test_the_token_is_never_printed_or_written(self):
        def tells(user):
            return 500, {'ININ-Correlation-Id': TOKEN}, {'message': f'the token {TOKEN}',
                                                         'code': TOKEN, 'status': 500}
        with Api(tells) as api:
            ids = self.write_ids(2)
            for arguments in (['whoami'], ['whoami', '--json'], ['revoke', 'ann'],
                              ['revoke', 'ann', '--json'], ['verify'],
                              ['revoke', '--from', ids, '--yes', '--rate', '60000']):
                with self.subTest(arguments):
                    done = run(*arguments, api=api)
                    self.assertNotIn(TOKEN, done.stdout + done.stderr)
        results = self.results(ids + '.results.jsonl')
        self.assertIn('the token <access token>', results[0]['message'])
        self.assertNotIn(TOKEN, json.dumps(results))


if __name__ == '__main__':
    unittest.main()
