"""Small questions: a choice between buttons, a line to type, a message to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from schemas.text import clean_line
from tui.screens.base import still_there
from tui.screens.fresh import Fresh
from tui.widgets.own_keys import OwnKeys
from tui.widgets.rows import Rows, Span, fit
from tui.workspace.errors import UserError

Result = TypeVar("Result")


class Dialog(Fresh, ModalScreen[Result]):
    """A box over the screen, which stays visible around it; Escape closes it without an answer."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: transparent;
        & > Vertical {
            width: 64;
            max-width: 96%;
            height: auto;
            max-height: 94%;
            border: round $accent;
            border-title-color: $foreground;
            background: $background;
            padding: 0 1;
        }
        .detail { height: auto; color: $foreground; margin: 0 0 1 0; }
        .hint { height: auto; color: $secondary; margin: 0 0 1 0; }
        .wrong { height: auto; color: $error; }
        VerticalScroll { height: auto; max-height: 14; scrollbar-size: 1 1; }
        Input {
            border: none; height: 1; padding: 0 1; margin: 0 0 1 0; background: $surface; color: $foreground;
            &:focus { border: none; background: $primary-muted; }
            .input--cursor { background: $foreground; color: $background; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "close", show=False)]

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """What is under the mouse, if it is still on the screen."""
        return still_there(super().get_widget_and_offset_at(x, y))

    async def on_key(self, event: events.Key) -> None:
        """Keys that came before the line was there to take them are given to it."""
        for line in self.query(Input):
            if event.is_printable and event.character:
                event.stop()
                line.insert_text_at_cursor(event.character)
            elif event.key == "enter":
                event.stop()
                await line.action_submit()
            return


class _Answers(Rows):
    """The possible answers, one a line."""

    DEFAULT_CSS = "_Answers { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", show=False)]

    def __init__(self, answers: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self._answers = answers
        self.styles.height = len(answers)

    def on_mount(self) -> None:
        self.rows_changed(len(self._answers))

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        key, label, _ = self._answers[index]
        here = "▌" if index == self.index else " "
        return ((f"{here} ", "accent"), (f"{key}  ", "accent"), (fit(label, width - 5), "text"))


class Confirm(Dialog[str]):
    """A question with a few answers, each with its letter. Gives the answer's name, or None for Escape."""

    def __init__(self, title: str, detail: str, answers: Sequence[tuple[str, str, str]]) -> None:
        """`answers` are (letter, label, name), the safest first."""
        super().__init__()
        self._title, self._detail, self._answers = title, detail, answers

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(f" {clean_line(self._title)} ")
            if self._detail:
                with VerticalScroll(can_focus=False):
                    yield Static(Content(self._detail), classes="detail", markup=False)
            yield _Answers(self._answers)

    def on_mount(self) -> None:
        """The first answer is ready to be taken."""
        self.set_focus(self.query_one(_Answers))

    def on_resize(self, event: events.Resize) -> None:
        """The answers are always in sight: it is the question that scrolls."""
        for detail in self.query(VerticalScroll):
            detail.styles.max_height = max(1, min(14, event.size.height * 94 // 100 - len(self._answers) - 3))

    async def on_key(self, event: events.Key) -> None:
        """Letters answer at once."""
        for letter, _, name in self._answers:
            if event.character == letter:
                event.stop()
                self.dismiss(name)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Enter or a click takes the answer."""
        self.dismiss(self._answers[event.index][2])


class _Line(OwnKeys, Input):
    pass


class Ask(Dialog[str]):
    """A line to type. `check` returns what is wrong with it, or nothing; gives the line, or None for Escape."""

    def __init__(
        self,
        title: str,
        *,
        detail: str = "",
        value: str = "",
        hint: str = "",
        check: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._detail, self._value, self._hint = title, detail, value, hint
        self._check = check

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(f" {clean_line(self._title)} ")
            if self._detail:
                yield Static(Content(self._detail), classes="detail", markup=False)
            line = _Line(self._value, select_on_focus=False)
            line.cursor_blink = False
            yield line
            yield Static(Content(self._hint or "Enter takes it · Esc leaves"), classes="hint", markup=False)

    def on_mount(self) -> None:
        """The cursor is in the line."""
        self.set_focus(self.query_one(Input))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the line, or say what is wrong with it."""
        event.stop()
        wrong = self._check(event.value) if self._check else ""
        if wrong:
            below = self.query_one(".hint", Static)
            below.update(Content(f"✗ {wrong}"))
            below.set_class(True, "wrong")
        else:
            self.dismiss(clean_line(event.value))


class Message(Dialog[None]):
    """Something that a person has to know and can act on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "dismiss(None)", show=False)]

    def __init__(self, title: str, detail: str = "", hint: str = "") -> None:
        super().__init__()
        self._title, self._detail, self._hint = title, detail, hint

    @classmethod
    def of(cls, error: UserError) -> Message:
        """The dialog for a failure."""
        return cls(error.title, error.detail, error.hint)

    def compose(self) -> ComposeResult:
        """The box."""
        short = len(self._title) <= 54
        body = (self._detail or self._title) if short else "\n\n".join(filter(None, [self._title, self._detail]))
        with Vertical() as box:
            box.border_title = Content(f" {clean_line(self._title)} " if short else " That did not work ")
            with VerticalScroll(can_focus=True):
                yield Static(Content(body), classes="detail", markup=False)
            if self._hint:
                yield Static(Content(self._hint), classes="detail", markup=False)
            yield Static(Content("Enter or Esc closes"), classes="hint", markup=False)
