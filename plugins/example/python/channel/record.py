"""What the channel remembers over its restarts: what became of each key, and
which events came of it. One SQLite file in the work folder."""

import datetime
import os
import secrets
import sqlite3
import threading

TABLES = """
CREATE TABLE IF NOT EXISTS outcome (key TEXT PRIMARY KEY, state TEXT NOT NULL, provider_id TEXT NOT NULL, detail TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS event (cursor INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat()


class Record:
    """All methods may be called from several threads."""

    def __init__(self, folder):
        self.lock = threading.Lock()
        self.db = sqlite3.connect(os.path.join(folder, "record.db"), check_same_thread=False)
        self.db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + TABLES)
        with self.db:
            self.db.execute("INSERT OR IGNORE INTO mark VALUES ('began', ?), ('file', ?)", (now(), secrets.token_hex(4)))
        self.began, self.file = (value for (value,) in self.db.execute("SELECT value FROM mark ORDER BY name"))

    def find(self, key):
        """Returns (state, provider_id, detail), or None for a key that never came."""
        with self.lock:
            return self.db.execute("SELECT state, provider_id, detail FROM outcome WHERE key = ?", (key,)).fetchone()

    def intend(self, key):
        """Notes on disk that a key is about to leave."""
        with self.lock, self.db:
            self.db.execute(
                "INSERT OR IGNORE INTO outcome VALUES (?, 'uncertain', '', 'it was being written when the channel ended')", (key,)
            )

    def accept(self, key, provider_id):
        """Notes that a key was accepted, and the event, in one transaction."""
        with self.lock, self.db:
            self.db.execute(
                "UPDATE outcome SET state = 'accepted', provider_id = ?, detail = '' WHERE key = ?", (provider_id, key)
            )
            self.db.execute("INSERT OR IGNORE INTO event (key, at) VALUES (?, ?)", (key, now()))

    def forget(self, key):
        """Frees a key of which nothing left."""
        with self.lock, self.db:
            self.db.execute("DELETE FROM outcome WHERE key = ? AND state = 'uncertain'", (key,))

    def events(self, cursor):
        """Returns up to 500 events behind a cursor as (cursor, key, at)."""
        with self.lock:
            return self.db.execute(
                "SELECT cursor, key, at FROM event WHERE cursor > ? ORDER BY cursor LIMIT 500", (cursor,)
            ).fetchall()
