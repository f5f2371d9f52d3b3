"""One JSON object a line, for machines that collect logs (LOG_FORMAT=json)."""

import json
import logging


class JsonFormatter(logging.Formatter):
    """Formats a record as {"time", "level", "logger", "message"} and, after an error, "exception"."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)
