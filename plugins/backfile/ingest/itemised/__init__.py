"""Split a digest whose items are set off by a sign, a link, a rule or a label, and leave all else whole.

:mod:`backfile.ingest.digest` splits headlines with a sentence below each, told by their echo. This
part splits all other shapes: bullets, numbers, hours, days, emoji, hashtags, bold run-ins, places,
linked, underlined or boxed headlines, definition lists, table rows, rules, chat exports, paragraphs
under labels; items of several sentences or paragraphs.

Method
    1. The document is seen as :mod:`units <backfile.ingest.itemised.units>`: lines, paragraphs and
       items of lists, each with the ways in which it is set off.
    2. Regularity: for each way to set items off, :mod:`form <backfile.ingest.itemised.form>` asks
       whether from the first such sign to the end there is nothing but items of it, with labels and
       rules between, a greeting before and a footer after.
    3. Of the forms that are there, :mod:`evidence <backfile.ingest.itemised.evidence>` weighs what
       speaks for a digest: what the document says of itself
       (:mod:`~backfile.ingest.itemised.saying`: a title, a number, a time, a greeting), what each
       item has of its own (a link, a place, a headline, names), and whether their texts stand apart
       (:mod:`apart`: TextTiling's lexical cohesion, Hearst 1997, between all items; one person in
       most of them; sentences that lean on others). No reason is enough alone, and nearly none is
       needed; a few things :mod:`forbid <forbidden>` it. The heaviest form is taken if it weighs
       enough.
    4. Below an article, a line such as "In other news" makes the form alone enough; under the name
       of a section that says less plainly that something else follows, the items must also be
       foreign to the article.
    5. A web page that calls itself an issue is read as a letter is
       (:mod:`backfile.ingest.issue_page`), where that gives more items: an article's text is not
       what such a page has.

Thresholds
    The tables in :mod:`evidence` and at the top of each module, each with its reason. The first
    version knew half of these reasons and asked for a title from a list of words; it found all of a
    set that was in view, and half of the next. The weights were then set on both, on some 90
    documents written for it in four rounds (the method found 71, 64, 65 and 78 % of the items of a
    round at first sight, and split 0, 2, 1 and 0 of 33 texts that are no digests), and on 719 saved
    pages and 3,203 articles and posts that are almost none: none of those is split but four
    newsletters. Expect new shapes to be missed more often than the tests say; texts are seldom
    split wrongly.

Doubt
    A form with some evidence, but too little, stays in the article; a note says so.

Known failures
    A digest about one thing, without a title that says so and without links (its items share their
    words). Advice on unlike things, under a title such as "Weekly". Items of more than five
    paragraphs, and newsletters whose items have several shapes by turns. Bare paragraphs, unless
    the title is that of a digest and nothing else. A plain text whose items have no sign at all but
    a capital. On a page, teasers under a title that does not say what they are. Guides and minutes
    that call themselves something else. Words are known in English, Ukrainian and Russian only; in
    other languages the form and the texts decide alone.

Rejected
    The form alone (how-tos, decrees and interviews have it). A title from a list of words as a
    condition (half of all digests are called something else). A rule for each document that fails.
    A trained classifier (the labelled set is small, and nobody could argue with it). Counting
    sentences (digests of papers have paragraphs). Cohesion of neighbours alone, as TextTiling has
    it (items are too short: one word in common decides). Evenness of the items' lengths (sections
    of an article are as even).
"""

from __future__ import annotations

from backfile.ingest.itemised.saying import calls_itself_issue
from backfile.ingest.itemised.split import split_items

__all__ = ["calls_itself_issue", "split_items"]
