// Runs ONNX models through ONNX Runtime. One request a line, in JSON: { model: path, shape: [...], input: base64 of floats }.
// One answer a line: { shape, output } or { error }. The first line says which version this is.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";

const folder = process.env.LSTMDSL_ONNXRUNTIME;
const require = createRequire(folder ? join(folder, "package.json") : import.meta.url);
const { InferenceSession, Tensor, env } = require("onnxruntime-node");
const say = message => console.log(JSON.stringify(message));

say({ version: env.versions.node });
for await (const line of createInterface({ input: process.stdin })) {
  try {
    const { model, shape, input } = JSON.parse(line);
    const session = await InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
    const bytes = Buffer.from(input, "base64");
    const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const results = await session.run({ [session.inputNames[0]]: new Tensor("float32", values, shape) });
    const { data, dims } = results[session.outputNames[0]];
    say({ shape: dims, output: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64") });
    await session.release();
  } catch (problem) {
    say({ error: String(problem) });
  }
}
