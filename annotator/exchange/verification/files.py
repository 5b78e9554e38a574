"""The files of a dataset, and whether they are the ones its BagIt manifests (RFC 8493) name."""

import hashlib
import json
import re
import stat
import zipfile

BAG_FILES = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
CRATE = "data/ro-crate-metadata.json"
# A name that a careless program would write somewhere else than below the top folder.
ASTRAY = re.compile(r"[\\:\x00-\x1f\x7f]|(?:\A|/)(?:\.{0,2})(?:/|\Z)")


class Files:
    """The files of a bag, by path below its top folder, from a folder or straight from the ZIP.

    Raises ValueError for a ZIP or folder that no dataset is, whatever its files hold.
    """

    def __init__(self, path):
        self._zip = None
        self._digests: dict[str, tuple[str, int]] = {}
        if path.is_dir():
            top = path.parent if path.name == "data" and (path.parent / "bagit.txt").is_file() else path
            there = {p.relative_to(top).as_posix(): p for p in sorted(top.rglob("*"))}
            links = [name for name, p in there.items() if p.is_symlink()]
            if links:
                raise ValueError(f"{links[0]} is a link to something else, not a file of the dataset")
            self.paths = {name: p for name, p in there.items() if p.is_file()}
            return
        try:
            self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile:
            raise ValueError("the file is no ZIP, or a part of it is missing") from None
        try:
            self.paths = members(self._zip)
        except ValueError:
            self._zip.close()
            raise

    def open(self, path):
        if path not in self.paths:
            raise ValueError(f"{path} is missing")
        there = self.paths[path]
        return self._zip.open(there) if self._zip else there.open("rb")

    def read(self, path):
        with self.open(path) as stream:
            return stream.read()

    def digest(self, path):
        """SHA-256 and size in bytes; each file is read once for it."""
        if path not in self._digests:
            digest, size = hashlib.sha256(), 0
            with self.open(path) as stream:
                for piece in iter(lambda: stream.read(1 << 20), b""):
                    digest.update(piece)
                    size += len(piece)
            self._digests[path] = digest.hexdigest(), size
        return self._digests[path]

    def close(self):
        if self._zip:
            self._zip.close()


def members(archive):
    """Of each file in the ZIP its path below the top folder and its name there.

    Nothing is ever unpacked from here; but what a reader of the ZIP might unpack elsewhere, over another
    file or as a link is no dataset. Raises ValueError.
    """
    infos = [member for member in archive.infolist() if not member.is_dir()]
    names = [member.filename for member in infos]
    for member in infos:
        if ASTRAY.search(member.filename) or member.filename != member.orig_filename:
            raise ValueError(f"the ZIP has a file by the name {member.orig_filename!r}")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise ValueError(f"{member.filename} in the ZIP is a link, not a file")
        if member.flag_bits & 1:
            raise ValueError(f"{member.filename} in the ZIP is encrypted")
    if len({name.split("/")[0] for name in names}) != 1 or len(set(names)) != len(names):
        raise ValueError("the ZIP does not hold exactly one top folder with each file once")
    return {name.partition("/")[2]: name for name in names}


def check_bag(files, report):
    missing = [path for path in BAG_FILES if path not in files.paths]
    for path in missing:
        report.say(f"{path} is missing")
    if missing:
        return
    if files.read("bagit.txt") != BAGIT:
        report.say("bagit.txt is not the declaration of a BagIt 1.0 bag in UTF-8")
    payload = {path for path in files.paths if path.startswith("data/")}
    sizes = check_manifest(files, "manifest-sha256.txt", payload, report)
    check_manifest(files, "tagmanifest-sha256.txt", set(BAG_FILES[:3]), report)
    oxum = f"Payload-Oxum: {sum(sizes)}.{len(sizes)}"
    if oxum not in files.read("bag-info.txt").decode().split("\n"):
        report.say(f"bag-info.txt does not state the size of the payload, {oxum}")
    for path in sorted(set(files.paths) - payload - set(BAG_FILES)):
        report.say(f"{path} does not belong to the dataset")


def check_manifest(files, manifest, wanted, report):
    """The sizes in bytes of the files that it names and that are there."""
    listed, sizes = {}, []
    lines = files.read(manifest).decode().split("\n")
    if lines.pop():
        report.say(f"{manifest} breaks off in its last line")
    for line in lines:
        match = MANIFEST_LINE.fullmatch(line)
        if not match or match[2] in listed:
            report.say(f"{manifest} has a line that is none, or is the second for a file: {line[:120]!r}")
        else:
            listed[match[2]] = match[1]
    for path in sorted(wanted ^ set(listed)):
        there = path in wanted
        report.say(f"{path} is not in {manifest}" if there else f"{manifest} names {path}, which is missing")
    for path in sorted(wanted & set(listed)):
        digest, size = files.digest(path)
        sizes.append(size)
        if digest != listed[path]:
            report.say(f"{path} has the SHA-256 {digest}, {manifest} says {listed[path]}")
    return sizes


def check_described(files, package, report):
    """datapackage.json and the RO-Crate state the digests and sizes of files too, and name all there are."""
    for resource in package["resources"]:
        path, stated = "data/" + resource["path"], (resource["hash"], resource["bytes"])
        if path in files.paths and stated != ("sha256:" + files.digest(path)[0], files.digest(path)[1]):
            report.say(f"datapackage.json states another size or SHA-256 of {path}")
    graph = json.loads(files.read(CRATE))["@graph"]
    parts = {"data/" + one["@id"]: one for one in graph if one.get("@type") == "File"}
    payload = {path for path in files.paths if path.startswith("data/") and path != CRATE}
    for path in sorted(payload ^ set(parts)):
        there = "does not name" if path in payload else "names what is missing,"
        report.say(f"ro-crate-metadata.json {there} {path}")
    for path in sorted(payload & set(parts)):
        digest, size = files.digest(path)
        if (parts[path].get("sha256"), parts[path].get("contentSize")) != (digest, str(size)):
            report.say(f"ro-crate-metadata.json states another size or SHA-256 of {path}")
