"""Small files of each kind that accounts and people exchange, made here byte by byte."""

import base64
import struct
import zlib


def png(width: int, height: int, rgb: tuple[int, int, int]) -> bytes:
    """A picture in one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes(rgb) * width) * height)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def amr(millis: int) -> bytes:
    """A voice at 4.75 kbit/s that says nothing; frames of 20 ms."""
    return b"#!AMR\n" + (b"\x04" + bytes(12)) * (millis // 20)


def mp4(millis: int) -> bytes:
    """A film without tracks."""

    def box(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", 8 + len(body)) + kind + body

    header = bytes(12) + struct.pack(">II", 1000, millis) + bytes(80)
    kind = box(b"ftyp", b"isom" + struct.pack(">I", 512) + b"isomiso2mp41")
    return kind + box(b"moov", box(b"mvhd", header)) + box(b"mdat", b"a teahouse at dusk")


PNG = png(32, 24, (58, 110, 84))
VOICE = amr(2_000)
FILM = mp4(3_000)

JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////"
    "////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAA"
    "AAAAAAAAAAD/2gAIAQEAAD8AR//Z"
)
