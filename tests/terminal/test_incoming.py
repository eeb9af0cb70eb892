"""Bytes from a terminal, good and bad, become keys and pastes; what is neither is dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.incoming import HOLD, MOST_PASTED, PASTE_LIMIT, STRING_LIMIT, Incoming, Piece
from tui.terminal.key_reader import is_known


def pieces(*chunks: bytes) -> list[Piece]:
    """What chunks amount to that come without a pause; text that belongs together in one piece."""
    incoming = Incoming(is_known)
    return joined([piece for chunk in chunks for piece in incoming.feed(chunk, 0.0)])


def joined(found: list[Piece]) -> list[Piece]:
    result: list[Piece] = []
    for piece in found:
        if result and piece.kind == result[-1].kind == "keys":
            piece = Piece("keys", result.pop().text + piece.text)
        result.append(piece)
    return result


def keys(text: str) -> list[Piece]:
    return [Piece("keys", text)] if text else []


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain", "plain"),
        ("zażółć 🙂".encode(), "zażółć 🙂"),
        (b"a\xffb\xfe\xc0c", "a�b��c"),
        ("é".encode("latin-1") + b"t\xe9 ", "�t� "),
        (b"\xe2\x82x", "�x"),
        (b"a\x00b", "a\x00b"),
        (b"\xed\xa0\x80", "���"),
        (b"\x1b[A\x1b[1;5C\x1bOP\x1b[15~\x1b[[A\x1b[3$\x1b[Z", "\x1b[A\x1b[1;5C\x1bOP\x1b[15~\x1b[[A\x1b[3$\x1b[Z"),
        (b"\x1bx\x1b\x1b[A", "\x1bx\x1b\x1b[A"),
        (b"\x1b[97;5u\x1b[<0;3;4M\x1b[<0;3;4m\x1b[I\x1b[O", "\x1b[97;5u\x1b[<0;3;4M\x1b[<0;3;4m\x1b[I\x1b[O"),
        (b"\x1b[?2026;2$y\x1b[48;40;120;800;1200t", "\x1b[?2026;2$y\x1b[48;40;120;800;1200t"),
    ],
)
def test_keys_stay_keys_and_bad_bytes_are_marked(data: bytes, text: str) -> None:
    assert pieces(data) == keys(text)


@pytest.mark.parametrize(
    "answer",
    [
        b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07", b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", b"\x1b]52;c;c2VjcmV0\x07",
        b"\x1bP>|tmux 3.4\x1b\\", b"\x1bP1+r544e=78\x1b\\", b"\x1bP1$r0m\x1b\\", b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b[?62;22c", b"\x1b[>41;370;0c", b"\x1b[=1u", b"\x1b[?7u", b"\x1b[0n", b"\x1b[8;40;120t", b"\x1b[20;2$y",
        b"\x1b[999z", b"\x1b[M \x21\x22", "\x1b[M \xe9!".encode("latin-1"), b"\x1b[201~",
    ],
)  # fmt: skip
def test_an_answer_that_comes_late_is_not_typed(answer: bytes) -> None:
    assert pieces(b"a" + answer + b"b") == keys("ab")
    assert pieces(b"a", *(bytes([each]) for each in answer), b"b") == keys("ab")


def test_a_broken_sequence_takes_only_itself() -> None:
    assert pieces("\x1b[12é!\x1b[B".encode()) == keys("é!\x1b[B")
    assert pieces(b"\x1b]11;rgb:\x18ab") == keys("ab")
    assert pieces(b"\x1b]11;rgb:\x1b[A") == keys("\x1b[A")
    assert pieces(b"\x1b[" + b"1" * 5000 + b"\x1b[A") == keys("\x1b[A")


def test_a_paste_is_one_piece_however_it_is_cut() -> None:
    data = b"a\x1b[200~one\r\x1b[31mtwo\x00\xff\x1b[201~b"
    whole = [Piece("keys", "a"), Piece("paste", "one\r\x1b[31mtwo�"), Piece("keys", "b")]
    assert pieces(data) == whole
    for at in range(len(data)):
        assert pieces(data[:at], data[at:]) == whole


def test_a_paste_without_an_end_ends_by_itself() -> None:
    incoming = Incoming(is_known)
    assert incoming.feed(b"\x1b[200~kept\x1b[2", 0.0) == []
    assert incoming.tick(PASTE_LIMIT - 0.1) == []
    assert incoming.tick(PASTE_LIMIT) == [Piece("paste", "kept\x1b[2")]
    assert incoming.feed(b"x", PASTE_LIMIT) == keys("x")


def test_an_enormous_paste_comes_in_parts() -> None:
    incoming = Incoming(is_known)
    (first,) = incoming.feed(b"\x1b[200~" + b"x" * MOST_PASTED, 0.0)
    (second,) = incoming.feed(b"yy\x1b[201~", 0.0)
    assert (len(first.text), second) == (MOST_PASTED, Piece("paste", "yy"))


def test_escape_alone_is_a_key_once_nothing_follows() -> None:
    incoming = Incoming(is_known)
    assert incoming.feed(b"\x1b", 0.0) == []
    assert incoming.tick(HOLD / 2) == []
    assert incoming.tick(HOLD) == [Piece("escape", "\x1b")]
    assert incoming.tick(2 * HOLD) == []
    assert incoming.feed(b"\x1b", 1.0) + incoming.feed(b"[A", 1.05) == keys("\x1b[A")
    # Alt+[ and Alt+] begin like other things.
    for alone in (b"\x1b[", b"\x1b]", b"\x1bO"):
        assert incoming.feed(alone, 2.0) == []
        assert incoming.tick(2.0 + HOLD) == keys(alone.decode())


def test_what_never_ends_is_given_up() -> None:
    incoming = Incoming(is_known)
    assert incoming.feed(b"\x1b]11;rgb:12", 0.0) == []
    assert incoming.tick(STRING_LIMIT) == []
    assert incoming.feed(b"x\xe9", 1.0) == keys("x")
    assert incoming.tick(1.0 + STRING_LIMIT / 2) == []
    assert incoming.tick(1.0 + STRING_LIMIT) == keys("�")
    assert incoming.feed(b"y", 2.5) == keys("y")


TOKENS = st.sampled_from(
    [
        b"\x1b", b"[", b"]", b"P", b"O", b"M", b"200~", b"\x1b[200~", b"\x1b[201~", b"\x07", b"\x1b\\", b"11;", b"?",
        b"1;5", b"$", b"y", b"A", b"~", b"\xff", b"\xe2", "é".encode(), b"text", b"<0;1;1M", b"\x1b_G", b"\x00",
        b"\x18",
    ]
)  # fmt: skip


@given(st.lists(TOKENS | st.binary(max_size=3), max_size=30), st.data())
def test_it_is_the_same_however_the_bytes_arrive(tokens: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(tokens)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=8)))
    chunks = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    assert pieces(*chunks) == pieces(whole)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc"))))
def test_plain_text_is_never_touched(text: str) -> None:
    assert pieces(text.encode()) == keys(text)
