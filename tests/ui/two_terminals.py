"""The app on two terminals at once: one gets all that Textual sends, the other what differs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyte
from rich.color import ColorSystem
from rich.console import RenderableType
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual._context import visible_screen_stack
from textual._styles_cache import StylesCache
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.app import PostmortemApp, Start
from tui.terminal.screen_diff import SentScreen, pieces_of
from tui.terminal.touched_lines import textual_chops
from tui.workspace.services import Services


class TwiceShownApp(PostmortemApp):
    """Counts the bytes of both ways, and how many updates were `painted`: had anything to be sent. `differences` names
    the first cell of each update that is not the same.
    """

    def __init__(self, path: Path, services: Services | None = None, *, start: Start = "") -> None:
        super().__init__(path, services or Services.fake(), start=start)
        self.plain_bytes = self.sent_bytes = self.updates = self.painted = 0
        self.differences: list[str] = []
        self._plain = pyte.Screen(1, 1)
        self._sparing = pyte.Screen(1, 1)
        self._anew = pyte.Screen(1, 1)
        self._lines: dict[int, str] = {}
        self._touched: set[int] = set()
        self._scrambled = False
        self._shown = SentScreen(fills=True)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            self._show(renderable, screen._compositor.size)
        super()._display(screen, renderable)

    def _show(self, update: LayoutUpdate | ChopsUpdate, drawn_for: Size) -> None:
        width, height = self.size
        if (self._plain.columns, self._plain.lines) != (width, height):
            self._plain, self._sparing = pyte.Screen(width, height), pyte.Screen(width, height)
            self._anew = pyte.Screen(1, 1)
            self._touched.clear()
            self._shown.forget()
        for each in (self._plain, self._sparing):
            # Textual turns wrapping off, and begins wherever the cursor was left.
            each.reset_mode(7, private=True)
        said = self._shown.changes(pieces_of(update), (width, height), self._colours)
        plain = update.render_segments(self.console)
        self.updates += 1
        self.painted += bool(said)
        self.plain_bytes += len(plain.encode())
        self.sent_bytes += len(said.encode())
        pyte.Stream(self._sparing).feed(said)
        if drawn_for != self.size:
            # Textual may paint once more for the size before. A terminal that is smaller now wraps and scrolls what it
            # cannot show; it is right again with the next update, which is of everything.
            self._scrambled = True
            return
        if isinstance(update, LayoutUpdate) and update.region.size == self.size:
            self._scrambled = False
        if self._scrambled:
            return
        pyte.Stream(self._plain).feed(plain)
        touched = self._plain.dirty | self._sparing.dirty
        self._plain.dirty.clear()
        self._sparing.dirty.clear()
        self._touched |= touched
        self._compare(self._plain, sorted(touched), f"update {self.updates}")

    def compare_with_all_anew(self, when: str) -> None:
        """Hold the terminal that gets what differs against the whole screen, drawn by Textual's own compositor with
        nothing remembered of what was drawn before; for a moment in which nothing is to be painted.
        """
        screen, (width, height) = self.screen, self.size
        unpainted = screen._dirty_widgets or screen._layout_required or screen._compositor._dirty_regions
        if unpainted or (self._sparing.columns, self._sparing.lines) != (width, height):
            return
        self._compare_layout(screen, when)
        visible_screen_stack.set(self._background_screens)
        kept = {widget: widget._styles_cache for widget in screen.walk_children(Widget, with_self=True)}
        try:
            for widget in kept:
                widget._styles_cache = StylesCache()
            chops = textual_chops(screen._compositor, screen._compositor.size.region, lambda _: True)
        finally:
            for widget, cache in kept.items():
                widget._styles_cache = cache
        if (self._anew.columns, self._anew.lines) != (width, height):
            self._anew, self._lines = pyte.Screen(width, height), {}
        self._anew.reset_mode(7, private=True)
        for y, line in enumerate(chops):
            strip = Strip.join(line.values())
            said = "".join(Strip.render_style(style or Style.null(), text, self._colours) for text, style, _ in strip)
            if self._lines.get(y) != said:
                self._lines[y] = said
                self._touched.add(y)
                pyte.Stream(self._anew).feed(f"\x1b[{y + 1};1H\x1b[m\x1b[2K{said}")
        self._compare(self._anew, sorted(self._touched), when)
        self._touched.clear()

    def _compare_layout(self, screen: Screen[object], when: str) -> None:
        """Hold the places of the widgets against those of a layout from scratch."""
        widgets = list(screen.walk_children(Widget, with_self=True))
        if any(widget._layout_required for widget in widgets):
            return
        compositor = screen._compositor
        now = {widget: (each.region, each.clip) for widget, each in compositor.full_map.items()}
        for widget in widgets:
            widget._clear_arrangement_cache()
            widget.clear_cached_dimensions()
        anew, _ = compositor._arrange_root(screen, compositor.size, visible_only=False)
        if now != {widget: (each.region, each.clip) for widget, each in anew.items()}:
            moved = [each for each in now.keys() | anew.keys() if each not in anew or now.get(each) != anew[each][:3:2]]
            self.differences.append(f"{when}: a layout from scratch puts elsewhere {moved}")

    @property
    def _colours(self) -> ColorSystem:
        return self.console._color_system or ColorSystem.TRUECOLOR

    def _compare(self, other: pyte.Screen, rows: Iterable[int], when: str) -> None:
        for y in rows:
            for x in range(other.columns):
                if look(other.buffer[y][x]) != look(self._sparing.buffer[y][x]):
                    self.differences.append(
                        f"{when}, row {y}, column {x}: {other.buffer[y][x]} is {self._sparing.buffer[y][x]}"
                    )
                    return


def look(cell: pyte.screens.Char) -> pyte.screens.Char:
    """A cell as it is seen: what colour a letter would have does not show on a blank, nor whether it would be bold.

    A mark that begins a line falls on what stands before it there, which is not its own.
    """
    if len(cell.data) > 1 and not cell.data[0].isalnum():
        cell = cell._replace(data=cell.data[0])
    if cell.data == " " and not (cell.underscore or cell.strikethrough or cell.reverse or cell.blink):
        return cell._replace(fg="", bold=False, italics=False)
    return cell
