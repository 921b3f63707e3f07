"""Split a digest whose items are set off by a sign, a link, a rule or a label, and leave all else whole.

:mod:`backfile.ingest.itemised.digest` splits headlines with a sentence below each, told by their echo. This
part splits all other shapes: bullets, numbers, hours, days, emoji, hashtags, bold run-ins, places,
linked, underlined or boxed headlines, definition lists, table rows, rules, chat exports, paragraphs
under labels; items of several sentences or paragraphs.

Method
    1. The document is seen as :mod:`units <backfile.ingest.itemised.units>`: lines, paragraphs and
       items of lists, each with the ways in which it is set off (:mod:`seen <backfile.ingest.itemised.seen>`).
       A letter that is :mod:`quoted` as a whole is laid out anew, items may be :mod:`counted` in words
       or Roman figures, :mod:`rows` of tables, in plain text too (:mod:`columns`), have a headline
       and a text, and records have :mod:`fields`. :mod:`refrains`, which come back beside item after
       item, are no part of any.
    2. Regularity: for each way to set items off, :mod:`form <backfile.ingest.itemised.form>` cuts the
       document before every unit that bears it. Labels and rules go between the items, what stands
       above the first and below the last goes round them, and whatever is within an item may have
       any shape: lists, quotations, several paragraphs. Most of the items must have a text.
       What is called so as no news is (an advert, a quotation, the weather: :mod:`pastimes`) is part of none.
       A first or last item that lacks what all others have, or speaks of the issue, is none (:mod:`ends`).
       :mod:`stanzas` does so between blank lines, for headlines with no more than an address, too.
       :mod:`unmarked` does so where no sign stands before the items: between rules, under labels,
       and paragraph by paragraph, those that go on from the one above joined to it; :mod:`signed`,
       where a source or an address ends each.
    3. Of the forms that are there, :mod:`evidence <backfile.ingest.itemised.evidence>` weighs what
       speaks for a digest, most of it by degrees: what the document says of itself
       (:mod:`~backfile.ingest.itemised.saying`: a title, a number, a time, a greeting), what each
       item has of its own (a link, a place, a headline, names that no other has), and whether their
       texts stand apart, but for what comes back in each as its form (:mod:`told`; :mod:`apart`:
       TextTiling's lexical cohesion, Hearst 1997, between all items; the name that most of them
       share; sentences that lean on others). The more items, the
       surer that is. No reason is enough alone, and none is needed; a few things
       :mod:`forbid <forbidden>` it. The heaviest form is taken if it weighs enough, and of two that
       do the one whose items are parts of the other's, which are sections.
    4. An article that stands above the items, under a name of their own, stays as the article; so
       does one below which a line such as "In other news" says that something else follows. Under
       the name of a section that says so less plainly, the items must be foreign to the article. Its title
       is its headline, not the name of the paper above it (:mod:`backfile.ingest.itemised.letterhead`). Below the
       last item of a digest such a line says that items of another shape follow.
    5. A web page that calls itself an issue, or is a text from end to end, is read as a letter is
       (:mod:`backfile.ingest.issue_page`), where that gives more items: an article's text is not
       what such a page has.
    6. What has no known form is looked at once more (:mod:`judged`): :mod:`cuts` cuts it before the units that share
       a trait, or two (:mod:`looks`: a sign, a line close above a text, a first character), whatever it is.
       A regression on the labelled documents tells which cut has a digest's items, by its form and by its
       texts, and whether what it :mod:`bears <bearing>` makes the document a digest (:mod:`weights`). Web pages
       that don't call themselves an issue are not: what else comes back on them is teasers and posts.

Thresholds
    The tables in :mod:`evidence` and at the top of each module, each with its reason. Cohesion tells
    most: items of a digest share hardly a word (in nine of ten digests under 2.5 % of those of the
    shorter one), the parts of one text do (in nine of ten over 2.8 %, half of them over 12 %).
    Two earlier versions, made with all documents at hand in view, found 35 and 56 % of the items of
    sets that they had not seen: their forms broke at one odd line, and their evidence leant on a
    list of titles. This version came of asking why, on two halves of one set: with the first half
    studied it found 60 % of the other half (precision .95, nothing in what is no digest). Then both
    were studied, and the items of labelled digests were set in some 500 layouts drawn at random at a
    time, of which it finds 82 % (precision .98), with titles that say nothing as frequent as others.
    What it finds on the whole set after that (96 %) says less than the 60. Of the next set, the
    sixth, it then found 93 % at first sight (.98, nothing in what is no digest), and of the
    seventh 82 % (.93, nothing either), of the eighth 90 % (.98, nothing either), and of the ninth, by
    another writer, 87 % (.93; two of 12 others split, into 13); all were studied since. Of four more sets by other
    writers that version found 80 % (.97), 81 % (.96), 76 % (.93) and 81 % (.87; two of 12 others split, into
    10). The present one, with the first of these in view, found 90 % of the second (.99); with both, 84 % of
    the third (.98); and with most of the third, 76 % of the fourth (.89), less than the one before. Of what the
    version of before these four missed, the items of 44 % were seen and not thought a digest, of 38 % not seen at
    all, and 18 % were seen with others. So the next writer's digest was looked for by what all digests share, in place
    of more forms: with weights that had seen none of the four, the second look makes 91 % (.94) of 80 % (.93);
    the present forms, with weights without the fourth, find 87 % (.94) of it, in place of 78 % (.95). Of two sets
    more, which nobody had looked at, it found 93 % (.94) and all (.97), without the second look 91 % (.97) and 95 %
    (.96); of 24 others two are split, without it one. Of 721 saved pages none is
    split, nor is any of 2,353 articles and posts; of 801 newsletters of long items seven are.

Doubt
    A form with some evidence, but too little, stays in the article; a note says so.

Known failures
    A digest about one thing, or of three or four items, without a title that says so (its items
    share their words, or are too few to tell); with one, the one or two words that most items share
    are taken for its trade. A bulletin about one undertaking that calls itself one. Advice on
    unlike things, under a title such as "Weekly". Newsletters whose items have several shapes by
    turns, with no line that says so. Items with a line of their own above and below each, where
    nothing tells which is whose. Teasers on a page, under a title that does not say what they are.
    Guides and minutes that call themselves something else. What a search of an archive of papers
    gave. Of texts ended by their sources one that lacks it and is short goes with the one above.
    Words are known in English, Ukrainian and Russian; in other languages of Europe few of them
    (:mod:`backfile.ingest.vocabulary.tongues`), elsewhere the form and the texts decide alone.

Rejected
    The form alone (how-tos, decrees and interviews have it). A form that admits nothing unforeseen
    within an item or below the last (it breaks at a list, a quotation or a price table). A title
    from a list of words as a condition (half of all digests are called something else). A rule for
    each document that fails. A regression in place of the known forms, too (it finds as much of
    digests not seen before, but tells a dozen of the studied ones apart otherwise, and nobody can argue with it as
    with :mod:`evidence`). One that learns which items of a cut are none (as many are lost as are put right). More to
    learn from, as real texts in layouts drawn at random (what is a digest is told no better).
    Counting sentences (digests of papers have paragraphs). Cohesion of neighbours alone, as TextTiling
    has it (items are too short: one word in common decides). Evenness of the items' lengths (sections
    of an article are as even). The number of items as a reason for one form over another (it prefers
    pieces). The line below a title that says "in brief" in place of the title, to see whether the items
    are about it (a release of facts is then a digest).
"""

from __future__ import annotations

from backfile.ingest.itemised.saying import calls_itself_issue
from backfile.ingest.itemised.split import split_items

__all__ = ["calls_itself_issue", "split_items"]
