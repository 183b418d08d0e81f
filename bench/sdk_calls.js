// SPDX-License-Identifier: MIT

// As calls.cpp, through the official JavaScript SDK: node sdk_calls.js SDK-FOLDER URL COUNT [OPTION]…
// With --in-flight CALLS CONNECTIONS as calls_in_flight.cpp.

const [, , sdk, url, countText, ...options] = process.argv;
const platform = require(sdk);

async function main() {
  const { protocol, hostname, port } = new URL(url);
  if (options.includes("--new-connections")) {
    const module = protocol === "https:" ? require("https") : require("http");
    module.globalAgent = new module.Agent({ keepAlive: false });
  }
  const client = platform.ApiClient.instance;
  client.setGateway({ protocol: protocol.slice(0, -1), host: hostname, port: Number(port) });
  client.setAccessToken("x".repeat(86));
  const tokens = new platform.TokensApi();

  async function call(count) {
    for (let i = 0; i < count; ++i) {
      const info = await tokens.getTokensMe();
      if (info.organization.name !== "Example Organization") throw new Error("not the answer that is due");
    }
  }

  const count = Number(countText);
  const manyAt = options.indexOf("--in-flight");
  const inFlight = manyAt < 0 ? 1 : Number(options[manyAt + 1]);
  if (manyAt >= 0) require("http").globalAgent.maxSockets = Number(options[manyAt + 2]);
  else await call(Math.floor(count / 20));
  const cpuBefore = process.cpuUsage();
  const started = process.hrtime.bigint();
  let left = count;
  const callUntilNoneIsLeft = async () => {
    while (left-- > 0) await call(1);
  };
  await Promise.all(Array.from({ length: inFlight }, callUntilNoneIsLeft));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const cpu = process.cpuUsage(cpuBefore);
  const line = { calls: count, seconds, cpu_seconds: (cpu.user + cpu.system) / 1e6 };
  process.stdout.write(JSON.stringify(line) + "\n", () => process.exit(0));
}

main().catch((problem) => {
  console.error(problem.message ?? String(problem));
  process.exit(1);
});
