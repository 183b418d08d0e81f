# SPDX-License-Identifier: MIT
import base64
import os
import unittest

from harness import TOKEN, Api, Case, refusing_proxy, run, token_response

ID, SECRET = 'client-4711', 'a-client-secret-9Zq8'
TOKEN_VARIABLE = 'GENESYSCLOUD_ACCESS_TOKEN'
ID_VARIABLE, SECRET_VARIABLE = 'GENESYSCLOUD_OAUTHCLIENT_ID', 'GENESYSCLOUD_OAUTHCLIENT_SECRET'
FAST = ('--yes', '--rate', '1e6')


def basic(name, password):
    return 'Basic ' + base64.b64encode(f'{name}:{password}'.encode()).decode()


def login_error(status, code):
    return status, {}, {'error': code, 'description': 'as the test has it',
                        'error_description': 'as the test has it'}


class CredentialsCase(Case):
    """With a folder in the place of the person's own."""

    def tokens(self, *arguments, env=None):
        done = run(*arguments, env={'HOME': self.folder, **(env or {})})
        for secret in (SECRET, TOKEN):
            self.assertNotIn(secret, done.stdout + done.stderr)
        return done

    def with_client(self, api, *arguments):
        """With client credentials in the environment."""
        return self.tokens(*arguments, env={
            ID_VARIABLE: ID, SECRET_VARIABLE: SECRET, 'GENESYSCLOUD_GATEWAY_HOST': '127.0.0.1',
            'GENESYSCLOUD_GATEWAY_PORT': str(api.port), 'GENESYSCLOUD_GATEWAY_PROTOCOL': 'http'})

    def write_profiles(self, content, mode=0o600):
        os.makedirs(self.path('.gc'), exist_ok=True)
        os.chmod(self.write('.gc/config.toml', content), mode)

    def write_profile(self, api=None, name='acme', mode=0o600, **changes):
        """One that works, but for the changes."""
        values = {'environment': 'mypurecloud.ie', 'client_credentials': ID,
                  'client_secret': SECRET}
        if api:
            values.update(gateway_host='127.0.0.1', gateway_port=str(api.port),
                          gateway_protocol='http')
        values.update(changes)
        lines = [f"{key} = '{value}'" for key, value in values.items() if value is not None]
        self.write_profiles(f'[{name}]\n' + '\n'.join(lines) + '\n', mode)


class ClientCredentials(CredentialsCase):
    def test_a_token_is_got_with_those_in_the_environment(self):
        with Api() as api:
            done = self.expect(self.with_client(api, 'whoami'), 0)
            self.assertEqual(api.logins, [('/oauth/token', basic(ID, SECRET),
                                           'grant_type=client_credentials')])
            self.assertEqual(api.tokens, [f'{TOKEN}-1'])
        self.assertRegex(done.stdout, f'(?m)^Credentials +environment variable {ID_VARIABLE} and '
                                      rf'{SECRET_VARIABLE} \(client credentials\)$')

    def test_a_run_that_outlives_its_token_goes_on_with_a_new_one(self):
        each_ends, first_ends = (lambda _, uses: uses <= 30,
                                 lambda token, uses: token != f'{TOKEN}-1' or uses <= 30)
        for accepts, jobs, logins in ((each_ends, '1', 4), (first_ends, '4', 2)):
            with self.subTest(jobs), Api(accepts=accepts) as api:
                ids = self.write_ids(100)
                done = self.expect(self.with_client(api, 'revoke', '--from', ids, *FAST, '--jobs',
                                                    jobs), 0)
                self.assertEqual(sorted(api.revoked), sorted(f'user-{i}' for i in range(1, 101)))
                self.assertEqual(len(api.logins), logins)
                self.assertRegex(done.stdout, r'revoked +100\n')
                results = self.results(ids + '.results.jsonl')
                self.assertEqual({each['result'] for each in results}, {'revoked'})
                os.remove(ids + '.results.jsonl')

    def test_an_api_that_accepts_no_token_stops_the_run(self):
        with Api(accepts=lambda token, uses: False) as api:
            ids = self.write_ids(50)
            done = self.expect(self.with_client(api, 'revoke', '--from', ids, *FAST, '--jobs',
                                                '1'), 3)
            self.assertEqual((len(api.logins), len(api.tokens)), (2, 2))
        self.assertIn(f'came from environment variable {ID_VARIABLE}', done.stderr)
        self.assertEqual(self.results(ids + '.results.jsonl'), [])

    def test_credentials_that_are_refused_are_3_for_every_command(self):
        for status, code in ((400, 'invalid_client'), (401, 'invalid_client'),
                             (400, 'unauthorized_client'), (400, 'invalid_request')):
            for arguments in (['whoami'], ['verify'], ['timeout', 'show'], ['revoke', 'ann']):
                with self.subTest((status, code, arguments)), \
                        Api(login=lambda _: login_error(status, code)) as api:
                    done = self.expect(self.with_client(api, *arguments), 3)
                    self.assertIn(code, done.stderr)
                    self.assertIn(f'credentials came from environment variable {ID_VARIABLE}',
                                  done.stderr)
                    self.assertEqual(api.tokens, [])

    def test_a_login_that_fails_stops_the_run_and_no_user_is_blamed(self):
        for response, code in ((login_error(400, 'invalid_client'), 3),
                             ((403, {}, '<html>blocked</html>'), 5),
                             ((200, {}, '<html>a portal</html>'), 5),
                             ((200, {}, {'token_type': 'bearer'}), 5),
                             ((500, {}, {}), 5), ((503, {'Retry-After': '0'}, {}), 5)):
            with self.subTest(response), Api(login=lambda _: response) as api:
                ids = self.write_ids(50)
                done = self.expect(self.with_client(api, 'revoke', '--from', ids, *FAST), code)
                self.assertIn('go on with --resume', done.stderr)
                self.assertEqual(self.results(ids + '.results.jsonl'), [])
                self.assertEqual(api.tokens, [])
                os.remove(ids + '.results.jsonl')

    def test_a_renewal_that_fails_stops_the_run_and_no_user_is_blamed(self):
        for answer, code in ((login_error(400, 'invalid_client'), 3),
                             ((400, {}, '<html>bad</html>'), 5), ((403, {}, '<html>blocked</html>'), 5),
                             ((404, {}, {'code': 'not.found'}), 5), ((500, {}, {}), 5),
                             ((200, {}, '<html>a portal</html>'), 5)):
            def login(number):
                return token_response(TOKEN) if number == 1 else answer
            with self.subTest(answer), \
                    Api(login=login, accepts=lambda token, uses: uses <= 2) as api:
                ids = self.write_ids(50)
                self.expect(self.with_client(api, 'revoke', '--from', ids, *FAST), code)
                self.assertEqual([each['result'] for each in self.results(ids + '.results.jsonl')],
                                 ['revoked', 'revoked'])
                os.remove(ids + '.results.jsonl')

    def test_a_user_whom_the_api_refuses_in_the_login_host_s_words_stops_no_run(self):
        def answer(user):
            return (400, {}, {'code': 'invalid_request'}) if user == 'user-2' else 204
        with Api(answer) as api:
            ids = self.write_ids(3)
            self.expect(self.with_client(api, 'revoke', '--from', ids, *FAST), 1)
            self.assertEqual(len(api.revoked), 3)

    def test_verify_is_about_a_token_of_these_credentials(self):
        with Api() as api:
            self.assertEqual(self.expect(self.with_client(api, 'verify'), 0).stdout, 'valid\n')
            self.assertEqual(len(api.logins), 1)

    def test_logout_has_no_token_to_end(self):
        with Api() as api:
            done = self.expect(self.with_client(api, 'logout'), 2)
            self.assertEqual((done.stdout, api.logins, api.tokens), ('', [], []))
        self.assertIn('no token to end', done.stderr)

    def test_an_id_or_a_secret_alone_is_refused_by_its_name(self):
        self.assertIn(SECRET_VARIABLE, self.expect(
            self.tokens('whoami', env={ID_VARIABLE: ID}), 2).stderr)
        self.assertIn(ID_VARIABLE, self.expect(
            self.tokens('whoami', env={SECRET_VARIABLE: SECRET}), 2).stderr)


class Profiles(CredentialsCase):
    def test_client_credentials(self):
        with Api() as api:
            self.write_profile(api, name='Acme')
            done = self.expect(self.tokens('whoami', '--profile', 'Acme'), 0)
            self.assertEqual(api.logins, [('/oauth/token', basic(ID, SECRET),
                                           'grant_type=client_credentials')])
        self.assertRegex(done.stdout, r'(?m)^Credentials +profile Acme of ~/\.gc/config\.toml '
                                      r'\(client credentials\)$')
        self.assertEqual(done.stderr, '')

    def test_an_access_token_goes_before_client_credentials(self):
        with Api() as api:
            self.write_profile(api, access_token=TOKEN, grant_type='2')
            done = self.expect(self.tokens('-p', 'acme', 'whoami'), 0)
            self.assertEqual((api.tokens, api.logins), ([TOKEN], []))
        self.assertRegex(done.stdout, r'Credentials +profile acme of ~/\.gc/config\.toml\n')

    def test_names_and_keys_are_found_whatever_their_case(self):
        with Api() as api:
            self.write_profiles(f'[aCME]\nEnvironment = "mypurecloud.ie"\nACCESS_TOKEN = "{TOKEN}"'
                                f'\nGateway_Host = "127.0.0.1"\ngateway_PORT = "{api.port}"\n'
                                'gateway_protocol = "HTTP"\n')
            self.expect(self.tokens('whoami', '--profile', 'Acme'), 0)
            self.assertEqual(api.tokens, [TOKEN])

    def test_default_is_meant_without_a_name(self):
        for name in ('DEFAULT', 'default'):
            with self.subTest(name), Api() as api:
                self.write_profile(api, name)
                done = self.expect(self.tokens('whoami'), 0)
                self.assertIn(f'profile {name} of', done.stdout)
                self.assertEqual(len(api.logins), 1)

    def test_without_a_default_there_are_no_credentials(self):
        self.write_profile()
        self.assertIn('--profile', self.expect(self.tokens('whoami'), 3).stderr)

    def test_a_name_with_a_dot(self):
        for name in ('acme.test', '"acme.test"'):
            with self.subTest(name), Api() as api:
                self.write_profile(api, name)
                self.expect(self.tokens('whoami', '--profile', 'ACME.test'), 0)
                self.assertEqual(len(api.logins), 1)

    def test_a_port_and_a_grant_type_may_be_numbers(self):
        with Api() as api:
            self.write_profiles(
                f"[acme]\nenvironment = 'mypurecloud.ie'\nclient_credentials = '{ID}'\n"
                f"client_secret = '{SECRET}'\ngateway_host = '127.0.0.1'\ngateway_port = "
                f"{api.port}\ngateway_protocol = 'http'\ngrant_type = 1\n")
            self.expect(self.tokens('whoami', '--profile', 'acme'), 0)

    def test_what_gc_writes_and_leaves_empty_counts_as_missing(self):
        with Api() as api:
            self.write_profile(
                api, access_token='', redirect_uri='', oauth_token_data='', grant_type='0',
                gateway_username='', gateway_password='', gateway_pathparams='{}', proxy_host='',
                proxy_port='', proxy_protocol='', proxy_username='', proxy_password='',
                proxy_pathparams='{}', log_file_path='', what_a_later_version_adds='x')
            self.expect(self.tokens('whoami', '--profile', 'acme'), 0)

    def test_the_environment_and_the_proxy_are_used(self):
        with refusing_proxy('403 Forbidden') as (port, heads):
            self.write_profile(proxy_host='127.0.0.1', proxy_port=str(port), proxy_protocol='http',
                               proxy_username='ann', proxy_password=SECRET,
                               environment='eu-west-1')
            self.expect(self.tokens('whoami', '--profile', 'acme'), 5)
        head = heads[0].decode()
        self.assertIn('CONNECT login.mypurecloud.ie:443 ', head)
        self.assertIn(f'Proxy-Authorization: {basic("ann", SECRET)}\r\n', head)

    def test_a_file_that_others_may_read_or_change_is_warned_about(self):
        with Api() as api:
            for mode in (0o640, 0o604, 0o620, 0o602, 0o644):
                self.write_profile(api, mode=mode)
                done = self.expect(self.tokens('whoami', '--profile', 'acme'), 0)
                self.assertRegex(done.stderr, r'\Atokens: warning: others may .*\n\Z')
                self.assertIn('Played Org', done.stdout)

    def test_the_demo_has_no_profile(self):
        self.expect(self.tokens('whoami', '--demo', '--profile', 'acme'), 2)


class Precedence(CredentialsCase):
    def test_a_token_in_the_environment_goes_first(self):
        with Api() as api:
            self.write_profile(api, access_token='another-token')
            done = self.expect(self.tokens('whoami', '--profile', 'acme',
                                           env={TOKEN_VARIABLE: TOKEN}), 0)
            self.assertEqual((api.tokens, api.logins), ([TOKEN], []))
        self.assertRegex(done.stdout, f'Credentials +environment variable {TOKEN_VARIABLE}, with '
                                      'profile acme of ')

    def test_a_variable_goes_before_its_key_alone(self):
        for variables, expected in (({ID_VARIABLE: 'other'}, ('other', SECRET)),
                                    ({SECRET_VARIABLE: 'other'}, (ID, 'other')),
                                    ({SECRET_VARIABLE: ' '}, (ID, SECRET)),
                                    ({ID_VARIABLE: 'x', SECRET_VARIABLE: 'y'}, ('x', 'y'))):
            with self.subTest(variables), Api() as api:
                self.write_profile(api)
                done = self.expect(self.tokens('whoami', '--profile', 'acme', env=variables), 0)
                self.assertEqual(api.logins[0][1], basic(*expected))
                for variable, value in variables.items():
                    self.assertEqual(variable in done.stdout, value != ' ')
                self.assertIn('profile acme of', done.stdout)

    def test_client_credentials_in_the_environment_need_no_grant_type(self):
        with Api() as api:
            self.write_profile(api, grant_type='3', client_secret=None)
            self.expect(self.tokens('whoami', '--profile', 'acme',
                                    env={ID_VARIABLE: ID, SECRET_VARIABLE: SECRET}), 0)

    def test_without_a_key_its_variable_will_do(self):
        with Api() as api:
            self.write_profile(api, client_secret=None)
            self.expect(self.tokens('whoami', '--profile', 'acme',
                                    env={SECRET_VARIABLE: SECRET}), 0)

    def test_both_variables_of_the_region_go_before_the_environment(self):
        for variable in ('GENESYSCLOUD_REGION', 'GENESYS_CLOUD_REGION'):
            for environment in ('mypurecloud.ie', 'nowhere', None):
                with self.subTest((variable, environment)), \
                        refusing_proxy('403 Forbidden') as (port, heads):
                    self.write_profile(environment=environment, proxy_host='127.0.0.1',
                                       proxy_port=str(port))
                    self.expect(self.tokens('whoami', '--profile', 'acme',
                                            env={variable: 'us-west-2'}), 5)
                    self.assertIn(b'CONNECT login.usw2.pure.cloud:443 ', heads[0])

    def test_the_secrets_of_a_profile_s_proxy_do_not_go_to_another(self):
        with refusing_proxy('403 Forbidden') as (port, heads):
            self.write_profile(proxy_host='proxy.invalid', proxy_port='1', proxy_username='ann',
                               proxy_password=SECRET)
            self.expect(self.tokens('whoami', '--profile', 'acme',
                                    env={'GENESYSCLOUD_PROXY_HOST': '127.0.0.1',
                                         'GENESYSCLOUD_PROXY_PORT': str(port)}), 5)
        self.assertNotIn(b'Proxy-Authorization', heads[0])

    def test_a_gateway_in_the_environment_replaces_the_profile_s(self):
        with Api() as api:
            self.write_profile(gateway_host='gateway.invalid', gateway_port='1',
                               gateway_protocol='https', gateway_username='ann')
            self.expect(self.tokens('whoami', '--profile', 'acme', env={
                'GENESYSCLOUD_GATEWAY_HOST': f'http://127.0.0.1:{api.port}'}), 0)
            self.assertEqual(len(api.logins), 1)

    def test_a_proxy_of_the_profile_goes_before_https_proxy(self):
        with refusing_proxy('403 Forbidden') as (port, heads):
            self.write_profile(proxy_host='127.0.0.1', proxy_port=str(port))
            self.expect(self.tokens('whoami', '--profile', 'acme',
                                    env={'HTTPS_PROXY': 'http://proxy.invalid:1'}), 5)
        self.assertEqual(len(heads), 1)


class WrongProfiles(CredentialsCase):
    def refused(self, *parts, profile='acme', env=None):
        done = self.expect(self.tokens('whoami', *(['--profile', profile] if profile else []),
                                       env=env), 2)
        self.assertEqual(done.stdout, '')
        for part in (*parts, '~/.gc/config.toml'):
            self.assertIn(part, done.stderr)
        self.assertEqual(done.stderr.count('\n'), 1)

    def test_no_file(self):
        self.refused('does not exist')
        self.refused('does not exist', env={'HOME': ''})
        self.write('.gc', '')
        self.refused('does not exist')

    def test_a_file_that_cannot_be_read(self):
        os.makedirs(self.path('.gc'))
        os.symlink('config.toml', self.path('.gc/config.toml'))
        self.refused('cannot be opened')
        os.remove(self.path('.gc/config.toml'))
        os.mkfifo(self.path('.gc/config.toml'))
        self.refused('is not a regular file')
        os.remove(self.path('.gc/config.toml'))
        os.mkdir(self.path('.gc/config.toml'))
        self.refused('is not a regular file')

    def test_a_file_that_is_not_toml_and_the_place_where(self):
        for content, place in ((f'[acme]\nclient_secret = {SECRET}\n', 'line 2, column 17'),
                               (f'[acme]\nclient_secret = "{SECRET}\n', 'line 2'),
                               (f'[acme]\nclient_secret = "{SECRET}\\q"\n', 'line 2'),
                               (f'[acme]\nclient_secret {SECRET}\n', 'line 2'),
                               (f'{SECRET}\n', 'line 1'), (f'[{SECRET}\n', 'line 1'),
                               ('[acme]\na = "1"\na = "2"\n', 'line 3'),
                               ('[acme]\n[acme]\n', 'line 2'), (b'[acme]\na = "\xff"\n', 'line 2'),
                               (b'\xff\xfe[\0a\0', 'line 1')):
            with self.subTest(content):
                self.write_profiles(content)
                self.refused('is not TOML', place)
                self.refused('is not TOML', place, profile=None)

    def test_a_name_that_is_not_there_and_those_that_are(self):
        self.write_profiles('[DEFAULT]\nx = "y"\n[beta.test]\nx = "y"\n')
        self.refused('has no profile acme, only DEFAULT, beta.test\n')
        self.write_profiles('[beta]\ngateway_pathparams = { api = "/a" }\n')
        self.refused('has no profile acme, only beta\n')
        for content in ('', 'environment = "mypurecloud.ie"\n'):
            self.write_profiles(content)
            self.refused('has no profile', '[DEFAULT]')

    def test_a_name_or_key_that_is_there_in_two_cases(self):
        self.write_profiles('[acme]\nx = "y"\n[ACME]\nx = "y"\n')
        self.refused('has the profile acme twice')
        self.write_profiles('[acme]\nenvironment = "mypurecloud.ie"\nEnvironment = "x"\n')
        self.refused('twice in the profile acme')

    def test_a_missing_key(self):
        for changes, *parts in (({'environment': None}, 'has no environment', 'GENESYSCLOUD_REGION'),
                                ({'environment': ''}, 'has no environment'),
                                ({'client_secret': None}, 'has no client_secret', SECRET_VARIABLE),
                                ({'client_secret': ' '}, 'has no client_secret'),
                                ({'client_credentials': ''}, 'has no client_credentials',
                                 ID_VARIABLE),
                                ({'client_credentials': None, 'client_secret': None},
                                 'has neither an access_token nor client_credentials')):
            with self.subTest(changes):
                self.write_profile(**changes)
                self.refused('profile acme of', *parts)
                self.write_profile(name='DEFAULT', **changes)
                self.refused('profile DEFAULT of', *parts, profile=None)

    def test_an_unknown_environment(self):
        for environment in ('mypurecloud.xx', 'nowhere', 'localhost'):
            self.write_profile(environment=environment)
            self.refused('profile acme of', ': environment: is not a region', 'eu_west_1')

    def test_a_value_of_another_type(self):
        for key in ('environment', 'client_secret', 'access_token', 'grant_type', 'proxy_port',
                    'gateway_pathparams'):
            for value in ('true', '1.5', f'["{SECRET}"]', f'{{ a = "{SECRET}" }}', '1979-05-27'):
                with self.subTest((key, value)):
                    lines = {'environment': '"mypurecloud.ie"', 'client_credentials': '"x"',
                             'client_secret': f'"{SECRET}"', key: value}
                    self.write_profiles('[acme]\n' + ''.join(
                        f'{name} = {what}\n' for name, what in lines.items()))
                    self.refused(f'profile acme of ~/.gc/config.toml: {key} must be text')

    def test_a_value_with_a_control_character(self):
        for escape in ('\\n', '\\u0000', '\\u007F', '\\t'):
            for key in ('client_secret', 'client_credentials', 'environment', 'access_token',
                        'proxy_password', 'grant_type'):
                with self.subTest((escape, key)):
                    lines = {'environment': 'mypurecloud.ie', 'client_credentials': 'x',
                             'client_secret': SECRET, key: SECRET + escape}
                    self.write_profiles('[acme]\n' + ''.join(
                        f'{name} = "{value}"\n' for name, value in lines.items()))
                    self.refused(f'{key} holds a line break or another control character')

    def test_what_cannot_be_done_is_refused_by_its_name(self):
        gateway = {'gateway_host': 'gateway.example.com'}
        proxy = {'proxy_host': 'proxy.example.com', 'proxy_port': '3128'}
        for changes, part in ((dict(grant_type='2'), 'grant_type'),
                              (dict(grant_type='3'), 'grant_type'),
                              (dict(grant_type='PKCE'), 'grant_type'),
                              (dict(gateway, gateway_username='ann'), 'gateway_username: is not'),
                              (dict(gateway, gateway_password='x'), 'gateway_password: is not'),
                              (dict(gateway, gateway_pathparams='{api: /a}'),
                               'gateway_pathparams: is not supported; write the path after the '
                               'host in gateway_host'),
                              (dict(gateway, proxy_pathparams='{api: /a}'), 'proxy_pathparams'),
                              (dict(gateway, gateway_protocol='ftp'), 'gateway_protocol: '),
                              (dict(gateway, gateway_port='x'), 'gateway_port: must be a port'),
                              (dict(gateway_port='443'), 'gateway_port: is set without gateway_host'),
                              (dict(gateway_host=f'ann:{SECRET}@host'), 'gateway_host: '),
                              (dict(proxy, proxy_protocol='https'), 'proxy_protocol: '),
                              (dict(proxy_host='proxy.example.com'), 'proxy_port: must be a port'),
                              (dict(proxy, proxy_port='0'), 'proxy_port: must be a port'),
                              (dict(proxy, proxy_password=SECRET),
                               'proxy_password: is set without proxy_username')):
            with self.subTest(changes):
                self.write_profile(**changes)
                self.refused('profile acme of', part)

    def test_a_variable_that_is_wrong_keeps_its_own_name(self):
        self.write_profile()
        done = self.expect(self.tokens('whoami', '--profile', 'acme',
                                       env={'GENESYSCLOUD_REGION': 'nowhere'}), 2)
        self.assertIn('GENESYSCLOUD_REGION: is not a region', done.stderr)
        self.assertNotIn('acme', done.stderr)


if __name__ == '__main__':
    unittest.main()
