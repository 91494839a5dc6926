"""Writes the functions on tables of texts that DJL has not, as TorchScript.

    python src/main/pytorch/texts.py src/main/resources/dev/cairn/tensor

Needs no PyTorch: what it would save is a ZIP of one text and four small entries that are the same for
every function without weights. Made again only when a function changes; the files are part of the
sources.
"""

import sys
import zipfile
from pathlib import Path

PUT = """class Put(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Put,
    table: Tensor,
    texts: Tensor,
    places: Tensor,
    rows: Tensor) -> Tensor:
    at = annotate(List[Optional[Tensor]], [texts, None, places])
    return torch.index_put_(table, at, rows)
"""
"""Writes rows (r, h, e) to places (r) of texts (r) of a table (b, h, n, e), in place."""

TAKE = """class Take(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def forward(self: __torch__.Take,
    table: Tensor,
    texts: Tensor) -> Tensor:
    return torch.index_select(table, 0, texts)
"""
"""The texts (m) of a table (b, ..) behind each other: (m, ..)."""


def module(name: str) -> bytes:
    """A pickled module of this class that has no more than the flag of training."""
    attributes = b"}(X\x08\x00\x00\x00training\x88ub."
    return b"\x80\x02c__torch__\n" + name.encode() + b"\n)\x81" + attributes


def save(path: Path, code: str) -> None:
    name = code.split("(")[0].removeprefix("class ")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for entry, content in {
            "data.pkl": module(name),
            "code/__torch__.py": code.encode(),
            "constants.pkl": b"\x80\x02).",
            "version": b"3\n",
            "byteorder": b"little",
        }.items():
            archive.writestr(zipfile.ZipInfo(f"{path.stem}/{entry}"), content)


folder = Path(sys.argv[1])
save(folder / "put-places.pt", PUT)
save(folder / "take-texts.pt", TAKE)
