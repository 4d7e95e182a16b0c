#!/bin/sh
# Builds holdfast-channel-jsonl as one file, so that one SHA-256 covers all of it.
# Usage: build.sh FOLDER
# Debian: apt-get install protobuf-compiler python3-grpcio python3-protobuf python3-cryptography
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?the folder to build into}
parts=$(mktemp -d)
trap 'rm -rf "$parts"' EXIT
cp "$here"/channel/*.py "$parts"
protoc --proto_path="$here/../../proto" --python_out="$parts" channel.proto
/usr/bin/python3 -m zipapp "$parts" --python="/usr/bin/python3 -I" --output="$out/holdfast-channel-jsonl"
chmod 755 "$out/holdfast-channel-jsonl"
