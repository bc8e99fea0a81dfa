"""Reads a token as an L1 server in Python does, and makes one with the same claims.

Usage: read_token.py SECRET TOKEN
Prints {"claims": the claims of TOKEN, "token": a new token}.
"""

import json
import sys

import jwt

secret, token = sys.argv[1:]
claims = jwt.decode(token, secret, algorithms=["HS256"])
own = {name: claims[name] for name in ("sub", "username", "l2_server", "exp")}
print(json.dumps({"claims": claims, "token": jwt.encode(own, secret, algorithm="HS256")}))
