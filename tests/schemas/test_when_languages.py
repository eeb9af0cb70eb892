"""Times in Spanish, Portuguese, French and German."""

from __future__ import annotations

import pytest

from schemas.month_names import MONTHS, WEEKDAYS, month_number, weekday_number
from schemas.when import read_time, take_time
from tests.schemas.typed_times import NAIROBI, said

FORMS = [
    # Spanish
    ("2 de mayo de 2024 14:30", "2024-05-02 14:30"),
    ("2 de mayo del 2024 a las 14:30", "2024-05-02 14:30"),
    ("el 2 de mayo de 2024", "2024-05-02"),
    ("jueves 2 de mayo, 14:05", "2024-05-02 14:05"),
    ("jueves, 2 de mayo de 2024", "2024-05-02"),
    ("miércoles 1 mayo 2024 14:05", "2024-05-01 14:05"),
    ("3 ene 2024", "2024-01-03"),
    ("15 dic 2023 9:05 a. m.", "2023-12-15 09:05"),
    ("10 de septiembre de 2023", "2023-09-10"),
    ("a las 14:30", "2024-05-02 14:30"),
    ("de 14:05 a 14:20", "2024-05-02 14:05 – 2024-05-02 14:20"),
    ("entre 14:05 y 14:20", "2024-05-02 14:05 .. 2024-05-02 14:20"),
    ("mediodía", "2024-05-02 12:00"),
    ("medianoche", "2024-05-03 00:00"),
    ("ayer 23:10", "2024-05-05 23:10"),
    ("7:30 p. m.", "2024-05-02 19:30"),
    # Portuguese
    ("2 de maio às 14h", "2024-05-02 14:00"),
    ("2 de maio de 2024 às 14h30", "2024-05-02 14:30"),
    ("quinta-feira, 2 de maio de 2024 às 14:05", "2024-05-02 14:05"),
    ("1º de março de 2024", "2024-03-01"),
    ("5 fev 2024", "2024-02-05"),
    ("10 out 2023", "2023-10-10"),
    ("7 dez 2023", "2023-12-07"),
    ("às 14h", "2024-05-02 14:00"),
    ("às 14:05", "2024-05-02 14:05"),
    ("14:05 às 14:20", "2024-05-02 14:05 – 2024-05-02 14:20"),
    ("meio-dia", "2024-05-02 12:00"),
    ("meia-noite", "2024-05-03 00:00"),
    ("ontem 23:10", "2024-05-05 23:10"),
    # French
    ("2 mai 2024 à 14h30", "2024-05-02 14:30"),
    ("le 2 mai 2024 à 14h", "2024-05-02 14:00"),
    ("1er mai 2024", "2024-05-01"),
    ("jeudi 2 mai 2024 14:05", "2024-05-02 14:05"),
    ("3 févr. 2024", "2024-02-03"),
    ("3 août 2023", "2023-08-03"),
    ("3 aout 2023", "2023-08-03"),
    ("25 déc. 2023 18h", "2023-12-25 18:00"),
    ("14h30", "2024-05-02 14:30"),
    ("14 h 30", "2024-05-02 14:30"),
    ("14h", "2024-05-02 14:00"),
    ("18H30", "2024-05-02 18:30"),
    ("vers 14h30", "2024-05-02 14:30"),
    ("midi", "2024-05-02 12:00"),
    ("minuit", "2024-05-03 00:00"),
    ("hier 23h10", "2024-05-05 23:10"),
    # German
    ("2. Mai 2024 um 14:30 Uhr", "2024-05-02 14:30"),
    ("Donnerstag, 2. Mai 2024, 14:30", "2024-05-02 14:30"),
    ("Do., 2. Mai 2024, 14:30 Uhr", "2024-05-02 14:30"),
    ("am 2. Mai 2024", "2024-05-02"),
    ("3. März 2024", "2024-03-03"),
    ("3. Okt. 2023", "2023-10-03"),
    ("24. Dez. 2023 18 Uhr", "2023-12-24 18:00"),
    ("1. Jänner 2024", "2024-01-01"),
    ("02.05.2024 14:05", "2024-05-02 14:05"),
    ("um 14 Uhr", "2024-05-02 14:00"),
    ("14 Uhr 30", "2024-05-02 14:30"),
    ("von 14:05 bis 14:20", "2024-05-02 14:05 – 2024-05-02 14:20"),
    ("zwischen 14:05 und 14:20", "2024-05-02 14:05 .. 2024-05-02 14:20"),
    ("Mitternacht", "2024-05-03 00:00"),
    ("gestern 23:10", "2024-05-05 23:10"),
]


@pytest.mark.parametrize(("text", "meaning"), FORMS, ids=[form[0] for form in FORMS])
def test_written_forms(text: str, meaning: str) -> None:
    assert said(read_time(text, NAIROBI)) == meaning


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("2 de mayo 14:05 caída", " caída"),
        ("a las 14:30 cayó", " cayó"),
        ("às 14h - deploy", " - deploy"),
        ("14h30 déploiement", " déploiement"),
        ("14h - déploiement", " - déploiement"),
        ("um 14:05 Uhr neu gestartet", " neu gestartet"),
        ("14 Uhr 30 neu gestartet", " neu gestartet"),
        ("Donnerstag 14:05 neu gestartet", " neu gestartet"),
    ],
)
def test_lines_that_begin_with_a_time(line: str, rest: str) -> None:
    reading, left = take_time(line, NAIROBI)
    assert reading is not None
    assert left == rest


@pytest.mark.parametrize(
    "line",
    [
        "14h de panne", "Set 3 flags", "set 3 flags", "Out 5 hosts", "mars 3 rovers", "Die 3 hosts", "So 14 hosts",
        "de 3 hosts", "a las armas", "um 3 hosts", "ab 5 hosts", "le 2 servers", "Sex 3", "dom 5", "hoy cayó",
        "4 a 5 nodes", "ago 3", "2 set up the host", "3 out of 5",
    ],
)  # fmt: skip
def test_words_that_are_no_time(line: str) -> None:
    assert take_time(line, NAIROBI) == (None, line)


def test_every_name_is_the_month_or_weekday_of_one_language_at_least() -> None:
    assert [month_number(name) for name in MONTHS] == list(range(1, 13))
    assert [weekday_number(name) for name in WEEKDAYS] == list(range(7))
    assert [month_number(name) for name in ("enero", "FÉVRIER", "marzo", "Abr", "maio", "juin", "Juli")] == [
        *range(1, 8)
    ]
    assert [weekday_number(name) for name in ("lunes", "terça", "MERCREDI", "Do", "sex", "sábado", "So")] == [*range(7)]
