// SPDX-License-Identifier: MIT

// Like json.cpp, on Node. usage: node node_json.js FILE ITERATIONS

const [, , file, iterationsText] = process.argv;
const text = require("fs").readFileSync(file, "utf8");
const iterations = Number(iterationsText);

function microsecondsEach(count, work) {
  let sum = 0;
  const before = process.cpuUsage();
  for (let i = 0; i < count; ++i) sum += work();
  const { user, system } = process.cpuUsage(before);
  if (sum === 0) throw new Error("nothing was done");
  return (user + system) / count;
}

const info = JSON.parse(text);
const decode = () => JSON.parse(text).organization.name.length;
const encode = () => JSON.stringify(info).length;
for (const work of [decode, encode]) microsecondsEach(iterations / 10, work);
console.log(
  JSON.stringify({
    decode_node: microsecondsEach(iterations, decode),
    encode_node: microsecondsEach(iterations, encode),
  }),
);
