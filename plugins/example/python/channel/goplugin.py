"""What go-plugin asks of a program in another language: a certificate made for
this start, a socket where the host wants it, one line on standard output, and
two small services beside the channel's own. Nothing here is about messages."""

import base64
import concurrent.futures
import datetime
import os
import sys
import threading

import grpc
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

COOKIE = ("HOLDFAST_CHANNEL", "6d0f8a1c2b7e4f53")
LARGEST = (64 << 20) + (1 << 20)  # a message of 64 MiB, and what is around it


def certificate():
    """Makes a key and a certificate of its own for localhost; both as PEM and DER."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.utcnow()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=1))
        .not_valid_after(now + datetime.timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    key_pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return key_pem, made.public_bytes(serialization.Encoding.PEM), made.public_bytes(serialization.Encoding.DER)


def small_services(stop):
    """gRPC's health service, which the host may ask, and the call that ends the
    process. Both answers are so small that they are written as bytes."""
    serving = grpc.unary_unary_rpc_method_handler(lambda request, context: b"\x08\x01")

    def shutdown(request, context):
        stop.set()
        return b""

    return (
        grpc.method_handlers_generic_handler("grpc.health.v1.Health", {"Check": serving}),
        grpc.method_handlers_generic_handler(
            "plugin.GRPCController", {"Shutdown": grpc.unary_unary_rpc_method_handler(shutdown)}
        ),
    )


def serve(handlers):
    """Serves a channel's handlers until the host ends it."""
    if os.environ.get(COOKIE[0]) != COOKIE[1]:
        sys.exit("This is a channel of Holdfast. It is started by Holdfast and not by hand.")
    key, cert, der = certificate()
    credentials = grpc.ssl_server_credentials(
        [(key, cert)], root_certificates=os.environ["PLUGIN_CLIENT_CERT"].encode(), require_client_auth=True
    )
    stop = threading.Event()
    server = grpc.server(
        concurrent.futures.ThreadPoolExecutor(max_workers=16),
        options=[("grpc.max_receive_message_length", LARGEST), ("grpc.so_reuseport", 0)],
    )
    server.add_generic_rpc_handlers((handlers,) + small_services(stop))
    path = os.path.join(os.environ["PLUGIN_UNIX_SOCKET_DIR"], "channel")
    if not server.add_secure_port("unix:" + path, credentials):
        sys.exit("cannot listen on " + path)
    server.start()
    print("1|1|unix|%s|grpc|%s" % (path, base64.b64encode(der).decode().rstrip("=")), flush=True)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed is a log
    stop.wait()
    server.stop(grace=1).wait()
