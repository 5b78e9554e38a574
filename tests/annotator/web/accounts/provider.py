"""A small OpenID Connect provider over HTTP that signs its tokens and insists on PKCE."""

import base64
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "sourceline", "of the provider and us"


@dataclass
class Provider:
    """`person` is who sits there and agrees; None refuses. `lies` stands over what its token says."""

    address: str = ""
    person: dict[str, Any] | None = None
    lies: dict[str, Any] = field(default_factory=dict)
    challenges: dict[str, str] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def configuration(self) -> dict[str, Any]:
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {
            "issuer": self.address,
            "jwks_uri": f"{self.address}/jwks",
            **{f"{name}_endpoint": f"{self.address}/{path}" for name, path in ends.items()},
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def agreed(self, query: dict[str, str]) -> str:
        """Where the browser is sent after the question was answered."""
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        if self.person is None:
            return (
                query["redirect_uri"] + "?" + urlencode({"error": "access_denied", "state": query["state"]})
            )
        code = secrets.token_urlsafe(16)
        self.challenges[code] = query["code_challenge"]
        return query["redirect_uri"] + "?" + urlencode({"code": code, "state": query["state"]})

    def tokens(self, said: dict[str, str]) -> dict[str, Any] | None:
        digest = sha256(said.get("code_verifier", "").encode()).digest()
        challenge = self.challenges.pop(said["code"], None)
        if said["client_secret"] != SECRET or challenge != base64.urlsafe_b64encode(digest).decode().rstrip(
            "="
        ):
            return None
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, **(self.person or {})}
        token = jwt.encode(claims | self.lies, self.key, "RS256", headers={"kid": "one"})
        return {"access_token": "of this person", "token_type": "Bearer", "id_token": token}


@contextmanager
def listening(provider: Provider) -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
            if path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.agreed(query))
                self.end_headers()
                return
            self._say(
                {
                    "/.well-known/openid-configuration": provider.configuration,
                    "/jwks": provider.keys,
                    "/userinfo": lambda: provider.person,
                }[path]()
            )

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(provider.tokens(dict(parse_qsl(body))))

        def _say(self, what: dict[str, Any] | None) -> None:
            self.send_response(200 if what else 400)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(what or {"error": "invalid_grant"}).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield provider
    server.shutdown()
    server.server_close()
