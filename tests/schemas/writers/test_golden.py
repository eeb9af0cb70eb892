"""One incident of middle size as the document it makes, to be read by people when it changes.

After an intended change, `python -m tests.schemas.writers.test_golden` writes the documents anew; read the difference.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Final, get_args

import pytest

from schemas.incident import (
    Action,
    Comment,
    Event,
    Factor,
    Impact,
    Incident,
    OtherSection,
    Review,
    Sections,
    Stated,
    Waiver,
)
from schemas.writers.markdown import to_markdown
from schemas.writers.source import Audience

GOLDEN: Final = Path(__file__).parent / "golden"
EAT: Final = timezone(timedelta(hours=3))

INCIDENT: Final = Incident(
    title="Search returned nothing for C# | F# queries",
    status="in-review",
    severity="SEV2",
    zone="Africa/Nairobi",
    owner="Wanjiru K.",
    authors=("Wanjiru K.", "Otieno"),
    services=("search-api", "index_builder"),
    tags=("search", "deploy"),
    sections=Sections(
        summary=(
            "A change to the *tokeniser* dropped the character `#`.\n\n"
            "Searches for `C#` found nothing for **about an hour**; all others worked."
        ),
        impact="# Who\n\nPeople who search for languages.  \nNobody else.\n\n# What\n\n- no results\n- no error either",
        trigger="Deploy of `search-api` 4.2:\n\n```sh\n# on the bastion\ndeploy search-api 4.2",
        root_cause=(
            "The tokeniser took `#` for the start of a comment.\n\nWhy nobody saw it\n-----------------\n\n"
            "No test searched for it."
        ),
        resolution="Rolled back to 4.1, then reindexed.",
        went_well="The rollback took 4 minutes.",
        lessons="Test with the queries that people type.",
    ),
    other_sections=(OtherSection(id="v3nd", heading="Vendor's view", after="resolution", body="> Not our fault."),),
    impacts=(
        Impact(id="i001", what="Searches without a result", amount=12480, total=96000, unit="searches", about=True),
        Impact(id="i002", what="Support tickets", amount=17, audience="internal"),
    ),
    factors=(
        Factor(id="f001", text="Tests use made-up queries,\nnone of them with punctuation", kind="testing"),
        Factor(id="f002", text="No alert on searches that find nothing", links=("https://wiki.example/alerts#search",)),
    ),
    events=(
        Event(id="e001", at=datetime(2024, 5, 2, 22, 40, tzinfo=EAT), text="Deploy of search-api 4.2", kind="change",
              milestones=("impact-start",), links=("https://ci.example/run/812?a=1&b=2",)),
        Event(id="e002", at=datetime(2024, 5, 2, 23, 5), margin="5m", text="First complaint in *#help*",
              kind="communication", as_written="shortly after 11"),
        Event(id="e003", text="Somebody looked at the dashboards and saw nothing", as_written="a bit later",
              actor="on-call"),
        Event(id="e004", at=datetime(2024, 5, 2, 23, 20), text="Support passed on 3 tickets | all about C#",
              milestones=("detected",), kind="alert", recorded=datetime(2024, 5, 3, 7, 0, tzinfo=UTC)),
        Event(id="e005", at=datetime(2024, 5, 2, 23, 25), until=time(0, 10),
              text="Network suspected:\nping fine, DNS fine", kind="false-lead", actor="Otieno", audience="internal"),
        Event(id="e006", at=datetime(2024, 5, 3, 0, 14), text="Rolled back to 4.1", kind="action", actor="Otieno",
              milestones=("mitigated",)),
        Event(id="e007", at=datetime(2024, 5, 3, 1, 0), latest=datetime(2024, 5, 3, 1, 30), text="Index complete again",
              milestones=("recovered", "resolved")),
        Event(id="e008", at=date(2024, 5, 6), text="Review held", kind="note"),
    ),
    stated=(Stated(what="duration", value="about an hour", where="summary", line=3, minutes=60, about=True),),
    actions=(
        Action(id="a001", text="Search for real queries in the tests", owner="Otieno", due=date(2024, 5, 17),
               type="prevent", priority="P1", status="in-progress", link="https://tracker.example/SRCH-91"),
        Action(id="a002", text="Alert when searches find nothing", type="detect"),
    ),
    comments=(
        Comment(id="c001", on="events/e005", author="Achieng", at=datetime(2024, 5, 6, 12, 0), text="Why the network?"),
    ),
    reviews=(Review(id="r001", reviewer="Achieng", verdict="approve"),),
    waivers=(Waiver(rule="A01", where="actions/a002", reason="Team decides on Monday", by="Wanjiru K."),),
)  # fmt: skip


def path_of(audience: str) -> Path:
    return GOLDEN / f"search_{audience}.md"


@pytest.mark.parametrize("audience", get_args(Audience))
def test_the_document_is_the_one_that_was_read(audience: Audience) -> None:
    assert to_markdown(INCIDENT, audience=audience, remarks=True) == path_of(audience).read_text(encoding="utf-8")


if __name__ == "__main__":
    for each in get_args(Audience):
        path_of(each).write_text(to_markdown(INCIDENT, audience=each, remarks=True), encoding="utf-8")
