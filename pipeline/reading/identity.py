"""Who a workbook is from: every witness is heard, in the order of trust; whether they agree is judged elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.catalogue import Catalogue
from pipeline.model import Identity, SourceFile
from pipeline.reading.grids import Book
from pipeline.sheets import META_KEYS, META_SHEET
from pipeline.text import comparison_key

PROPERTY = "phoihop_"
WITNESSES = ("meta", "properties", "sheet", "name", "sender")


def identify(book: Book, source: SourceFile, typed_code: str, catalogue: Catalogue) -> Identity:
    """Hidden sheet, then document properties, then the code on the sheet Thông tin, then an exact unique file name,
    then the address of the mail's sender.

    ``claims``: witness -> unit code, and "<witness>_year" -> year, of all that say anything.
    """
    meta = _facts(book)
    properties = {key: book.properties.get(f"{PROPERTY}{key}", "") for key in META_KEYS}
    said = {
        "meta": meta.get("unit", ""),
        "properties": properties["unit"],
        "sheet": typed_code,
        **_outside(source, catalogue),
    }
    years = {"meta_year": meta.get("year", ""), "properties_year": properties["year"]}
    claims = {witness: claim for witness, claim in {**said, **years}.items() if claim}
    witness = next((one for one in WITNESSES if said[one]), "")
    best = meta if meta.get("fingerprint") else properties
    year = next((int(claim) for claim in years.values() if claim.isdecimal()), None)
    return Identity(
        unit=said.get(witness, ""),
        year=year,
        template_version=best.get("template_version", ""),
        catalogue_version=best.get("catalogue_version", ""),
        fingerprint=best.get("fingerprint", ""),
        witness=witness,
        claims=claims,
    )


def witnesses_outside(source: SourceFile, catalogue: Catalogue) -> Identity:
    """Whose a file is that cannot be read: by its name, else by who sent it."""
    claims = {witness: code for witness, code in _outside(source, catalogue).items() if code}
    witness = next(iter(claims), "")
    return Identity(unit=claims.get(witness, ""), witness=witness, claims=claims)


def decided(identity: Identity, unit: str) -> Identity:
    """The identity with the unit that a person named; what the file says of its year stays."""
    if not unit:
        return identity
    years = {witness: claim for witness, claim in identity.claims.items() if witness.endswith("_year")}
    return replace(identity, unit=unit, witness="decision", claims={"decision": unit, **years})


def _outside(source: SourceFile, catalogue: Catalogue) -> dict[str, str]:
    return {"name": unit_in_name(source.path, catalogue), "sender": unit_of_sender(source, catalogue)}


def unit_of_sender(source: SourceFile, catalogue: Catalogue) -> str:
    """The one unit of the register with the sender's address; "" when there is no mail, none or several."""
    address = source.mail.sender if source.mail is not None else ""
    units = [unit.code for unit in catalogue.units if address and address in unit.addresses]
    return units[0] if len(units) == 1 else ""


def _facts(book: Book) -> dict[str, str]:
    """The key-value pairs of the hidden sheet."""
    for grid in book.grids:
        if grid.name == META_SHEET:
            rows = (sorted(cells, key=lambda cell: cell.column) for cells in grid.rows.values())
            return {
                cells[0].raw: cells[1].raw.strip() for cells in rows if len(cells) == 2 and cells[0].raw in META_KEYS
            }
    return {}


def unit_in_name(path: str, catalogue: Catalogue) -> str:
    """The one unit whose code, name or alias stands in the file's name; "" when none or several do."""
    stem = f" {comparison_key(PurePosixPath(path).stem)} "
    found: Mapping[str, str] = {
        key: unit.code
        for unit in catalogue.units
        for name in (unit.code, unit.name, *unit.aliases)
        if f" {(key := comparison_key(name))} " in stem
    }
    # "Đoàn Khối" inside "Đoàn Khối các cơ quan": the longest name that stands there is the one that was meant.
    longest = {
        code
        for key, code in found.items()
        if not any(key != other and re.search(rf"\b{re.escape(key)}\b", other) for other in found)
    }
    return longest.pop() if len(longest) == 1 else ""
