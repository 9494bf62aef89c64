"""Which media the shipped models learned from or were measured with, as hashes that evaluations look for.

python -m assay_training learned --manifests JSONL... --out FILE

Writes the first 8 bytes of each file's SHA-256, sorted as unsigned numbers, big-endian.
"""

import argparse
import json
from pathlib import Path

BYTES = 8


def prefixes(manifests):
    """The sorted prefixes of all hashes that manifests name, each once, of edits that of the original too."""
    found = set()
    for manifest in manifests:
        for line in Path(manifest).read_text().splitlines():
            row = json.loads(line)
            found |= {bytes.fromhex(row[name])[:BYTES] for name in ("sha256", "originalSha256") if name in row}
    return sorted(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--manifests", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.write_bytes(b"".join(prefixes(args.manifests)))
