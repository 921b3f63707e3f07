"""Split a digest whose items are set off by a sign, a link, a rule or a label, and leave all else whole.

:mod:`backfile.ingest.digest` splits headlines with a sentence below each, told by their
echo. This part splits the other shapes: bullets, numbers, hours, emoji, bold run-ins, linked or
underlined headlines, definition lists, rules, chat exports, paragraphs under labels; items
of several sentences or paragraphs.

Method
    The document is seen as :mod:`units <backfile.ingest.itemised.units>`. For each way to set
    items off, :mod:`form <backfile.ingest.itemised.form>` asks whether from the first such sign
    to the end there is nothing but items of it, with labels and rules between. Of the forms
    that are there, :mod:`evidence <backfile.ingest.itemised.evidence>` weighs what speaks for a
    digest, and the heaviest is taken if it weighs enough. After a lead-in line
    ("In brief") the form alone is enough.

Doubt
    A form with some evidence, but too little, stays in the article; a note says so.

Known failures
    A digest about one thing, without a title that says so and without links (its items share
    their words). Advice on unlike things, under a title such as "Weekly". Items of more than
    five paragraphs.

Rejected
    The form alone (how-tos, decrees and interviews have it); a trained classifier (the
    labelled set is small, and nobody could argue with it); counting sentences (digests of
    papers have paragraphs).
"""

from __future__ import annotations

from backfile.ingest.itemised.saying import calls_itself_issue
from backfile.ingest.itemised.split import split_items

__all__ = ["calls_itself_issue", "split_items"]
