"""Signed files made by the reference's builder: every algorithm, container, claim version, ingredient relation, redaction and update.

python made.py OUT
"""

import datetime
import http.server
import io
import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import c2pa
import imageio_ffmpeg
import pillow_heif
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from PIL import Image

Alg = c2pa.C2paSigningAlg
CURVES = {Alg.ES256: ec.SECP256R1, Alg.ES384: ec.SECP384R1, Alg.ES512: ec.SECP521R1}
HASHES = {Alg.ES256: hashes.SHA256, Alg.ES384: hashes.SHA384, Alg.ES512: hashes.SHA512}
HASHES |= {Alg.PS256: hashes.SHA256, Alg.PS384: hashes.SHA384, Alg.PS512: hashes.SHA512}


def key_of(alg):
    if alg in CURVES:
        return ec.generate_private_key(CURVES[alg]())
    return ed25519.Ed25519PrivateKey.generate() if alg == Alg.ED25519 else rsa.generate_private_key(65537, 2048)


def certificate(subject, key, issuer=None, days=(-30, 3650), purpose=x509.ExtendedKeyUsageOID.EMAIL_PROTECTION):
    """A certificate as C2PA 2.2, 14.5.1, asks for; without an issuer that of an authority."""
    name = x509.Name(
        [x509.NameAttribute(x509.NameOID.COMMON_NAME, subject), x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Assay tests")]
    )
    now = datetime.datetime.now(datetime.UTC)
    above, above_key = issuer or (None, key)
    usage = dict.fromkeys(
        ["content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"], False
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(above.subject if above else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days[0]))
        .not_valid_after(now + datetime.timedelta(days[1]))
        .add_extension(x509.BasicConstraints(ca=above is None, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=above is not None, key_cert_sign=above is None, crl_sign=above is None, **usage), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above_key.public_key()), critical=False)
    )
    if above is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    return builder.sign(above_key, hashes.SHA256())


class Authority:
    """An authority for time-stamps (RFC 3161) on this machine, by openssl; nobody trusts it."""

    SETTINGS = """[tsa]
default_tsa = one
[one]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""

    def __init__(self, root, root_key):
        self.folder = Path(tempfile.mkdtemp())
        key = rsa.generate_private_key(65537, 2048)
        leaf = certificate("Time", key, (root, root_key), purpose=x509.ExtendedKeyUsageOID.TIME_STAMPING)
        pem = serialization.Encoding.PEM
        plain = serialization.NoEncryption()
        (self.folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
        (self.folder / "leaf.pem").write_bytes(leaf.public_bytes(pem))
        (self.folder / "root.pem").write_bytes(root.public_bytes(pem))
        (self.folder / "tsa.cnf").write_text(self.SETTINGS)
        (self.folder / "serial").write_text("01")
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                answer = authority.stamped(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def stamped(self, request):
        (self.folder / "request").write_bytes(request)
        options = ["-config", "tsa.cnf", "-queryfile", "request", "-out", "reply", "-inkey", "key.pem", "-signer", "leaf.pem"]
        subprocess.run(["openssl", "ts", "-reply", *options, "-chain", "root.pem"], cwd=self.folder, check=True, capture_output=True)
        return (self.folder / "reply").read_bytes()


def signer_of(alg, root, root_key, days=(-30, 3650), authority=None):
    key = key_of(alg)
    leaf = certificate("Signer", key, (root, root_key), days)
    chain = leaf.public_bytes(serialization.Encoding.PEM) + root.public_bytes(serialization.Encoding.PEM)

    def sign(data):
        if alg == Alg.ED25519:
            return key.sign(data)
        if alg in CURVES:
            r, s = decode_dss_signature(key.sign(data, ec.ECDSA(HASHES[alg]())))
            size = (key.curve.key_size + 7) // 8
            return r.to_bytes(size, "big") + s.to_bytes(size, "big")
        digest = HASHES[alg]
        return key.sign(data, padding.PSS(padding.MGF1(digest()), digest.digest_size), digest())

    return c2pa.Signer.from_callback(sign, alg, chain.decode(), authority)


def pictures():
    """Small media of each container, by suffix."""
    picture = Image.linear_gradient("L").resize((160, 120)).convert("RGB")
    pillow_heif.register_heif_opener()
    media = {}
    for suffix, form in dict(jpg="JPEG", png="PNG", webp="WEBP", tif="TIFF", gif="GIF", heic="HEIF", avif="AVIF").items():
        out = io.BytesIO()
        picture.save(out, form)
        media[suffix] = out.getvalue()
    media["svg"] = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("mp4", "mov", "avi", "m4a", "wav", "mp3", "flac"):
            sound = ["-f", "lavfi", "-i", "sine=duration=1"]
            film = ["-f", "lavfi", "-i", "testsrc=size=64x48:duration=1:rate=5"] if suffix in ("mp4", "mov", "avi") else []
            path = Path(folder) / f"x.{suffix}"
            subprocess.run([ffmpeg, "-v", "error", *film, *sound, "-shortest", str(path)], check=True)
            media[suffix] = path.read_bytes()
    return media


MIME = dict(jpg="image/jpeg", png="image/png", webp="image/webp", tif="image/tiff", gif="image/gif", heic="image/heic", avif="image/avif")
MIME |= dict(svg="image/svg+xml", mp4="video/mp4", mov="video/quicktime", avi="video/avi", m4a="audio/mp4", wav="audio/wav")
MIME |= dict(dng="image/x-adobe-dng", mp3="audio/mpeg", flac="audio/flac")
CREATED = {
    "action": "c2pa.created",
    "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation",
    "softwareAgent": {"name": "Assay tests"},
}


def definition(title, *actions, version=2, assertions=(), **more):
    label = "c2pa.actions.v2" if version == 2 else "c2pa.actions"
    told = [dict(a, softwareAgent="Assay tests") if version == 1 and "softwareAgent" in a else a for a in actions]
    all_assertions = ([{"label": label, "data": {"actions": told}}] if told else []) + list(assertions)
    info = [{"name": "assay-tests", "version": "1"}]
    return {"claim_version": version, "title": title, "claim_generator_info": info, "assertions": all_assertions, **more}


class Maker:
    def __init__(self, out):
        self.out = Path(out)
        self.out.mkdir(parents=True, exist_ok=True)
        self.root_key = key_of(Alg.ES256)
        self.root = certificate("Root", self.root_key)
        self.signer = signer_of(Alg.ES256, self.root, self.root_key)
        self.media = pictures()
        # What breaks a rule is to be made as well.
        self.context = c2pa.Context(c2pa.Settings.from_dict({"verify": {"verify_after_sign": False}}))

    def write(self, name, source, manifest, suffix="jpg", signer=None, ingredients=(), intent=None):
        """Signs and writes a file; says what the builder refuses."""
        try:
            builder = c2pa.Builder(manifest, self.context)
            if intent is not None:
                builder.set_intent(intent)
            for about, data, kind in ingredients:
                builder.add_ingredient(about, kind, io.BytesIO(data))
            signed = io.BytesIO()
            builder.sign(signer or self.signer, MIME[suffix], io.BytesIO(source), signed)
        except c2pa.C2paError as e:
            print(f"not made: {name}: {e}", file=sys.stderr)
            return None
        (self.out / f"{name}.{suffix}").write_bytes(signed.getvalue())
        return signed.getvalue()

    def all(self):
        jpg = self.media["jpg"]
        for alg in Alg:
            signer = signer_of(alg, self.root, self.root_key)
            for version in (1, 2):
                self.write(f"alg-{alg.name.lower()}-v{version}", jpg, definition("x", CREATED, version=version), signer=signer)
        for suffix, data in self.media.items():
            for version in (1, 2):
                self.write(f"container-v{version}", data, definition("x", CREATED, version=version), suffix)
        self.write("container-raw", self.media["tif"], definition("x", CREATED), "dng")
        expired = signer_of(Alg.ES256, self.root, self.root_key, (-60, -30))
        self.write("expired", jpg, definition("x", CREATED), signer=expired)
        stamping = signer_of(Alg.ES256, self.root, self.root_key, authority=Authority(self.root, self.root_key).url)
        for version in (1, 2):
            self.write(f"time-stamp-v{version}", jpg, definition("x", CREATED, version=version), signer=stamping)
        self.relations()
        self.updates()
        self.assertions()

    def relations(self):
        jpg, png = self.media["jpg"], self.media["png"]
        parent = self.write("relation-parent", jpg, definition("parent", CREATED))
        part = self.write("relation-part", png, definition("part", CREATED), "png")
        opened = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["a"]}}
        placed = {"action": "c2pa.placed", "parameters": {"ingredientIds": ["b"]}}
        a = ({"title": "a", "relationship": "parentOf", "instance_id": "a", "label": "a"}, parent, "image/jpeg")
        b = ({"title": "b", "relationship": "componentOf", "instance_id": "b", "label": "b"}, part, "image/png")
        c = ({"title": "c", "relationship": "inputTo", "instance_id": "c", "label": "c"}, part, "image/png")
        bare = ({"title": "d", "relationship": "componentOf", "instance_id": "b", "label": "b"}, png, "image/png")
        self.write("relation-opened", parent, definition("x", opened), ingredients=[a])
        self.write("relation-placed", jpg, definition("x", CREATED, placed), ingredients=[b])
        self.write("relation-input", jpg, definition("x", CREATED), ingredients=[c])
        self.write("relation-all", parent, definition("x", opened, placed), ingredients=[a, b, c])
        for version in (1, 2):
            self.write(f"relation-bare-v{version}", jpg, definition("x", CREATED, placed, version=version), ingredients=[bare])
        twice = (self.out / "relation-all.jpg").read_bytes()
        again = ({"title": "e", "relationship": "parentOf", "instance_id": "a", "label": "a"}, twice, "image/jpeg")
        self.write("relation-deep", twice, definition("x", opened), ingredients=[again])
        bad = bytearray(part)
        bad[-20] ^= 1
        spoilt = ({"title": "f", "relationship": "componentOf", "instance_id": "b", "label": "b"}, bytes(bad), "image/png")
        self.write("relation-spoilt", jpg, definition("x", CREATED, placed), ingredients=[spoilt])

    def updates(self):
        for suffix in ("jpg", "png", "mp4"):
            signed = self.write("before-update", self.media[suffix], definition("x", CREATED), suffix)
            self.write("update", signed, definition("x"), suffix, intent=c2pa.C2paBuilderIntent.UPDATE)
        words = {"label": "org.example.words", "data": {"said": "hello"}}
        signed = self.write("before-redaction", self.media["jpg"], definition("x", CREATED, assertions=[words]))
        store = json.loads(c2pa.Reader("image/jpeg", io.BytesIO(signed)).json())
        target = f"self#jumbf=/c2pa/{store['active_manifest']}/c2pa.assertions/org.example.words"
        opened = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["a"]}}
        redacted = {"action": "c2pa.redacted", "reason": "c2pa.PII.present", "parameters": {"redacted": target}}
        a = ({"title": "a", "relationship": "parentOf", "instance_id": "a", "label": "a"}, signed, "image/jpeg")
        self.write("redaction", signed, definition("x", opened, redacted, redactions=[target]), ingredients=[a])

    def assertions(self):
        jpg = self.media["jpg"]
        twice = [{"label": "org.example.a", "data": {"n": 1}}, {"label": "org.example.a", "data": {"n": 2}}]
        self.write("assertions-twice", jpg, definition("x", CREATED, assertions=twice))
        said = {"@context": {"dc": "http://purl.org/dc/elements/1.1/"}, "dc:title": "x"}
        self.write(
            "assertions-metadata", jpg, definition("x", CREATED, assertions=[{"label": "cawg.metadata", "data": said, "kind": "Json"}])
        )
        trained = dict(CREATED, digitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia")
        self.write("actions-trained", jpg, definition("x", trained))
        edited = {"action": "c2pa.edited", "softwareAgent": {"name": "Assay tests"}}
        self.write("actions-edited", jpg, definition("x", CREATED, edited))
        self.write("actions-none", jpg, definition("x"))
        self.write("actions-edited-only", jpg, definition("x", edited))
        self.write("actions-created-second", jpg, definition("x", edited, CREATED))
        self.write("actions-created-twice", jpg, definition("x", CREATED, CREATED))
        opened = {"action": "c2pa.opened"}
        placed = {"action": "c2pa.placed"}
        self.write("actions-opened-nothing", jpg, definition("x", opened))
        self.write("actions-placed-nothing", jpg, definition("x", CREATED, placed))
        self.write("actions-removed-nothing", jpg, definition("x", CREATED, {"action": "c2pa.removed"}))
        self.write("actions-transcoded", jpg, definition("x", CREATED, {"action": "c2pa.transcoded"}))
        self.write("actions-redacted-nothing", jpg, definition("x", CREATED, {"action": "c2pa.redacted", "reason": "c2pa.PII.present"}))
        self.write("actions-unnamed", jpg, definition("x", CREATED, {"description": "what"}))


if __name__ == "__main__":
    Maker(sys.argv[1]).all()
