"""Checks every ONNX model in a folder: structure, types and shapes."""
import pathlib
import sys

import onnx

if len(sys.argv) == 1:
    print(onnx.__version__)
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")) if len(sys.argv) > 1 else []:
    try:
        onnx.checker.check_model(str(path), full_check=True)
    except Exception as problem:
        print(f"{path.name}: {problem}")
