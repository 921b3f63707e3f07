"""What plainly belongs to the chosen text and is added to it.

Each step adds one kind of thing, only between the first and the last chosen leaf (but
for the standfirst and for a text cut into several boxes), and never what the page
itself names as furniture.
"""

from __future__ import annotations

import re
from collections import Counter

from backfile.ingest.pictures.placeholder import picture_at
from backfile.ingest.web.body import Body, Chosen, is_prose, weight
from backfile.ingest.web.labels import BOX_NAMES, READ_MORE, SIGN_UP, STANDFIRST
from backfile.ingest.web.shown import key_of
from backfile.ingest.web.tables import grid_of
from backfile.ingest.web.tree import HEADINGS, Box, Leaf

_LONG_HEADING = 200
_BOXED = 3  # paragraphs
_SENTENCE = re.compile(r"\w{2}.{18,}[.!?…][\"'”’»)\]]*$")
_LEVELS = 4  # how far out the other boxes of a text cut into pieces may lie
_STANDFIRST = range(40, 700)  # characters


def span(chosen: Chosen) -> range:
    """Return the places from the first to the last chosen leaf."""
    return range(min(chosen), max(chosen) + 1) if chosen else range(0)


def main_box(body: Body, chosen: Chosen) -> Box | None:
    """Return the box that directly holds most of the chosen prose (a paragraph's own box does not count)."""
    votes: Counter[int] = Counter()
    boxes: dict[int, Box] = {}
    for place in sorted(chosen):
        leaf = body.leaves[place]
        box = holder(leaf)
        if box is not None and leaf.tag in {"p", "div"}:
            boxes[id(box)] = box
            votes[id(box)] += leaf.wordy
    return boxes[max(votes, key=lambda name: votes[name])] if votes else None


def holder(leaf: Leaf) -> Box | None:
    """Return the box around the block that ``leaf`` is."""
    return leaf.box.parent if leaf.box.tag in HEADINGS or leaf.box.tag == "p" else leaf.box


def is_furniture(leaf: Leaf, upto: Box | None) -> bool:
    """Tell whether a box around ``leaf``, inside of ``upto``, has a furniture name or is an aside."""
    for box in leaf.box.above():
        if box is upto:
            return False
        if box.tag in {"aside", "footer", "form", "menu"} or BOX_NAMES.search(box.hint):
            return True
    return False


def siblings_of_prose(body: Body, chosen: Chosen) -> Chosen:
    """Add headings, quotations, lists and paragraphs that stand among the chosen paragraphs, in the same box."""
    main = main_box(body, chosen)
    if main is None:
        return chosen
    found = set(chosen)
    for kid in main.kids:
        places = [kid.place] if isinstance(kid, Leaf) else kid.places
        if not places or any(place in chosen for place in places):
            continue
        leaves = [body.leaves[place] for place in places]
        if places[0] not in span(chosen) and not (places[0] == max(found) + 1 and _is_last_list(kid, leaves)):
            continue
        if all(_quoted(leaf, main) for leaf in leaves):  # a post of somebody, embedded
            found.update(places)
            continue
        if any(is_furniture(leaf, main) or READ_MORE.match(leaf.text) or SIGN_UP.match(leaf.text) for leaf in leaves):
            continue
        tag = leaves[0].tag if isinstance(kid, Leaf) else kid.tag
        linked = sum(leaf.linked for leaf in leaves)
        total = sum(len(leaf.text) for leaf in leaves)
        if (
            (tag in HEADINGS and total < _LONG_HEADING and linked * 2 < total and _followed(places[-1], chosen))
            or (tag in {"ul", "ol", "dl", "pre"} and linked * 3 < total)
            or (tag == "p" and linked * 2 < total and total)
            or (tag == "div" and _is_boxed_prose(leaves))
        ):
            found.update(places)
    return frozenset(found)


def _is_boxed_prose(leaves: list[Leaf]) -> bool:
    """Tell whether a box among paragraphs says something in whole sentences, and leads nowhere."""
    texts = [leaf for leaf in leaves if leaf.text]
    is_text = all(leaf.tag in {"div", "p"} and not leaf.linked and not leaf.href for leaf in texts)
    return is_text and 0 < len(texts) <= _BOXED and all(_SENTENCE.search(leaf.text) for leaf in texts)


def first_heading(body: Body, chosen: Chosen) -> Chosen:
    """Add the heading right above the text when it is that of a section: the text has others of its kind."""
    place = min(chosen, default=0) - 1
    if place < 0 or body.leaves[place].key in body.titles or body.leaves[place].linked:
        return chosen
    tag = body.leaves[place].tag
    is_heading = tag in HEADINGS and not is_furniture(body.leaves[place], None)
    return chosen | {place} if is_heading and any(body.leaves[at].tag == tag for at in chosen) else chosen


def _is_last_list(kid: Box | Leaf, leaves: list[Leaf]) -> bool:
    """Tell whether a list right below the text is part of it: of two items or more, none of which leads anywhere."""
    is_list = isinstance(kid, Box) and kid.tag in {"ul", "ol"}
    return is_list and len(leaves) > 1 and not any(leaf.linked or leaf.href for leaf in leaves)


def _quoted(leaf: Leaf, upto: Box) -> bool:
    """Tell whether ``leaf`` stands in a quotation inside of ``upto``, or is an image."""
    for box in leaf.box.above():
        if box is upto:
            break
        if box.tag == "blockquote":
            return True
    return False


def _followed(place: int, chosen: Chosen) -> bool:
    return any(place + step in chosen for step in (1, 2, 3))


def rest_of_runs(body: Body, chosen: Chosen) -> Chosen:
    """Add the paragraphs that follow a chosen one with nothing but line breaks between."""
    found = set(chosen)
    for place in sorted(chosen):
        while place + 1 < len(body.leaves):
            leaf, after = body.leaves[place], body.leaves[place + 1]
            if after.box is not leaf.box or not after.text or after.linked * 2 > len(after.text):
                break
            place += 1
            found.add(place)
    return frozenset(found)


def rest_of_lists(body: Body, chosen: Chosen) -> Chosen:
    """Add the other items of a list of which half is chosen."""
    found = set(chosen)
    seen: set[int] = set()
    for place in sorted(chosen):
        box = next((box for box in body.leaves[place].box.above() if box.tag in {"ul", "ol"}), None)
        if box is None or id(box) in seen:
            continue
        seen.add(id(box))
        places = box.places
        if any(body.leaves[at].tag == "h1" for at in places):  # layout, not a list
            continue
        if weight(body, [at for at in places if at in chosen]) * 2 >= weight(body, places):
            found.update(at for at in places if not is_furniture(body.leaves[at], box))
    return frozenset(found)


def data_tables(body: Body, chosen: Chosen) -> Chosen:
    """Add tables of data between chosen leaves, and the other cells of chosen ones."""
    found = set(chosen)
    reach = span(chosen)
    seen: set[int] = set()
    for place in reach:
        table = next((box for box in body.leaves[place].box.above() if box.tag == "table"), None)
        if table is None or id(table) in seen:
            continue
        seen.add(id(table))
        places = table.places
        linked = sum(body.leaves[at].linked for at in places)
        total = sum(len(body.leaves[at].text) for at in places)
        picked = any(at in chosen for at in places)
        if (
            picked or (linked * 2 < total and places[-1] in reach and not is_furniture(body.leaves[place], None))
        ) and grid_of(table, lambda _: True):
            found.update(places)
    return frozenset(found)


def figures(body: Body, chosen: Chosen) -> Chosen:
    """Add pictures and their captions between the title, or the first chosen leaf, and the last one."""
    found = set(chosen)
    main = main_box(body, chosen)
    start = body.title_place if body.title_place is not None else min(chosen, default=0)
    first = min((place for place in chosen if main in set(body.leaves[place].box.above())), default=start)
    for place in range(start, max(chosen, default=-1) + 1):
        leaf = body.leaves[place]
        figure = next((box for box in leaf.box.above() if box.tag == "figure"), None)
        if (
            figure is not None
            and not is_furniture(leaf, figure.parent)
            and (main in set(figure.above()) or (place < first and _has_address(figure)))
        ):
            found.add(place)
    return frozenset(found)


def own_pictures(body: Body, chosen: Chosen) -> Chosen:
    """Add pictures that came with the page: between title and text, in the text's own box, and right after it there."""
    main = main_box(body, chosen)
    if main is None:
        return chosen
    first, last = min(chosen), max(chosen)
    start = first if body.title_place is None else min(body.title_place, first)
    while last + 1 < len(body.leaves) and body.leaves[last + 1].image is not None:
        last += 1
    found = set(chosen)
    for place in range(start, last + 1):
        leaf = body.leaves[place]
        if leaf.image is None or picture_at(leaf.image.get("src") or "") is None:
            continue
        is_within = main in set(leaf.box.above())
        if (is_within or place < first) and not is_furniture(leaf, main if is_within else None):
            found.add(place)
    return frozenset(found)


def _has_address(figure: Box) -> bool:
    return any(image.get("src") for image in figure.element.iter("img"))


def further_boxes(body: Body, chosen: Chosen) -> Chosen:
    """Add the paragraphs of boxes called as the main one is: a text cut into pieces, between advertisements."""
    main = main_box(body, chosen)
    if main is None or not main.element.get("class") or main.parent is None:
        return chosen
    name = (main.tag, main.element.get("class"))
    around = main
    for _ in range(_LEVELS):
        if around.parent is None or around.tag in {"article", "main", "body"}:
            break
        around = around.parent
    found = set(chosen)
    for box in _boxes(around):
        if box is main or (box.tag, box.element.get("class")) != name:
            continue
        places = [
            at
            for at in box.places
            if body.leaves[at].tag in {"p", "h2", "h3", "h4"} and not is_furniture(body.leaves[at], around)
        ]
        if not any(is_prose(body.leaves[at]) for at in places) or any(at in chosen for at in places):
            continue
        if _headline_between(body, max(found), places[0]):
            break
        found.update(places)
    return frozenset(found)


def _headline_between(body: Body, last: int, first: int) -> bool:
    """Tell whether another article begins between two places: a headline, or a linked heading."""
    between = [body.leaves[at] for at in range(last + 1, first)]
    return first < last or any(leaf.tag == "h1" or (leaf.tag in HEADINGS and leaf.linked) for leaf in between)


def _boxes(box: Box) -> list[Box]:
    found = [kid for kid in box.kids if isinstance(kid, Box)]
    return found + [inner for kid in found for inner in _boxes(kid)]


def standfirst(body: Body, chosen: Chosen) -> Chosen:
    """Add the sentence under the title that the page also gives as its description."""
    if not chosen or body.title_place is None:
        return chosen
    key = key_of(body.description)[:200]
    first = min(chosen)
    found = set(chosen)
    for place in range(body.title_place + 1, min(max(chosen), first + 40)):
        leaf = body.leaves[place]
        is_named = STANDFIRST.search(leaf.box.hint) is not None and len(leaf.text) < min(_STANDFIRST)
        if place in chosen or leaf.linked * 2 > len(leaf.text) or not (len(leaf.text) in _STANDFIRST or is_named):
            continue
        if is_named and place < first and leaf.tag in {"p", "h2", "h3", "div"} and not is_furniture(leaf, None):
            found.add(place)
            continue
        if key and (leaf.key.startswith(key[:60]) or key.startswith(leaf.key)):
            return frozenset(found | {place})
        if place >= first:
            continue
        if leaf.tag in {"p", "h2", "h3", "div"} and not is_furniture(leaf, None) and place - body.title_place <= 3:
            return frozenset(found | {place})
    return frozenset(found)
