"""How gunicorn runs: `gunicorn --config portal/gunicorn.py portal.wsgi`."""

from portal.settings import environment

bind = f"{environment.text('HOST', '127.0.0.1')}:{environment.number('PORT', 8000)}"
# WEB_CONCURRENCY, gunicorn's own variable, sets the number of processes.
workers = environment.number("WEB_CONCURRENCY", 2)
threads = 4
# Settings that can't be read end the start, not each worker in turn; and workers share the memory of the code.
preload_app = True
# The longest that gunicorn allows: a filtered list with a long address gets our answer and not the server's.
limit_request_line = 8190
keepalive = 5
# No header says under which path the portal lies: whoever could send one would change the links that all others get.
forwarder_headers = ""
accesslog = None
if environment.choice("LOG_FORMAT", ["text", "json"]) == "json":
    logconfig_dict = {
        "formatters": {"generic": {"()": "portal.logs.JsonFormatter"}},
        "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["error_console"], "propagate": False}},
    }
control_socket_disable = True
