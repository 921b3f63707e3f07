"""Pages of articles: long, short, in other scripts, of a digest, and with words that mean harm."""

from __future__ import annotations

from dataclasses import replace

from backfile.model import Provenance, Reason
from backfile.pages.records import ArticlePage, Crumb, Heading, Page, Ref, RelatedLink

from .teasers import (
    BRIEF,
    COURIER,
    HEBREW,
    LEDGER,
    NAMED,
    NEWEST,
    PEOPLE,
    PLACES,
    RELATED,
    SUMMARY,
    TITLES,
    UKRAINIAN,
    teaser,
)

BODY = """
<p>Nineteen ships put to sea from Veldhaven on Friday, the first since the pilots laid down work nine days ago.
“We have not won everything, but we shall sleep,” said Marta Olevska, who speaks for the pilots’ guild.</p>
<h2 id="what-was-agreed">What was agreed</h2>
<p>The <a href="https://port.example/agreement?night=every-third&amp;rota=winter">agreement</a> gives each pilot every
third night off. It runs until <strong>31 October</strong> and may be ended by either side with <em>thirty days’</em>
notice.<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup></p>
<blockquote><p>No ship waits longer than a tide.</p></blockquote>
<ul><li>Night work: two pilots to a ship over 180 metres</li><li>Pay: 4.5% from April</li></ul>
<ol><li>Ballots by post</li><li>A count on 2 April</li></ol>
<div class="table-scroll" tabindex="0">
<table><thead><tr><th class="center">Harbour</th><th>Ships</th><th>Waiting, hours</th></tr></thead>
<tbody><tr><td class="right">Veldhaven</td><td>19</td><td>212</td></tr>
<tr><td>Mouth of the Sula</td><td>2</td><td>31</td></tr></tbody>
</table></div>
<h2 id="what-is-open">What is open</h2>
<p>Owners still ask who pays for the waiting; see
<a href="https://port.example/a/very/long/address/that/does/not/end/soon/and/has/no/place/to/break">the claim</a>.</p>
<pre><code>tide 04:12  +2.31 m   berth 7   a line of a table that is wider than a telephone is, by some way</code></pre>
<section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item"><p>The guild’s own count.
<a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>
"""

ARTICLE = ArticlePage(
    template="article",
    address="2025/03/14/grain-ships-leave-veldhaven/",
    title=TITLES[0],
    lang="en",
    description=SUMMARY,
    id="2025/03/14/grain-ships-leave-veldhaven",
    date=NEWEST,
    date_basis="text",
    kind="article",
    source=LEDGER,
    canonical="https://ledger.example/2025/03/14/grain-ships-leave-veldhaven-after-nine-days.html?ref=front",
    authors=("Ada Holm", "Piet de Vries and Sons"),
    summary=SUMMARY,
    body=BODY,
    contents=(Heading("What was agreed", "what-was-agreed"), Heading("What is open", "what-is-open")),
    story=Ref(TITLES[0], "stories/grain-ships-leave/", 3),
    takes=(UKRAINIAN, teaser(1)),
    digest=None,
    briefs=(),
    topics=NAMED,
    people=tuple(replace(person, count=None) for person in PEOPLE),
    places=tuple(replace(place, count=None) for place in PLACES),
    related=RELATED,
    provenance=Provenance(
        file="grain-ships-leave-veldhaven-saved-from-the-web-2025-03-14.html",
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        retrieved="2025-03-14T18:40:11Z",
        importer="backfile 0.1.0",
    ),
    guessed=("date", "lang"),
    day=Ref("2025-03-14", "2025/03/14/"),
    previous=Crumb(TITLES[3], "2025/03/13/ice/"),
    next=Crumb(TITLES[5], "2025/03/15/council/"),
)
BRIEF_PAGE = replace(
    ARTICLE,
    address="2025/03/14/ice-closes-the-upper-locks/",
    title=TITLES[3],
    kind="brief",
    date_basis="imported",
    source=None,
    canonical=None,
    authors=(),
    summary="Ice closed the upper locks on Tuesday",
    body="<p>Ice closed the upper locks on Tuesday</p>\n",
    story=None,
    takes=(),
    digest=teaser(0),
    topics=(),
    people=(),
    places=(),
    related=(),
    guessed=("date", "summary"),
    previous=None,
)
UKRAINIAN_PAGE = replace(
    ARTICLE,
    address=UKRAINIAN.address,
    title=UKRAINIAN.title,
    lang="uk",
    summary=UKRAINIAN.summary,
    description=UKRAINIAN.summary,
    source=COURIER,
    body="<p>Дев’ятнадцять суден вийшли з Вельдгафена в п’ятницю, уперше за дев’ять днів.</p>\n"
    "<h2>Про що домовилися</h2>\n<p>Кожен лоцман матиме вільною кожну третю ніч.</p>\n",
)
HEBREW_PAGE = replace(
    ARTICLE,
    address=HEBREW.address,
    title=HEBREW.title,
    lang="he",
    summary=HEBREW.summary,
    description=None,
    source=None,
    body="<p>תשע עשרה ספינות יצאו לים ביום שישי, לראשונה זה תשעה ימים.</p>\n"
    "<blockquote><p>אף ספינה לא תחכה.</p></blockquote>\n<ul><li>עבודת לילה</li></ul>\n",
)
DIGEST_PAGE = replace(
    ARTICLE,
    address="2025/03/14/evening-digest/",
    title="Evening digest",
    kind="digest",
    summary=None,
    description=None,
    body="<p>Six items from the river.</p>\n",
    story=None,
    briefs=(BRIEF, HEBREW, teaser(5, kind="brief")),
)
HOSTILE = "</title></script><script>alert(1)</script><img src=x onerror=alert(1)> \"' {{ 7*7 }} \\textbf{x} } %"
HOSTILE_PAGE = replace(
    ARTICLE,
    address="2025/03/14/hostile/",
    title=HOSTILE,
    description=HOSTILE,
    summary=HOSTILE,
    source=Ref(HOSTILE, "sources/hostile/"),
    authors=(HOSTILE,),
    canonical='https://host.example/?a="><script>alert(1)</script>',
    topics=(Ref(HOSTILE, "topics/hostile/"),),
    people=(Ref(HOSTILE, "people/hostile/", 1),),
    takes=(teaser(0, title=HOSTILE),),
    related=(RelatedLink(teaser(1, title=HOSTILE), (Reason("names", (HOSTILE,)), Reason("phrases", (HOSTILE,)))),),
    provenance=Provenance(file=HOSTILE, sha256=HOSTILE, retrieved=HOSTILE, importer=HOSTILE),
    guessed=(HOSTILE, "title"),
    previous=Crumb(HOSTILE, "2025/03/13/hostile/"),
)


def article_pages() -> dict[str, Page]:
    """Return pages of articles by a name for each."""
    return {
        "article": ARTICLE,
        "article-brief": BRIEF_PAGE,
        "article-ukrainian": UKRAINIAN_PAGE,
        "article-hebrew": HEBREW_PAGE,
        "article-digest": DIGEST_PAGE,
        "article-hostile": HOSTILE_PAGE,
        "article-unlisted": replace(BRIEF_PAGE, address="2025/03/14/unlisted/", listed=False, provenance=None),
    }
