"""What is wrong with text that cannot be read, in words: what, where, and what to do."""

from sepaham.ingestion.items import MAX_RECORD

TOO_LARGE = f"the record is larger than {MAX_RECORD // 2**20} MiB"


def bad_bytes(error: UnicodeDecodeError, where: str) -> str:
    """What to say of bytes that are not UTF-8; positions count from 1."""
    byte, place = error.object[error.start], error.start + 1
    return f"byte 0x{byte:02X} at position {place} of the {where} is not UTF-8: save it as UTF-8"


def not_unicode(text: str) -> str:
    """Says where the text holds something that UTF-8 cannot write; empty when all is well."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        what = f"byte 0x{code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else f"lone surrogate U+{code:04X}"
        return f"{what} at character {error.start + 1} is not UTF-8: save it as UTF-8"
    return ""
