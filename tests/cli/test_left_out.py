"""What libraries load for uses that nobody has here is left out, and whoever asks for it later has it.

Each case has a process of its own: here everything was loaded long ago.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_incidents" / "2025-03-29-checkout-payment-latency.toml"

LEFT_OUT = """
import sys
from tui.cli.left_out import leave_out, leave_out_connections
leave_out()
leave_out_connections()
"""
LOADED = "print(*sorted(name for name, module in sys.modules.items() if type(module).__module__ != 'tui.cli.left_out'))"
UNUSED = {
    "_ssl",
    "ssl",
    "_hashlib",
    "_bz2",
    "_lzma",
    "email",
    "zipfile",
    "locale",
    "mimetypes",
    "msgspec.inspect",
    "importlib.metadata",
}


def said_by(source: str, *arguments: str) -> str:
    """What a program says that runs in a process of its own and does not complain."""
    done = subprocess.run([sys.executable, "-c", source, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


def test_an_incident_on_screen_does_without_it() -> None:
    loaded = set(said_by(f"{LEFT_OUT}import tui.screens.document\n{LOADED}").split())
    assert {"asyncio", "hashlib", "hmac", "shutil", "pydantic", "msgspec", "textual.app", "schemas.incident"} <= loaded
    assert loaded.isdisjoint({*UNUSED, "asyncio.sslproto"})


def test_a_short_command_does_without_it() -> None:
    source = f"import sys\nfrom tui.__main__ import main\ncode = main()\nsys.stderr.close()\n{LOADED}"
    arguments = ("check", "--fail-on", "never", str(SAMPLE))
    done = subprocess.run([sys.executable, "-c", source, *arguments], cwd=ROOT, capture_output=True, text=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert {"pydantic", "schemas.incident", "hashlib"} <= loaded
    # click has its messages translated, and looks for their language.
    assert loaded.isdisjoint(UNUSED - {"locale"})


@pytest.mark.parametrize(
    "asked",
    [
        "import ssl; print(ssl.create_default_context().check_hostname)",
        "import bz2; print(bz2.decompress(bz2.compress(b'True')).decode())",
        "import lzma; print(lzma.decompress(lzma.compress(b'True')).decode())",
        "import locale; print(callable(locale.getlocale))",
        "from locale import getlocale; print(callable(getlocale))",
        "import mimetypes; print(mimetypes.guess_type('a.txt')[0] == 'text/plain')",
        "import msgspec; print(msgspec.inspect.type_info(int) == msgspec.inspect.IntType())",
        "from msgspec.json import schema; print(schema(int) == {'type': 'integer'})",
        "import importlib.metadata; print(importlib.metadata.version('pydantic') > '2')",
        "from importlib.metadata import version; print(version('pydantic') > '2')",
        "import importlib.metadata._meta as inner; print(inner.__name__ == 'importlib.metadata._meta')",
        "from importlib import metadata; print('postmortem' in metadata.entry_points(group='console_scripts').names)",
        "from importlib import metadata; print(metadata.entry_points(group='pydantic') == ())",
        "from asyncio import sslproto; print(sslproto.SSLProtocol.__name__ == 'SSLProtocol')",
    ],
)
def test_whoever_asks_for_it_has_it(asked: str) -> None:
    assert said_by(LEFT_OUT + asked) == "True\n"


def test_it_is_the_module_itself_that_one_gets() -> None:
    source = "import locale, importlib.metadata\nlocale.getlocale\nimportlib.metadata.version\n"
    source += "import locale, importlib.metadata\nprint(locale.__file__)\nprint(importlib.metadata.__file__)\n"
    assert said_by(LEFT_OUT + source) == said_by(source)


def test_who_asks_at_the_same_time_gets_the_same() -> None:
    source = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
import mimetypes
begin = Barrier(8)
def asked(number):
    begin.wait()
    return mimetypes.MimeTypes
with ThreadPoolExecutor(8) as pool:
    print(len(set(pool.map(asked, range(8)))))
"""
    assert said_by(LEFT_OUT + source) == "1\n"


def test_what_was_loaded_before_stays() -> None:
    before = "import asyncio, hashlib, importlib.metadata, locale, shutil, ssl\n"
    kept = "print(asyncio.sslproto.ssl is ssl, 'bz2' in sys.modules, hashlib._hashlib.__name__, locale.__file__ != '')"
    assert said_by(before + LEFT_OUT + kept) == "True True _hashlib True\n"


def test_hashes_are_the_same() -> None:
    hashes = "import hashlib\nfor name in sorted(hashlib.algorithms_guaranteed - {'shake_128', 'shake_256'}):\n"
    hashes += "    print(name, hashlib.new(name, b'Checkout was down').hexdigest())\n"
    hashes += "import hmac; print(hmac.new(b'key', b'words', 'sha256').hexdigest())"
    assert said_by(LEFT_OUT + hashes) == said_by(hashes)


def test_a_python_without_hashes_of_its_own_keeps_those_of_openssl() -> None:
    source = "import sys; sys.modules['_md5'] = None\n" + LEFT_OUT
    source += "import hashlib; print(hashlib.sha256.__name__, '_hashlib' in sys.modules)"
    assert said_by(source) == "openssl_sha256 True\n"


def test_absent_modules_can_be_loaded_afterwards() -> None:
    source = """
from tui.cli.left_out import absent
with absent("lzma"):
    try:
        import lzma
    except ImportError:
        print("absent")
import lzma
with absent("lzma"):
    import lzma
print(lzma.__name__)
"""
    assert said_by(source) == "absent\nlzma\n"
