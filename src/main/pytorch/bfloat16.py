"""Writes the functions of BF16 tensors that DJL has not, as TorchScript.

    pip install torch==2.7.1
    python src/main/pytorch/bfloat16.py src/main/resources/dev/cairn/tensor

Made again only when a function changes; the files are part of the sources.
"""

import sys
from pathlib import Path

import torch


class RoundBfloat16(torch.nn.Module):
    """An FP32 tensor as a BF16 one."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.to(torch.bfloat16)


class LinearBfloat16(torch.nn.Module):
    """(.., i) FP32 times (o, i) BF16: (.., o) FP32, factors in BF16, sums in FP32."""

    def forward(self, x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.linear(x.to(torch.bfloat16), weight).to(torch.float32)


folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
torch.jit.script(RoundBfloat16()).save(str(folder / "round-bfloat16.pt"))
torch.jit.script(LinearBfloat16()).save(str(folder / "linear-bfloat16.pt"))
