"""Whether the server in this container answers, for its health check: exit status 0, or 1 and why."""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

public = urlsplit(os.environ.get("SOURCELINE_ADDRESS", "") or "http://localhost")
headers = {"Host": public.netloc, "X-Forwarded-Proto": public.scheme}
port = sys.argv[1] if len(sys.argv) > 1 else "8000"
asked = urllib.request.Request(f"http://127.0.0.1:{port}/health/", headers=headers)
try:
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=4).close()
except (urllib.error.URLError, OSError) as error:
    sys.exit(f"No answer: {error}")
