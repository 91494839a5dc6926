"""Writes blocks/TYPE.bin (packed) and blocks/TYPE.f32 (what gguf-py widens them to).

python make_blocks.py     (with numpy 2.2 and gguf 0.17)

Per type three blocks for each F16 scale 1, -0.5, 0 and the smallest subnormal; every digit differs
from its neighbours, minimums and small scales too. BF16 and F16 have their extreme numbers.
"""

import pathlib

import numpy as np
from gguf import GGMLQuantizationType as T
from gguf.quants import dequantize

SCALES = [0x3C00, 0xB800, 0x0000, 0x0001]
MINIMUMS = [0x3555, 0xC000, 0x0001, 0x8001]
FORMATS = {  # bytes of a block, where its F16 scale stands, where its F16 minimum stands
    T.Q4_0: (18, 0, None),
    T.Q4_1: (20, 0, 2),
    T.Q5_0: (22, 0, None),
    T.Q5_1: (24, 0, 2),
    T.Q8_0: (34, 0, None),
    T.Q4_K: (144, 0, 2),
    T.Q5_K: (176, 0, 2),
    T.Q6_K: (210, 208, None),
}
HALVES = [0x0001, 0x8000, 0x7F7F, 0xFF7F, 0x3F80, 0xBF00, 0x0080, 0x4049, 0x7BFF, 0xFBFF, 0x03FF, 0x0400]


def packed(rng, size, at_scale, at_minimum):
    blocks = []
    for scale, minimum in zip(SCALES, MINIMUMS):
        for _ in range(3):
            block = rng.permutation(256)[:size].astype(np.uint8)
            block[at_scale : at_scale + 2] = np.array([scale], "<u2").view(np.uint8)
            if at_minimum is not None:
                block[at_minimum : at_minimum + 2] = np.array([minimum], "<u2").view(np.uint8)
            blocks.append(block)
    return np.stack(blocks)


def write(folder, kind, blocks):
    (folder / f"{kind.name}.bin").write_bytes(blocks.tobytes())
    (folder / f"{kind.name}.f32").write_bytes(dequantize(blocks, kind).astype("<f4").tobytes())


folder = pathlib.Path(__file__).parent / "blocks"
rng = np.random.default_rng(4711)
for kind, form in FORMATS.items():
    write(folder, kind, packed(rng, *form))
write(folder, T.BF16, np.array([HALVES], "<u2").view(np.uint8))
(folder / "F16.bin").write_bytes(np.array(HALVES, "<u2").tobytes())
(folder / "F16.f32").write_bytes(np.array(HALVES, "<u2").view("<f2").astype("<f4").tobytes())
