"""Articles withdrawn from an archive of invented texts, and what is left of them."""

from __future__ import annotations

from backfile.ingest.changes.apply import Plan
from backfile.ingest.report.receipt import Report
from backfile.takeback import plan_taking_back
from backfile.withdrawals import Withdrawal, load_withdrawals
from tests.ingest.importing import DIGEST, Archive

DIGEST_ID = "2025/03/14/evening-digest"
URL = "https://ostby.example/port"


def page(text: str, url: str = URL, title: str = "Port opens again", source: str = "") -> str:
    outlet = f"source: {source}\n" if source else ""
    _, _, body = text.partition("\n\n")
    return f"---\ntitle: {title}\ncanonical: {url}\n{outlet}---\n\n{body}"


def take_digest(archive: Archive) -> Report:
    return archive.take("evening.txt", DIGEST)


def plan(archive: Archive, *named: str, reason: str = "") -> Plan:
    return plan_taking_back(named, archive.content, reason=reason, default_lang="en")


def withdraw(archive: Archive, *named: str, reason: str = "") -> Plan:
    return archive.do(plan(archive, *named, reason=reason))


def withdrawn(archive: Archive) -> tuple[Withdrawal, ...]:
    return load_withdrawals((archive.content / "withdrawn.jsonl").read_text(encoding="utf-8"))


def words_left(archive: Archive, *said: str) -> list[str]:
    return [path for path, data in archive.files().items() if any(each.encode() in data for each in said)]
