"""Pictures of differing sizes kept as raw uint8 in one file, with one JSON line each in an index. Appending resumes."""

import json
from pathlib import Path

import numpy as np


class Store:
    def __init__(self, folder):
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.data, self.index = folder / "data.bin", folder / "index.jsonl"
        self.rows = [json.loads(line) for line in self.index.open()] if self.index.exists() else []
        self.end = self.rows[-1]["end"] if self.rows else 0
        self.map = None

    def append(self, entries):
        """Adds (array, facts) pairs."""
        with self.data.open("r+b" if self.data.exists() else "w+b") as data, self.index.open("a") as index:
            data.seek(self.end)
            for array, facts in entries:
                data.write(np.ascontiguousarray(array).tobytes())
                row = {**facts, "shape": list(array.shape), "at": self.end, "end": self.end + array.size}
                index.write(json.dumps(row) + "\n")
                self.rows.append(row)
                self.end = row["end"]

    def array(self, row):
        if self.map is None:
            self.map = np.memmap(self.data, np.uint8, "r")
        return self.map[row["at"] : row["end"]].reshape(row["shape"])
