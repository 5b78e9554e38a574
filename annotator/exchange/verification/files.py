"""The files of a dataset, and whether they are the ones its BagIt manifests (RFC 8493) name."""

import hashlib
import re
import zipfile

BAG_FILES = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")


class Files:
    """The files of a bag, by path below its top folder, from a folder or straight from the ZIP."""

    def __init__(self, path):
        self._zip = None
        if path.is_dir():
            top = path.parent if path.name == "data" and (path.parent / "bagit.txt").is_file() else path
            self.paths = {p.relative_to(top).as_posix(): p for p in sorted(top.rglob("*")) if p.is_file()}
            return
        self._zip = zipfile.ZipFile(path)
        names = [member.filename for member in self._zip.infolist() if not member.is_dir()]
        if len({name.split("/")[0] for name in names}) != 1 or len(set(names)) != len(names):
            raise ValueError("the ZIP does not hold exactly one top folder with each file once")
        self.paths = {name.partition("/")[2]: name for name in names}

    def open(self, path):
        there = self.paths[path]
        return self._zip.open(there) if self._zip else there.open("rb")

    def read(self, path):
        with self.open(path) as stream:
            return stream.read()

    def digest(self, path):
        """SHA-256 and size in bytes."""
        digest, size = hashlib.sha256(), 0
        with self.open(path) as stream:
            for piece in iter(lambda: stream.read(1 << 20), b""):
                digest.update(piece)
                size += len(piece)
        return digest.hexdigest(), size

    def close(self):
        if self._zip:
            self._zip.close()


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
    for line in files.read(manifest).decode().split("\n")[:-1]:
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
