"""Lets Keras build, save and compute models with several inputs and branches, on its NumPy backend.

    apt-get install python3-numpy python3-h5py python3-absl python3-rich python3-packaging
    git clone --branch v3.15.1 https://github.com/keras-team/keras KERAS
    /usr/bin/python3 generate.py KERAS OUT          # makes OUT/functional.json and OUT/functional/
    /usr/bin/python3 generate.py KERAS --open FILES # opens each <case>.keras of FILES, made by others, and compares predictions

A case begins with its declaration; `declarations.py` says what each attribute is in Keras. Weights and inputs are drawn by the case's
name and exact in float32. Predictions are computed in float32, as `pred.float32`, and once more in float64, as `pred`.
"""
import inspect, json, os, pathlib, sys, zipfile
os.environ.update(KERAS_BACKEND="numpy", COLUMNS="160")
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import standins
standins.install()
import keras, numpy as np
import declarations

HERE = pathlib.Path(__file__).parent

# ---- numbers ----------------------------------------------------------------------------------------------------------------------
def write_safetensors(path, tensors):
    header, data = {}, b""
    for name, array in tensors.items():
        kind = {"float32": "F32", "float64": "F64", "int32": "I32"}[str(array.dtype)]
        raw = np.ascontiguousarray(array).tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)

def read_safetensors(path):
    raw = path.read_bytes(); size = int.from_bytes(raw[:8], "little"); header = json.loads(raw[8 : 8 + size])
    kinds = {"F32": np.float32, "F64": np.float64, "I32": np.int32}
    return {name: np.frombuffer(raw[8 + size :][slice(*entry["data_offsets"])], kinds[entry["dtype"]]).reshape(entry["shape"])
            for name, entry in header.items() if name != "__metadata__"}

def random(name): return np.random.default_rng(np.frombuffer(name.encode(), np.uint8).astype(np.uint32))

def random_weights(model, r):
    for w in model.weights:
        if w.name == "rnn_state": continue
        low, high = (0.5, 1.5) if w.name in ("gamma", "moving_variance") or "scale" in w.name else (-0.6, 0.6)
        w.assign(r.uniform(low, high, w.shape).astype(np.float32))

def compile_untrained(model, optimizer, r):
    """This backend does not train; the optimizer's state is drawn as if it had."""
    model.compile(optimizer=optimizer, loss="mean_squared_error")
    model.optimizer.build(model.trainable_variables)
    model.optimizer.iterations.assign(7)
    for w in model.optimizer.variables[2:]: w.assign(r.uniform(0, 0.1, w.shape).astype(np.float32))

def random_inputs(model, r, samples, padding):
    """One array an input; a padded timestep is all zeros."""
    given = []
    for tensor in model.inputs:
        shape = (samples, *tensor.shape[1:])
        of_numbers = len(shape) == 2
        x = r.integers(1, 5, shape).astype(np.int32) if of_numbers else r.uniform(-2, 2, shape).astype(np.float32)
        for sample, timesteps in enumerate(padding.get(tensor.name, [])): x[sample, timesteps] = 0
        given.append(x)
    return given

def in_double(declaration, weights, inputs, calls):
    """The same in float64, which takes two words to this backend: elsewhere it makes float32 of what is float64, and of a softmax's input."""
    dtypes, nn = (sys.modules[f"keras.src.backend.{name}"] for name in ("common.dtypes", "numpy.nn"))
    narrow, attention = dtypes.BIT64_TO_BIT32_DTYPE["float64"], nn._dot_product_attention_xla
    dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
    exec(inspect.getsource(attention).replace("padded_logits.astype(np.float32)", "padded_logits.astype(logits_dtype)"), nn.__dict__)
    try:
        keras.utils.clear_session(); keras.config.set_floatx("float64")
        model = declarations.build(declaration)
        for w, start in zip(model.weights, weights): w.assign(start)
        found = predictions(model, [x if x.dtype == np.int32 else x.astype(np.float64) for x in inputs], calls)
        assert all(prediction.dtype == np.float64 for prediction in found)
        return found
    finally:
        dtypes.BIT64_TO_BIT32_DTYPE["float64"], nn._dot_product_attention_xla = narrow, attention
        keras.config.set_floatx("float32")

def predictions(model, inputs, calls):
    return [np.array(model(inputs if len(inputs) > 1 else inputs[0])) for _ in range(calls)]

def save(model, path):
    """Members as Keras writes them, only packed."""
    model.save(path)
    with zipfile.ZipFile(path) as written: members = [(entry, written.read(entry)) for entry in written.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for entry, content in members: packed.writestr(zipfile.ZipInfo(entry.filename), content, zipfile.ZIP_DEFLATED, 9)

# ---- cases ------------------------------------------------------------------------------------------------------------------------
def make(name, case, out):
    declaration = "\n".join(case["declaration"]); calls = case.get("calls", 1); r = random(name)
    keras.utils.clear_session()
    model = declarations.build(declaration)
    random_weights(model, r)
    if "optimizer" in case: compile_untrained(model, case["optimizer"], random(name + " optimizer"))
    inputs = random_inputs(model, r, case.get("samples", 3), case.get("padding", {}))
    weights = [np.array(w.value) for w in model.weights]
    text = []
    model.summary(print_fn=lambda line, **_: text.append(line))
    save(model, out / "functional" / f"{name}.keras")
    single = predictions(model, inputs, calls)
    double = in_double(declaration, weights, inputs, calls)
    error = max(float(np.max(np.abs(s - d)) / np.max(np.abs(d))) for s, d in zip(single, double))
    tensors = {f"x.{tensor.name}": x for tensor, x in zip(model.inputs, inputs)}
    for call in range(calls):
        prefix = f"{call + 1}." if calls > 1 else ""
        tensors[f"{prefix}pred"] = double[call].astype(np.float64); tensors[f"{prefix}pred.float32"] = single[call].astype(np.float32)
    for layer in model.layers:
        for w in layer.weights: tensors["w." + w.path] = np.array(w.value)
    for i, w in enumerate(model.optimizer.variables if "optimizer" in case else []):
        tensors[f"optimizer.{i}"] = np.array(w.value, np.int32 if i == 0 else np.float32)
    write_safetensors(out / "functional" / f"{name}.safetensors", tensors)
    count = lambda weights: int(sum(np.prod(w.shape, dtype=int) for w in weights))
    return {
        "name": name, "file": f"functional/{name}.safetensors", "model": f"functional/{name}.keras", "float32_error": error, **case,
        "inputs": [tensor.name for tensor in model.inputs], "layers": [layer.name for layer in model.layers],
        "trainable": count(model.trainable_weights), "non_trainable": count(model.non_trainable_weights), "text": "".join(text),
    }

def generate(out):
    out = pathlib.Path(out); (out / "functional").mkdir(parents=True, exist_ok=True)
    cases = json.loads((HERE / "cases.json").read_text())
    made = [make(name, case, out) for name, case in cases.items()]
    (out / "functional.json").write_text(json.dumps({"keras": keras.__version__, "cases": made}, indent=1, ensure_ascii=False) + "\n")
    for case in made: print(f"{case['name']}: {case['float32_error']:.1e}")

def open_all(folder):
    """Opens files that this library wrote of the cases, and compares what Keras predicts with them with what it did with its own."""
    worst = 0.0
    for case in json.loads((HERE.parent / "functional.json").read_text())["cases"]:
        path = pathlib.Path(folder) / f"{case['name']}.keras"
        if not path.exists():
            print(f"{case['name']}: not there"); continue
        keras.utils.clear_session()
        recorded = read_safetensors(HERE.parent / case["file"]); calls = case.get("calls", 1)
        found = predictions(keras.models.load_model(path), [recorded[f"x.{name}"] for name in case["inputs"]], calls)
        expected = [recorded[f"{call + 1}.pred.float32" if calls > 1 else "pred.float32"] for call in range(calls)]
        error = max(float(np.max(np.abs(f - e)) / np.max(np.abs(e))) for f, e in zip(found, expected))
        worst = max(worst, error); print(f"{case['name']}: {error:.1e}")
    return worst

if sys.argv[2] == "--open": sys.exit(f"Predictions differ by more than 1e-6." if open_all(sys.argv[3]) > 1e-6 else 0)
generate(sys.argv[2])
