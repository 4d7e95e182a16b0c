"""jsonl: a channel that appends each message as a line of JSON to a file a day.

Whoever reads the files knows a copy by its key: the last line of a key counts."""

import datetime
import json
import os
import re
import threading
import unicodedata

import channel_pb2 as pb
import goplugin
import grpc
from google.protobuf import json_format
from record import Record

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "jsonl",
    "type": "object",
    "additionalProperties": False,
    "required": ["dir"],
    "properties": {"dir": {"type": "string", "description": "Folder of the files, a full path; made where missing."}},
}
GOOD_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


def outcome(state, provider_id="", detail=""):
    return pb.Outcome(state="STATE_" + state.upper(), provider_id=provider_id, detail=detail)


def instant(text):
    """Reads a time as RFC 3339; None where it is none. Python keeps microseconds."""
    try:
        return datetime.datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text).replace("Z", "+00:00"))
    except ValueError:
        return None


def flaw(key, message):
    """Says why a message can never be written; empty: it can."""
    if not GOOD_KEY.fullmatch(key):
        return "the key is none"
    if not instant(message.date):
        return "it has no date"
    if not (message.to or message.postal or message.HasField("card")):
        return "it has no recipient"
    lines = [message.subject, getattr(message, "from").name, getattr(message, "from").address]
    lines += [text for box in list(message.to) + list(message.cc) for text in (box.name, box.address)]
    lines += [text for a in message.attachments for text in (a.name, a.type)]
    if any(unicodedata.category(c) == "Cc" for text in lines for c in text):
        return "a line break where none may be"
    return ""


class Channel:
    """The service of channel.proto."""

    def __init__(self):
        self.writing = threading.Lock()
        self.dir = self.record = None

    def Describe(self, request, context):
        return pb.DescribeResponse(
            name="jsonl", version="1.0.0", contract_version=1, medium="file", settings_schema=json.dumps(SCHEMA).encode(),
            capabilities=pb.Capabilities(repeatable=True, lookup=True, events=True),
        )

    def Configure(self, request, context):
        key, text, cure = self.settle(request)
        if text:
            return pb.ConfigureResponse(problems=[pb.Problem(key=key, text=text, cure=cure)])
        return pb.ConfigureResponse()

    def settle(self, request):
        """Takes the settings, or returns what is wrong with them."""
        try:
            given = json.loads(request.settings or b"{}")
        except ValueError:
            given = None
        if not isinstance(given, dict):
            return "", "the settings are no JSON object", "pass one JSON object"
        for key in given.keys() - {"dir"}:
            return key, "is not a setting of this channel", "remove it or mend its name"
        folder = given.get("dir")
        if not isinstance(folder, str) or not os.path.isabs(folder):
            return "dir", "must be a full path", "name the folder of the files"
        try:
            os.makedirs(folder, exist_ok=True)
        except OSError as error:
            return "dir", "cannot be made: %s" % error.strerror, "name a folder that this program may write"
        self.dir, self.record = folder, Record(request.work_folder)
        return "", "", ""

    def Send(self, request, context):
        return pb.SendResponse(outcome=self.send(request.key, request.message))

    def send(self, key, message):
        why = flaw(key, message)
        if why:
            return outcome("refused", detail=why)
        with self.writing:
            known = self.record.find(key)
            if known and known[0] == "accepted":
                return outcome(*known)
            self.record.intend(key)
            name = "%s.jsonl" % instant(message.date).date()
            try:
                self.append(os.path.join(self.dir, name), key, message)
            except OSError as error:
                self.record.forget(key)
                return outcome("retry", detail="%s: %s" % (name, error.strerror))
            self.record.accept(key, name + "#" + key)
        return outcome("accepted", name + "#" + key)

    def append(self, path, key, message):
        """Writes one line and waits until it is on disk. A line that a crash left
        half is ended first."""
        line = json.dumps({"key": key, "message": json_format.MessageToDict(message)}, ensure_ascii=False)
        with open(path, "ab+") as file:
            end = file.seek(0, os.SEEK_END)
            if end:
                file.seek(end - 1)
                if file.read(1) != b"\n":
                    file.write(b"\n")
            try:
                file.write(line.encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                file.truncate(end)
                raise

    def Lookup(self, request, context):
        known = self.record.find(request.key)
        if known:
            return pb.LookupResponse(outcome=outcome(*known))
        handed, began = instant(request.handed_at), instant(self.record.began)
        if not handed or not handed.tzinfo or handed < began:
            return pb.LookupResponse(outcome=outcome("uncertain", detail="the record begins later"))
        return pb.LookupResponse(outcome=outcome("retry", detail="it never came"))

    def Events(self, request, context):
        file, _, number = request.cursor.partition(".")  # one of a record that was lost hides nothing of this
        cursor = int(number) if file == self.record.file and re.fullmatch(r"\d{1,18}", number) else 0
        file = self.record.file
        while context.is_active():
            batch = self.record.events(cursor)
            if not batch:
                return
            for cursor, key, at in batch:
                yield pb.Event(cursor="%s.%d" % (file, cursor), kind="EVENT_KIND_DELIVERED", key=key, at=at)

    def Health(self, request, context):
        if os.access(self.dir, os.W_OK | os.X_OK):
            return pb.HealthResponse(ok=True)
        return pb.HealthResponse(detail="the folder cannot be written")


def handlers(channel):
    """Names the calls of channel.proto."""
    calls = {}
    for call in pb.DESCRIPTOR.services_by_name["Channel"].methods:
        make = grpc.unary_stream_rpc_method_handler if call.name == "Events" else grpc.unary_unary_rpc_method_handler
        calls[call.name] = make(
            getattr(channel, call.name),
            request_deserializer=getattr(pb, call.input_type.name).FromString,
            response_serializer=getattr(pb, call.output_type.name).SerializeToString,
        )
    return grpc.method_handlers_generic_handler("holdfast.channel.v1.Channel", calls)


goplugin.serve(handlers(Channel()))
