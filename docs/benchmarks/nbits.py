"""Times ONNX Runtime's products at the sizes of the shipped decoder: FP32, and 4-bit weights
(MatMulNBits, blocks of 32) multiplied in FP32 (accuracy level 1) and in 8-bit integers (level 4).

    pip install onnxruntime==1.32.0 onnx==1.23.2 numpy==2.2.6 && python nbits.py
"""

import statistics
import time

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

THREADS = 2
RUNS = 12
WARM_UPS = 2
SIZES = ((896, 4864), (4864, 896), (896, 896))
KINDS = {"FP32": None, "4 bits in FP32": 1, "4 bits in 8-bit integers": 4}


def weights(inputs, outputs, level):
    rng = np.random.default_rng(0)
    if level is None:
        return {"w": rng.standard_normal((inputs, outputs), dtype=np.float32)}
    blocks = inputs // 32
    return {
        "w": rng.integers(0, 256, (outputs, blocks, 16), dtype=np.uint8),
        "scales": rng.random(outputs * blocks, dtype=np.float32),
    }


def product(inputs, outputs, level):
    arrays = weights(inputs, outputs, level)
    if level is None:
        node = helper.make_node("MatMul", ["x", *arrays], ["y"])
    else:
        node = helper.make_node(
            "MatMulNBits", ["x", *arrays], ["y"], domain="com.microsoft",
            K=inputs, N=outputs, bits=4, block_size=32, accuracy_level=level,
        )
    graph = helper.make_graph(
        [node],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", inputs])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", outputs])],
        [onnx.numpy_helper.from_array(array, name) for name, array in arrays.items()],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


def seconds(session, x):
    repeats = 200 if len(x) == 1 else 1
    start = time.perf_counter()
    for _ in range(repeats):
        session.run(None, {"x": x})
    return (time.perf_counter() - start) / repeats


for rows in (1, 1024):
    for inputs, outputs in SIZES:
        x = np.random.default_rng(1).standard_normal((rows, inputs), dtype=np.float32)
        sessions = {kind: product(inputs, outputs, level) for kind, level in KINDS.items()}
        times = {kind: [] for kind in KINDS}
        for _ in range(RUNS):
            for kind, session in sessions.items():
                times[kind].append(seconds(session, x))
        for kind, taken in times.items():
            gflops = 2e-9 * rows * inputs * outputs / statistics.median(taken[WARM_UPS:])
            print(f"{rows:5} x {inputs} x {outputs}  {kind:25} {gflops:6.0f} GFLOP/s", flush=True)
