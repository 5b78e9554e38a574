"""`parquet/*.parquet`: the tables as Apache Parquet, typed as `datapackage.json` has them.

Format version 1, data pages version 1, not compressed (docs/adr/0022): each column of a row group is one
page, by a dictionary where that is shorter. `verify.py` carries this file: the standard library alone, Python
3.9.
"""

import struct
from array import array
from datetime import date

PQ_MAGIC = b"PAR1"
PQ_GROUP, PQ_CELL = 1 << 24, 60
"""Letters after which a row group is full, each cell counted so many more; what is in memory at a time."""
PQ_SCALE, PQ_PRECISION = 6, 38
PQ_BOOLEAN, PQ_INT32, PQ_INT64, PQ_BYTES, PQ_FIXED = 0, 1, 2, 6, 7
PQ_PLAIN, PQ_RLE, PQ_DICTIONARY = 0, 3, 8
PQ_I32, PQ_I64, PQ_BINARY, PQ_LIST, PQ_STRUCT = 5, 6, 8, 9, 12
PQ_EPOCH_DAY = date(1970, 1, 1).toordinal()


def pq_varint(number):
    made = bytearray()
    while number > 0x7F:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    made.append(number)
    return bytes(made)


def pq_int(number):
    """A signed number as the compact protocol of Thrift writes it."""
    return pq_varint(number << 1 if number >= 0 else (-number << 1) - 1)


def pq_binary(content):
    return pq_varint(len(content)) + content


def pq_list(kind, members):
    size = len(members)
    head = bytes([size << 4 | kind]) if size < 15 else bytes([0xF0 | kind]) + pq_varint(size)
    return head + b"".join(members)


def pq_struct(*fields):
    """Fields as (number, kind, encoded), numbers rising by less than 16."""
    made, last = [], 0
    for number, kind, encoded in fields:
        made += [bytes([(number - last) << 4 | kind]), encoded]
        last = number
    return b"".join([*made, b"\0"])


def pq_text(cell):
    content = cell.encode()
    return struct.pack("<I", len(content)) + content


def pq_day(cell):
    return struct.pack("<i", date.fromisoformat(cell).toordinal() - PQ_EPOCH_DAY)


def pq_moment(cell):
    """Microseconds since 1970, UTC."""
    days = date.fromisoformat(cell[:10]).toordinal() - PQ_EPOCH_DAY
    hours, minutes, seconds = map(int, (cell[11:13], cell[14:16], cell[17:19]))
    return struct.pack("<q", (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000000)


def pq_decimal(cell):
    """Exactly the number; raises ValueError for one that does not fit."""
    before, _, after = cell.partition(".")
    if len(before.lstrip("-")) > PQ_PRECISION - PQ_SCALE or len(after) > PQ_SCALE:
        raise ValueError(f"{cell} has too many digits for Parquet")
    return int(before + after.ljust(PQ_SCALE, "0")).to_bytes(16, "big", signed=True)


def pq_whole(cell):
    return struct.pack("<q", int(cell))


# Of each type in datapackage.json: the type stored, the type meant (none for a plain one), a cell encoded.
PQ_TYPES = {
    "string": (PQ_BYTES, 0, pq_text),
    "integer": (PQ_INT64, None, pq_whole),
    "number": (PQ_FIXED, 5, pq_decimal),
    "boolean": (PQ_BOOLEAN, None, None),
    "date": (PQ_INT32, 6, pq_day),
    "datetime": (PQ_INT64, 10, pq_moment),
}


def pq_field(field):
    """A column of the schema."""
    stored, meant, _ = PQ_TYPES[field["type"]]
    made = [(1, PQ_I32, pq_int(stored))]
    if stored == PQ_FIXED:
        made.append((2, PQ_I32, pq_int(16)))
    made.append((3, PQ_I32, pq_int(0 if pq_required(field) else 1)))
    made.append((4, PQ_BINARY, pq_binary(field["name"].encode())))
    if meant is not None:
        made.append((6, PQ_I32, pq_int(meant)))
    if stored == PQ_FIXED:
        made += [(7, PQ_I32, pq_int(PQ_SCALE)), (8, PQ_I32, pq_int(PQ_PRECISION))]
    return pq_struct(*made)


def pq_required(field):
    return bool(field.get("constraints", {}).get("required"))


def pq_bits(flags):
    """One bit for each, the first lowest, filled up to whole bytes."""
    letters = "".join(["1" if flag else "0" for flag in flags])
    return int(letters[::-1] or "0", 2).to_bytes((len(letters) + 7) // 8, "little")


def pq_levels(there):
    """Which of the values are there, as one run."""
    if all(there) or not any(there):
        runs = pq_varint(len(there) << 1) + (b"\1" if all(there) else b"\0")
    else:
        bits = pq_bits(there)
        runs = pq_varint(len(bits) << 1 | 1) + bits
    return struct.pack("<I", len(runs)) + runs


def pq_indices(values, places):
    """The place in the dictionary of each value, 8, 16 or 32 bits wide, filled up to eighths."""
    kind, width = ("B", 8) if len(places) <= 256 else ("H", 16) if len(places) <= 65536 else ("I", 32)
    numbers = array(kind, [places[value] for value in values])
    numbers.extend([0] * (-len(values) % 8))
    packed = numbers.tobytes()
    if struct.pack("=H", 1) != struct.pack("<H", 1):  # a machine that has the high byte first
        numbers.byteswap()
        packed = numbers.tobytes()
    return bytes([width]) + pq_varint(len(numbers) // 8 << 1 | 1) + packed


def pq_page(kind, number, header, content):
    """A page: its header, with the part `number` that only this kind has, and its content."""
    size = pq_int(len(content))
    head = [(1, PQ_I32, pq_int(kind)), (2, PQ_I32, size), (3, PQ_I32, size), (number, PQ_STRUCT, header)]
    return pq_struct(*head) + content


def pq_pages(field, cells):
    """The dictionary page or nothing, and the data page, of one column of a row group."""
    encode = PQ_TYPES[field["type"]][2]
    values = [cell for cell in cells if cell]
    if len(values) < len(cells) and pq_required(field):
        raise ValueError(f"{field['name']} is empty")
    levels = b"" if pq_required(field) else pq_levels(cells)
    distinct = dict.fromkeys(values)
    dictionary, encoding = b"", PQ_PLAIN
    if encode is None:
        content = pq_bits([value == "TRUE" for value in values])
    elif 2 * len(distinct) <= len(values):
        encoding = PQ_DICTIONARY
        header = pq_struct((1, PQ_I32, pq_int(len(distinct))), (2, PQ_I32, pq_int(PQ_PLAIN)))
        dictionary = pq_page(2, 7, header, b"".join(map(encode, distinct)))
        places = {value: place for place, value in enumerate(distinct)}
        content = pq_indices(values, places)
    else:
        content = b"".join(map(encode, values))
    numbers = enumerate((len(cells), encoding, PQ_RLE, PQ_RLE), 1)
    header = pq_struct(*((number, PQ_I32, pq_int(value)) for number, value in numbers))
    return dictionary, pq_page(0, 5, header, levels + content), encoding


def pq_chunk(field, count, at, dictionary, data, encoding):
    """What the end of the file says of one column of a row group, which begins at byte `at`."""
    size = len(dictionary) + len(data)
    encodings = sorted({PQ_PLAIN, PQ_RLE, encoding})
    fields = [
        (1, PQ_I32, pq_int(PQ_TYPES[field["type"]][0])),
        (2, PQ_LIST, pq_list(PQ_I32, list(map(pq_int, encodings)))),
        (3, PQ_LIST, pq_list(PQ_BINARY, [pq_binary(field["name"].encode())])),
        (4, PQ_I32, pq_int(0)),
        (5, PQ_I64, pq_int(count)),
        (6, PQ_I64, pq_int(size)),
        (7, PQ_I64, pq_int(size)),
        (9, PQ_I64, pq_int(at + len(dictionary))),
    ]
    if dictionary:
        fields.append((11, PQ_I64, pq_int(at)))
    return pq_struct((2, PQ_I64, pq_int(at)), (3, PQ_STRUCT, pq_struct(*fields)))


def pq_groups(rows):
    """The rows in groups of so many letters."""
    group, letters = [], 0
    for row in rows:
        group.append(row)
        letters += sum(map(len, row)) + PQ_CELL * len(row)
        if letters >= PQ_GROUP:
            yield group
            group, letters = [], 0
    if group:
        yield group


def parquet_of(name, fields, rows):
    """(name of the column, bytes) of the file, page by page; `rows` are cells in the order of `fields`."""
    yield name, PQ_MAGIC
    at, count, groups = len(PQ_MAGIC), 0, []
    for group in pq_groups(rows):
        begin, chunks = at, []
        for field, cells in zip(fields, zip(*group)):  # noqa: B905  (Python 3.9)
            dictionary, data, encoding = pq_pages(field, cells)
            chunks.append(pq_chunk(field, len(group), at, dictionary, data, encoding))
            at += len(dictionary) + len(data)
            yield f"{name}.{field['name']}", dictionary + data
        sizes = (2, PQ_I64, pq_int(at - begin)), (3, PQ_I64, pq_int(len(group)))
        groups.append(pq_struct((1, PQ_LIST, pq_list(PQ_STRUCT, chunks)), *sizes))
        count += len(group)
    root = pq_struct((4, PQ_BINARY, pq_binary(b"schema")), (5, PQ_I32, pq_int(len(fields))))
    foot = pq_struct(
        (1, PQ_I32, pq_int(1)),
        (2, PQ_LIST, pq_list(PQ_STRUCT, [root, *map(pq_field, fields)])),
        (3, PQ_I64, pq_int(count)),
        (4, PQ_LIST, pq_list(PQ_STRUCT, groups)),
        (6, PQ_BINARY, pq_binary(b"Sourceline")),
    )
    yield f"{name}, its end", foot + struct.pack("<I", len(foot)) + PQ_MAGIC


def write_parquet(db, package, table):
    """(place, bytes) of the file of one table."""
    (fields,) = (one["schema"]["fields"] for one in package["resources"] if one["name"] == table)
    columns = ", ".join('"' + field["name"].replace('"', '""') + '"' for field in fields)
    return parquet_of(table, fields, db.execute(f"SELECT {columns} FROM {table} ORDER BY row"))  # noqa: S608
