"""What two independent validators say of files, and of mutations of them; a JSON line for each.

python judged.py files OUT.jsonl FOLDER...            every file under the folders that may hold a manifest
python judged.py mutations OUT.jsonl N OUT FOLDER...  N mutations, written to the folder OUT

The validators are c2pa-python (the reference of the Content Authenticity Initiative) and encypher-c2pa. Neither asks a network; no
certificate is trusted, so that what they say is of integrity.
"""

import hashlib
import json
import mimetypes
import random
import sys
import zlib
from pathlib import Path

import c2pa
import encypher_c2pa

STORE_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
ABOUT_SIGNER_OR_TIME = ("signingCredential.", "cawg.", "claimSignature.outsideValidity", "timeStamp.", "timestamp.", "timeOfSigning.")
NO_MANIFEST = (
    "ManifestNotFound",
    "NotSupported",
    "unsupported_mime",
    "could not fetch the remote manifest",
    "C2PA provenance not found in XMP",
)
BROKEN_CONTAINER = ("asset could not be parsed", "format extraction failed", "failed to fill whole buffer")
mimetypes.add_type("image/heic", ".heic")
mimetypes.add_type("image/x-adobe-dng", ".dng")
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")
mimetypes.add_type("image/svg+xml", ".svg")


def codes_of_integrity(codes):
    return sorted({code for code in codes if not code.startswith(ABOUT_SIGNER_OR_TIME)})


def codes_of_identity(codes):
    """What is wrong with identities, whoever vouches for them."""
    return sorted({code for code in codes if code.startswith("cawg.") and "untrusted" not in code})


def failed(message):
    """Without a manifest, or with one elsewhere, there is nothing to compare; of a broken container nobody can say where one lies."""
    state = "error"
    if any(word in message for word in NO_MANIFEST):
        state = "none"
    elif any(word in message for word in BROKEN_CONTAINER):
        state = "unreadable"
    return {"state": state, "integrity": "invalid" if state == "error" else state, "codes": [message[:120]]}


def reference(path):
    """State, integrity and the codes against it, as c2pa-rs gives them."""
    try:
        with c2pa.Reader(path) as reader:
            report = json.loads(reader.json())
    except Exception as e:
        return failed(str(e))
    results = report.get("validation_results") or {}
    found = [s["code"] for s in (results.get("activeManifest") or {}).get("failure", [])]
    for delta in results.get("ingredientDeltas") or []:
        found += [s["code"] for s in delta["validationDeltas"].get("failure", [])]
    against = codes_of_integrity(found)
    state = report.get("validation_state")
    return {"state": state, "integrity": "invalid" if against else "valid", "codes": against, "identity": codes_of_identity(found)}


def encypher(path):
    """The same of encypher-c2pa."""
    try:
        report = encypher_c2pa.verify(path, no_default_trust=True, telemetry=False, online=False)
    except Exception as e:
        return failed(str(e))
    if not report["present"] and not report["validation_results"]["failure"]:
        return {"state": "none", "integrity": "none", "codes": []}
    found = [s["code"] for s in report["validation_results"]["failure"]]
    if found == ["manifest.inaccessible"]:
        return {"state": "none", "integrity": "none", "codes": found}
    against = codes_of_integrity(found)
    state = report["validation_state"]
    return {"state": state, "integrity": report["integrity"], "codes": against, "identity": codes_of_identity(found)}


def judged(path, **more):
    return {"path": str(path), **more, "reference": reference(str(path)), "encypher": encypher(str(path))}


def signed(folders):
    """Files that may hold a manifest, each content once."""
    seen = set()
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            known = path.suffix and (mimetypes.guess_type(path.name)[0] or "").split("/")[0] in ("image", "video", "audio", "font")
            if path.is_file() and (known or path.suffix == ".pdf") and path.suffix != ".m4s":
                data = path.read_bytes()
                content = hashlib.sha256(data).digest()
                if (b"c2pa" in data or STORE_UUID in data) and content not in seen:
                    seen.add(content)
                    yield path


def store_range(data):
    """Where the manifest store roughly lies."""
    start = data.find(b"c2pa")
    end = data.rfind(b"c2pa")
    return max(0, start - 64), min(len(data), end + 4096)


def mutation(data, chance):
    """One small change, and its name."""
    start, end = store_range(data)
    changed = bytearray(data)
    kind = chance.choice(
        ["store byte", "store byte", "store bit", "store bit", "text", "any byte", "cut", "insert", "remove", "swap", "zeros"]
    )
    inside = chance.randrange(start, end)
    if kind == "store byte":
        changed[inside] = chance.randrange(256)
    elif kind == "store bit":
        changed[inside] ^= 1 << chance.randrange(8)
    elif kind == "text":
        words = [b"c2pa.hash", b"c2pa.actions", b"self#jumbf", b"sha256", b"c2pa.signature", b"c2pa.claim", b"created", b"exclusions"]
        places = [at for word in words if (at := data.find(word, start)) >= 0]
        at = min(len(data) - 1, chance.choice(places or [inside]) + chance.randrange(6))
        changed[at] ^= 1 << chance.randrange(7)
    elif kind == "any byte":
        at = chance.randrange(len(data))
        changed[at] ^= 1 << chance.randrange(8)
    elif kind == "cut":
        del changed[-chance.randrange(1, max(2, len(data) // 4)) :]
    elif kind == "insert":
        changed[inside:inside] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9)))
    elif kind == "remove":
        del changed[inside : inside + chance.randrange(1, 9)]
    elif kind == "swap":
        other = chance.randrange(start, end)
        changed[inside : inside + 8], changed[other : other + 8] = data[other : other + 8], data[inside : inside + 8]
    else:
        changed[inside : inside + 32] = bytes(len(changed[inside : inside + 32]))
    if data[:8] == b"\x89PNG\r\n\x1a\n" and chance.random() < 0.8:
        mend_png(changed)
    return bytes(changed), kind


def mend_png(data):
    """Makes the check sums fit again, as whoever forges a file would."""
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        end = at + 8 + length
        if end + 4 > len(data):
            return
        data[end : end + 4] = zlib.crc32(data[at + 4 : end]).to_bytes(4, "big")
        at = end + 4


def mutations(count, out, folders):
    chance = random.Random(20261128)
    bases = [p for p in signed(folders) if p.stat().st_size < 150_000 and reference(str(p))["integrity"] == "valid"]
    Path(out).mkdir(parents=True, exist_ok=True)
    for i in range(count):
        base = bases[i % len(bases)]
        data, kind = mutation(base.read_bytes(), chance)
        path = Path(out) / f"{i:05d}{base.suffix}"
        path.write_bytes(data)
        yield judged(path, base=base.name, kind=kind)


def main():
    what, out, *rest = sys.argv[1:]
    with open(out, "w") as lines:
        found = (judged(p) for p in signed(rest)) if what == "files" else mutations(int(rest[0]), rest[1], rest[2:])
        for line in found:
            lines.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
