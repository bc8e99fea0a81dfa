"""Reads a token as an L1 server does that asks nobody: by the published keys.

Usage: read_eddsa_token.py JWKS_URL TOKEN
Prints the claims of TOKEN, or "refused" with the name of the error.
"""

import json
import sys

import jwt

url, token = sys.argv[1:]
try:
    key = jwt.PyJWKClient(url).get_signing_key_from_jwt(token)
    print(json.dumps(jwt.decode(token, key.key, algorithms=["EdDSA"])))
except jwt.PyJWTError as error:
    print("refused " + type(error).__name__)
