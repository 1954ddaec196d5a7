"""Writes the files of this folder: one small table in every binary format that `fit` reads.

    pip install numpy pyarrow && python3 make.py
"""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

u = np.array([1.5, -2.0, 3.25, 1e-3])
n = np.array([4, 0, 7, 2], dtype=np.int64)

table = pa.table(
    {
        "u": u,
        "n": n,
        "name": ["a", "b", "c", "d"],
        "flag": [True, False, True, True],
        "gap": pa.array([1.0, None, 2.0, 3.0]),
    }
)
for codec in ["none", "snappy", "gzip", "zstd"]:
    pq.write_table(table, f"{codec}.parquet", compression=codec)

at = np.arange(2500)
groups = {"u": (at * 37 % 101) / 8 - 6, "name": [f"row {n}" for n in at % 7], "v": at * 53 % 97 // 4}
pq.write_table(pa.table(groups), "groups.parquet", row_group_size=900)

both = np.column_stack([u, n])
np.save("doubles.npy", both)
np.save("fortran.npy", np.asfortranarray(both.astype(">f4")))
np.save("counts.npy", n.astype(np.uint16))
np.save("nan.npy", np.array([[1.0, 2.0], [3.0, np.nan]]))
np.save("words.npy", np.array(["a", "b"]))
np.save("cube.npy", np.zeros((2, 2, 2)))
np.savez("arrays.npz", X=both, y=n)
np.savez_compressed("compressed.npz", X=both, y=n)
np.savez("lengths.npz", u=u, v=n[:2])
