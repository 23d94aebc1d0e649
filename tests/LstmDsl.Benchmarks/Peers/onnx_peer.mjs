// ONNX Runtime through Node: a streaming step with its state, which no exported model has.
// Sessions are called below the package's promise, so that Node's event loop is not on the bill; results go into tensors made once.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { dirname, join } from "node:path";
import { recurrentModel } from "./onnx_model.mjs";

const SHORTEST_ROUND = 0.1; // seconds; shorter work is repeated
const threads = Number(process.argv[2]);
const folder = process.env.LSTMDSL_ONNXRUNTIME;
const require = createRequire(folder ? join(folder, "package.json") : import.meta.url);
const { Tensor, env } = require("onnxruntime-node");
const { binding, initOrt } = require(join(dirname(require.resolve("onnxruntime-node")), "binding.js"));
initOrt();

const rows = {
  "lstm20-stream": { units: 20, timesteps: 1, features: 1, batch: 1, state: true },
  "lstm40-stream": { units: 40, timesteps: 1, features: 1, batch: 1, state: true },
  "lstm64-stream": { units: 64, timesteps: 1, features: 1, batch: 1, state: true },
};

function prepare(row) {
  const session = new binding.InferenceSession();
  const model = recurrentModel(row);
  session.loadModel(model.buffer, model.byteOffset, model.byteLength, {
    intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: "sequential", graphOptimizationLevel: "all",
  });
  const tensor = (...dims) => new Tensor("float32", new Float32Array(dims.reduce((a, b) => a * b, 1)).map(() => Math.random() - 0.5), dims);
  const feeds = { x: tensor(row.timesteps, row.batch, row.features) };
  const fetches = { y: row.sequence ? tensor(row.timesteps, 1, row.batch, 1) : tensor(1, row.batch, 1) };
  if (row.state) {
    // In and out in turn: what one step wrote the next one reads.
    const states = [0, 1].map(() => ({ h: tensor(1, 1, row.units), c: tensor(1, 1, row.units) }));
    const turns = [0, 1].map(i => [
      { ...feeds, h: states[i].h, c: states[i].c },
      { ...fetches, next_h: states[1 - i].h, next_c: states[1 - i].c },
    ]);
    return count => { for (let i = 0; i < count; i++) session.run(...turns[i & 1], {}); };
  }
  return count => { for (let i = 0; i < count; i++) session.run(feeds, fetches, {}); };
}

function timed(run, count) {
  const begun = process.hrtime.bigint();
  run(count);
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

const medianOfThree = time => [time(), time(), time()].sort((a, b) => a - b)[1];

const say = message => console.log(JSON.stringify(message));

say({ peer: "ONNX Runtime (Node)", version: env.versions.node, rows: Object.keys(rows) });
let prepared, run, count;
for await (const line of createInterface({ input: process.stdin })) {
  const name = line.trim();
  try {
    if (name !== prepared) {
      run = prepare(rows[name]);
      for (count = 1; medianOfThree(() => timed(run, count)) < SHORTEST_ROUND;) count *= 2;
      prepared = name;
    }
    say({ seconds: timed(run, count) / count });
  } catch (problem) {
    say({ error: String(problem) });
  }
}
