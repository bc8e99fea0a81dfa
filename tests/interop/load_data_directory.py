"""Loads a data directory as the original author's package does, and verifies its activities.

Usage: load_data_directory.py DIRECTORY
Prints {"assets": how many, "activities": how many, "verified": ids that verify}.
"""

import base64
import hashlib
import json
import pathlib
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

DOMAIN = "artdag.rose-ash.com"


def digest(value):
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def read_asset(record):
    place = record.get("local_path") or record.get("path")
    return (
        record["name"],
        record["content_hash"],
        record.get("asset_type", "unknown"),
        record.get("tags", []),
        record.get("metadata", {}),
        place and pathlib.Path(place),
    )


def as_activity(record):
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "type": record["activity_type"],
        "id": f"https://{DOMAIN}/activities/{record['activity_id']}",
        "actor": record["actor_id"],
        "object": record["object_data"],
        "published": record.get("published", ""),
    }


def is_verified(record, key):
    signature = record.get("signature")
    if not signature:
        return False
    options = {
        "@context": "https://w3id.org/security/v1",
        "type": signature["type"],
        "creator": signature["creator"],
        "created": signature["created"],
    }
    value = base64.b64decode(signature["signatureValue"])
    signed = digest(options) + digest(as_activity(record))
    try:
        key.verify(value, signed, padding.PKCS1v15(), hashes.SHA256())
        return True
    except InvalidSignature:
        return False


def main(directory):
    root = pathlib.Path(directory)
    key = serialization.load_pem_public_key((root / "keys" / "giles.pub").read_bytes())
    assets = {name: read_asset(record) for name, record in load(root / "registry.json")["assets"].items()}
    activities = load(root / "activities.json")["activities"]
    for record in activities:
        # The original looks objects up like this.
        record["object_data"].get("contentHash", {})
    verified = [record["activity_id"] for record in activities if is_verified(record, key)]
    print(json.dumps({"assets": len(assets), "activities": len(activities), "verified": verified}))


main(*sys.argv[1:])
