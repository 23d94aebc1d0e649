"""Checks every ONNX model in a folder, structure, types and shapes, and prints what is wrong; without a folder prints the version."""
import pathlib
import sys

import onnx

OLDEST = 17  # the operator set of the models

if len(sys.argv) < 2:
    if onnx.defs.onnx_opset_version() < OLDEST:
        sys.exit(f"onnx {onnx.__version__} is older than operator set {OLDEST}")
    print(f"onnx {onnx.__version__}")
    sys.exit()

models = sorted(pathlib.Path(sys.argv[1]).glob("*.onnx"))
for path in models:
    try:
        onnx.checker.check_model(str(path), full_check=True)
    except Exception as problem:
        print(f"{path.name}: {problem}")
print(f"{len(models)} checked")
