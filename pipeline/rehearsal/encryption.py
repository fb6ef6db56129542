"""A workbook behind a password."""

from __future__ import annotations

from hashlib import sha1
from struct import pack

from pipeline.rehearsal.compound import compound_file

# The password that Excel itself types when only the structure of a workbook is protected.
DEFAULT_PASSWORD = "VelvetSweatshop"
_KEY_BITS, _AES_128, _SHA_1, _AES_PROVIDER = 128, 0x660E, 0x8004, 0x18
_FLAGS = 0x24
_SPINS = 50_000
_PROVIDER = "Microsoft Enhanced RSA and AES Cryptographic Provider\0"
# A real program draws these by lot; here the same workbook shall give the same bytes.
_SALT, _VERIFIER = b"phoihop rehearse", b"dien tap phoihop"


def encrypted(data: bytes, password: str) -> bytes:
    """The workbook behind a password, by the standard encryption of ECMA-376 (MS-OFFCRYPTO 2.3.4)."""
    key = _key(password)
    header = pack("<8I", _FLAGS, 0, _AES_128, _SHA_1, _KEY_BITS, _AES_PROVIDER, 0, 0) + _PROVIDER.encode("utf-16-le")
    proof = _aes(key, _VERIFIER), _aes(key, sha1(_VERIFIER).digest().ljust(32, b"\0"))
    verifier = pack("<I", len(_SALT)) + _SALT + proof[0] + pack("<I", 20) + proof[1]
    info = pack("<HHII", 4, 2, _FLAGS, len(header)) + header + verifier
    package = pack("<Q", len(data)) + _aes(key, data.ljust(-(-len(data) // 16) * 16, b"\0"))
    return compound_file({"EncryptionInfo": info, "EncryptedPackage": package})


def _key(password: str) -> bytes:
    spun = sha1(_SALT + password.encode("utf-16-le")).digest()
    for turn in range(_SPINS):
        spun = sha1(pack("<I", turn) + spun).digest()
    last = sha1(spun + pack("<I", 0)).digest()
    mixed = bytes(a ^ 0x36 for a in last.ljust(64, b"\0"))
    return sha1(mixed).digest()[: _KEY_BITS // 8]


def _aes(key: bytes, data: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    # The format asks for this mode.
    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    return cipher.update(data) + cipher.finalize()
