import json

from assay_training.learned import prefixes


def test_prefixes_are_sorted_and_each_once(tmp_path):
    rows = [{"sha256": "ff" * 32}, {"sha256": "01" * 32, "originalSha256": "7f" * 32}, {"sha256": "ff" * 32}]
    manifest = tmp_path / "m.jsonl"
    manifest.write_text("\n".join(map(json.dumps, rows)))
    assert prefixes([manifest]) == [b"\x01" * 8, b"\x7f" * 8, b"\xff" * 8]
