"""A person at LibreOffice Calc: opens a workbook, types into cells, moves things about, saves as .xlsx.

Run by the interpreter that LibreOffice was built for (it has the ``uno`` module): ``python3 uno_client.py jobs.json port``.
Each job: {"open": path, "save": path, "type": [[sheet, cell, value], …], "rearrange": bool}.
"""

import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

XLSX = "Calc MS Excel 2007 XML"


def connect(port):
    """The running office; waits until it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:socket,host=localhost,port={port};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.5)
    sys.exit("LibreOffice does not answer")


def properties(**values):
    """Named arguments as UNO wants them."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def type_into(book, sheet, address, value):
    """What typing does: a number is a number, everything else is text."""
    cell = book.Sheets.getByName(sheet).getCellRangeByName(address)
    if isinstance(value, str):
        cell.String = value
    else:
        cell.Value = value


def rearrange(book):
    """Insert a row and a column, rename and reorder the sheets."""
    for sheet in [book.Sheets.getByIndex(number) for number in range(book.Sheets.Count)]:
        sheet.unprotect("")
    figures = book.Sheets.getByName("Số liệu")
    figures.Rows.insertByIndex(6, 1)
    figures.Columns.insertByIndex(2, 1)
    book.Sheets.getByName("Thông tin").Rows.insertByIndex(1, 1)
    figures.Name = "Bieu 1"
    book.Sheets.getByName("Hoạt động").Name = "Sheet5"
    book.Sheets.moveByName("Bieu 1", 0)
    book.Sheets.moveByName("Sheet5", book.Sheets.Count)


def work(desktop, job):
    """One workbook from opening to closing."""
    book = desktop.loadComponentFromURL(Path(job["open"]).as_uri(), "_blank", 0, properties(Hidden=True))
    for sheet, address, value in job["type"]:
        type_into(book, sheet, address, value)
    if job["rearrange"]:
        rearrange(book)
    book.calculateAll()
    book.storeToURL(Path(job["save"]).as_uri(), properties(FilterName=XLSX))
    book.close(True)


if __name__ == "__main__":
    desktop = connect(sys.argv[2])
    for job in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        work(desktop, job)
    desktop.terminate()
