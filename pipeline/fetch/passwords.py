"""(host, user) -> the password: from the environment, else from the computer's own password store."""

from __future__ import annotations

import os

import keyring
from keyring.errors import KeyringError

from pipeline.errors import PhoihopError

__all__ = ["SERVICE", "VARIABLE", "find_password"]

VARIABLE = "PHOIHOP_IMAP_PASSWORD"
SERVICE = "phoihop"


def find_password(host: str, user: str) -> str:
    """$PHOIHOP_IMAP_PASSWORD, else what is stored for "user@host". Raises PhoihopError fetch_no_password."""
    password = os.environ.get(VARIABLE) or _stored(f"{user}@{host}")
    if not password:
        raise PhoihopError("fetch_no_password", user=user, host=host)
    return password


def _stored(name: str) -> str | None:
    try:
        return keyring.get_password(SERVICE, name)
    except KeyringError:
        return None
