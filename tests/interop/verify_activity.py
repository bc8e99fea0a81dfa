"""Verifies an activity as the original author's package does.

Usage: verify_activity.py ACTIVITY.json PUBLIC.pem
Prints "verified" or "not verified".
"""

import base64
import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

COVERED = ("@context", "type", "id", "actor", "object", "published")


def digest(value):
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()


def main(activity_path, key_path):
    with open(activity_path, encoding="utf-8") as file:
        activity = json.load(file)
    with open(key_path, "rb") as file:
        key = serialization.load_pem_public_key(file.read())
    signature = activity["signature"]
    options = {
        "@context": "https://w3id.org/security/v1",
        "type": signature["type"],
        "creator": signature["creator"],
        "created": signature["created"],
    }
    covered = {name: activity[name] for name in COVERED}
    value = base64.b64decode(signature["signatureValue"], validate=True)
    try:
        key.verify(value, digest(options) + digest(covered), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        print("not verified")
    else:
        print("verified")


main(*sys.argv[1:])
