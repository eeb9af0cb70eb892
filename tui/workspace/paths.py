"""Where things are kept besides the incidents: the XDG folders, or their like on other systems."""

from __future__ import annotations

from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("postmortem", appauthor=False)


def config_dir() -> Path:
    """The folder of the person's settings (`$XDG_CONFIG_HOME/postmortem`)."""
    return Path(_DIRS.user_config_dir)


def state_dir() -> Path:
    """The folder of what is kept between runs (`$XDG_STATE_HOME/postmortem`)."""
    return Path(_DIRS.user_state_dir)


def cache_dir() -> Path:
    """The folder of what can be made again at any time (`$XDG_CACHE_HOME/postmortem`)."""
    return Path(_DIRS.user_cache_dir)
