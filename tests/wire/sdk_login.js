// SPDX-License-Identifier: MIT

// The official JavaScript SDK logs in to the fake cloud, calls it, and refreshes its token there:
// with_fake_cloud node sdk_login.js. The exit code is 77 where there is no SDK in NODE_PATH.

const assert = require("node:assert");

const PACKAGE = "purecloud-platform-client-v2";
const REDIRECT_URI = "http://127.0.0.1:1/callback"; // nobody has to be there

function loadSdk() {
  try {
    require.resolve(PACKAGE);
  } catch {
    console.log(`left out: there is no ${PACKAGE} in NODE_PATH`);
    process.exit(77);
  }
  return require(PACKAGE);
}

const platform = loadSdk();
const client = platform.ApiClient.instance;
const tokens = new platform.TokensApi();
const variable = (name) => process.env["GENESYSCLOUD_" + name];
const secret = variable("OAUTHCLIENT_SECRET");

async function logsInWithClientCredentials() {
  await client.loginClientCredentialsGrant(variable("OAUTHCLIENT_ID"), secret);
  const info = await tokens.getTokensMe();
  assert.strictEqual(info.organization.name, "Fake Org");
  assert.strictEqual(info.OAuthClient.authorizedGrantType, "CLIENT-CREDENTIALS");
  await tokens.deleteTokensMe();
  await assert.rejects(tokens.getTokensMe(), { status: 401 });
}

async function learnsOfWrongCredentials() {
  await assert.rejects(
    client.loginClientCredentialsGrant(variable("OAUTHCLIENT_ID"), "wrong"),
    (error) => error.response.status === 400 && error.response.data.error === "invalid_client",
  );
}

async function codeOfUserWhoAgrees(id) {
  const page = new URL("/oauth/authorize", client.config.getConfUrl("login"));
  page.search = new URLSearchParams({ response_type: "code", client_id: id, redirect_uri: REDIRECT_URI });
  const response = await fetch(page, { redirect: "manual" });
  return new URL(response.headers.get("location")).searchParams.get("code");
}

async function refreshesATokenThatEnded() {
  const id = "fake-code-client";
  // by itself it refreshes after a 401, but fails that call and tells nobody when it is done
  client.config.refresh_access_token = false;
  await client.loginCodeAuthorizationGrant(id, secret, await codeOfUserWhoAgrees(id), REDIRECT_URI);
  const { refreshToken } = client.authData;
  await tokens.deleteTokensMe();
  await assert.rejects(tokens.getTokensMe(), { status: 401 });
  await client.refreshCodeAuthorizationGrant(id, secret, refreshToken);
  assert.strictEqual((await tokens.getTokensMe()).OAuthClient.authorizedGrantType, "CODE");
  assert.notStrictEqual(client.authData.refreshToken, refreshToken);
  await assert.rejects(
    client.refreshCodeAuthorizationGrant(id, secret, refreshToken), // it was used
    (error) => error.response.data.error === "invalid_grant",
  );
}

async function main() {
  client.setGateway({
    protocol: variable("GATEWAY_PROTOCOL"),
    host: variable("GATEWAY_HOST"),
    port: Number(variable("GATEWAY_PORT")),
  });
  await learnsOfWrongCredentials();
  await logsInWithClientCredentials();
  await refreshesATokenThatEnded();
}

main().catch((problem) => {
  console.error(problem.stack ?? problem);
  process.exitCode = 1;
});
