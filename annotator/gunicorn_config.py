"""gunicorn's settings: a few processes with threads, loaded once and forked to share their memory."""

import os

worker_class = "gthread"
workers = int(os.environ.get("SOURCELINE_WEB_PROCESSES", "2"))
threads = 4
preload_app = True
timeout = 60  # seconds
graceful_timeout = 5  # seconds
keepalive = 5  # seconds
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
loglevel = "warning"
