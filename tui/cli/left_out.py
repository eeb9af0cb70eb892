"""What libraries load for uses that this program does not have, left out for as long as nobody asks for it.

`asyncio` loads OpenSSL for connections, of which none is opened here, and `hashlib` for hashes that Python makes by
itself as well; `shutil` loads what packs archives; pydantic loads all that reads the metadata of packages, to look for
plugins. Together this is an eighth of the memory of the program on screen and a tenth of the time of a short command.

What was loaded before stays, and whoever asks for one of these modules later has it. Only what was loaded without them
stays so: `asyncio` without TLS, `hashlib` without `scrypt`, `shutil` without .bz2 and .xz, pydantic without plugins.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any, Final, cast

_LATER: Final = ("locale", "mimetypes", "msgspec.inspect")
"""Modules that others import as they are loaded, and ask nothing of until it comes to uses that are rare here."""

_METADATA: Final = "importlib.metadata"
_HASHES: Final = (
    "_md5", "_sha1", "_sha3", "_blake2", *(("_sha2",) if sys.version_info >= (3, 12) else ("_sha256", "_sha512"))
)  # fmt: skip


def leave_out() -> None:
    """Leave out what no command needs. To be called before anything else is loaded."""
    if all(map(_is_there, _HASHES)):
        with absent("_hashlib"):
            import_module("hashlib")
            import_module("hmac")
    with absent("bz2"), absent("lzma"):
        import_module("shutil")
    for name in _LATER:
        later(name)
    if _METADATA not in sys.modules:
        importlib.metadata = sys.modules[_METADATA] = _Metadata()


def leave_out_connections() -> None:
    """Load `asyncio` without what only connections need. To be called before anything else loads it."""
    later("asyncio.sslproto")
    with absent("ssl"):
        import_module("asyncio")


@contextmanager
def absent(name: str) -> Iterator[None]:
    """For as long as this lasts a module cannot be loaded: who tries to gets an `ImportError`. One that is loaded
    already stays."""
    if name in sys.modules:
        yield
        return
    cast(dict[str, ModuleType | None], sys.modules)[name] = None
    try:
        yield
    finally:
        del sys.modules[name]


def later(name: str) -> None:
    """Load a module when something of it is asked for, unless it is loaded already."""
    if name not in sys.modules:
        sys.modules[name] = _Later(name)


def _is_there(name: str) -> bool:
    """Whether a module can be loaded. Some systems build Python without its own hashes, since OpenSSL has them."""
    try:
        import_module(name)
    except ImportError:
        return False
    return True


class _Later(ModuleType):
    """Stands for a module of the same name until something of it is asked for."""

    _taking_its_place: Final = Lock()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loaded(), name)

    def _loaded(self) -> ModuleType:
        with self._taking_its_place:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        return import_module(self.__name__)


class _Metadata(_Later):
    """Stands for `importlib.metadata` until more is asked of it than which plugins pydantic shall have: none."""

    def __init__(self) -> None:
        super().__init__(_METADATA)
        # Every import of something from a package asks for this.
        self.__path__ = [f"{folder}/metadata" for folder in importlib.__path__]

    def entry_points(self, **wanted: str) -> Any:
        """As the function of that name, but pydantic finds nothing."""
        return () if wanted.get("group") == "pydantic" else self._loaded().entry_points(**wanted)
