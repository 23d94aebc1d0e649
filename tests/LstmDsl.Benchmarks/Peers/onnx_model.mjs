// Writes an ONNX model, LSTM and a dense layer of one unit, by hand: ONNX is Protocol Buffers, of which two kinds of field are enough.
// Field numbers are those of onnx.proto.

const FLOAT = 1;
const INT_ATTRIBUTE = 2;

function varint(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}

const number = (field, value) => Buffer.concat([varint(field * 8), varint(value)]);

function bytes(field, ...parts) {
  const content = Buffer.concat(parts.map(part => (typeof part === "string" ? Buffer.from(part) : part)));
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
}

const node = (type, inputs, outputs, ...attributes) =>
  bytes(1, ...inputs.map(name => bytes(1, name)), ...outputs.map(name => bytes(2, name)), bytes(4, type), ...attributes);

const intAttribute = (name, value) => bytes(5, bytes(1, name), number(3, value), number(20, INT_ATTRIBUTE));

function weights(name, ...dims) {
  const values = new Float32Array(dims.reduce((a, b) => a * b, 1)).map(() => (Math.random() - 0.5) / Math.sqrt(dims.at(-1)));
  return bytes(5, ...dims.map(size => number(1, size)), number(2, FLOAT), bytes(8, name), bytes(9, Buffer.from(values.buffer)));
}

function value(field, name, ...dims) {
  const shape = bytes(2, ...dims.map(size => bytes(1, number(1, size))));
  return bytes(field, bytes(1, name), bytes(2, bytes(1, number(1, FLOAT), shape)));
}

const input = (name, ...dims) => value(11, name, ...dims);
const output = (name, ...dims) => value(12, name, ...dims);

/** x (timesteps, batch, features) -> y; with state also h, c -> next_h, next_c, each (1, batch, units). */
export function recurrentModel({ units, timesteps, features, batch, sequence = false, state = false }) {
  const stateInputs = state ? ["", "h", "c"] : [];
  const graph = bytes(7,
    node("LSTM", ["x", "W", "R", "B", ...stateInputs], ["all", "next_h", "next_c"], intAttribute("hidden_size", units)),
    node("MatMul", [sequence ? "all" : "next_h", "kernel"], ["product"]),
    node("Add", ["product", "bias"], ["y"]),
    bytes(2, "recurrent"),
    weights("W", 1, 4 * units, features),
    weights("R", 1, 4 * units, units),
    weights("B", 1, 8 * units),
    weights("kernel", units, 1),
    weights("bias", 1),
    input("x", timesteps, batch, features),
    ...(state ? [input("h", 1, batch, units), input("c", 1, batch, units)] : []),
    ...(sequence ? [output("y", timesteps, 1, batch, 1)] : [output("y", 1, batch, 1)]),
    ...(state ? [output("next_h", 1, batch, units), output("next_c", 1, batch, units)] : []));
  return Buffer.concat([number(1, 8), graph, bytes(8, bytes(1, ""), number(2, 14))]);
}
