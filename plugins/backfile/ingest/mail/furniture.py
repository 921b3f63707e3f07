"""What stands in a newsletter and is not the news: the line about the browser, the footer, the reader's own address.

Lines that can only be furniture go wherever they stand. A footer is the end of a message
from the first line on that says why it was sent, how to be rid of it or whose rights it
is, provided no running text follows. News about such things ("Court: users may
unsubscribe by phone") is running text, hence stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backfile.ingest.lines.linked import link_of
from backfile.ingest.records import Block, BlockKind, count_characters
from backfile.ingest.vocabulary.words import ends_sentence

_BROWSER = (
    r"(?:view|open|read|see|show)\b.{0,40}\b(?:browser|online|web ?page|on the web)|web ?version|online version|"
    r"(?:переглянути|відкрити|читати)\b.{0,40}(?:браузері|онлайн|на сайті)|"
    r"(?:посмотреть|открыть|читать)\b.{0,40}(?:браузере|онлайн|на сайте)|веб-?версі[яю]|веб-?версия|"
    r"(?:afficher|voir|lire|consulter)\b.{0,40}(?:navigateur|en ligne)|version en ligne|"
    r"(?:im|in ihrem) browser (?:ansehen|anzeigen|öffnen|lesen)|online-?(?:version|ansicht)|"
    r"(?:zobacz|wyświetl|otwórz)\b.{0,40}przegląd\w+|(?:vezi|vizualiz\w+)\b.{0,40}browser\w*|ver en (?:el )?navegador"
)
_LEAVE = (
    r"unsubscribe|opt[- ]out|(?:manage|update|change|edit)\b.{0,25}\b(?:preferences|subscriptions?|profile|settings)|"
    r"e-?mail preferences|відписатис[яь]|відписка|відмовитис[яь] від розсилки|керувати підпис\w+|налаштування розсилки|"
    r"отписаться|отписка|отказаться от рассылки|управлять подпис\w+|настройки рассылки|"
    r"se désinscrire|se désabonner|désabonnement|désinscription|newsletter abbestellen|vom newsletter abmelden|"
    r"(?:hier )?abmelden|wypisz się|rezygn(?:uj|acja)\w*|dezabon\w+|"
    r"darse de baja|cancel\w+ (?:la )?suscripción|disiscriv\w+"
)
_WHY = (
    r"you(?: are|['’]re|\s+have)? receiv\w+ (?:this|our|these)|you received this|you(?: are|['’]re) getting this|"
    r"(?:e-?mail|message|newsletter) (?:was|is|has been) (?:sent|intended)|because you (?:signed|subscribed|opted|are)|"
    r"ви отримали цей|ви отримуєте|цей лист (?:було )?надіслано|вы получили это|вы получаете|"
    r"это письмо (?:было )?отправлено|"
    r"вы подписаны|ви підписані|you(?: are|['’]re)(?: currently| on)? (?:a|the) (?:free|paid|.{0,30}list)|"
    r"(?:cet|ce) (?:e-?mail|message|courriel) (?:vous )?a été envoyé|vous (?:recevez|avez reçu) cet?|vous l['’]avez|"
    r"sie (?:erhalten|bekommen) (?:diese|den|unseren)|diese e-?mail (?:wurde|ist)|otrzymuj\w+ (?:tę|ten|ta)|"
    r"otrzymał\w+ (?:tę|ten)|ta wiadomość (?:została|jest)|(?:primești|ați primit|ai primit) acest|"
    r"this (?:e-?mail|message)\b.{0,60}\b(?:confidential|privileged)|received this (?:e-?mail|message) in error|"
    r"consider the environment|(?:e-?mail|nachricht|message|wiadomość)\b.{0,80}(?:vertraulich|confidentiel|poufn)"
)
_RIGHTS = (
    r"©|\(c\) ?\d{4}|\bcopyright\b|all rights reserved|our mailing address|privacy policy|terms (?:of|and)|"
    r"tous droits réservés|alle rechte vorbehalten|wszelkie prawa zastrzeżone|toate drepturile rezervate|"
    r"усі права захищен|все права защищен|політика конфіденційності|политика конфиденциальности"
)
_SHARE = (
    r"(?:share|tweet|forward)(?: (?:this|it|on|to|via)\b.{0,40})?|follow us\b.{0,40}|"
    r"(?:(?:share on |follow us on )?"
    r"(?:facebook|twitter|x|instagram|telegram|linkedin|youtube|whatsapp|viber|threads|bluesky|rss)"
    r"[\s|·•,/]*)+|поділитися.{0,40}|поделиться.{0,40}|forwarded? to a friend|"
    r"forwarded this e-?mail\?.{0,60}|read in (?:the )?app|upgrade to paid|flag as irrelevant|"
    r"(?:(?:like|comment|restack|share|facebook|twitter|x|flag as irrelevant)[\s|·•,/]+){1,5}"
    r"(?:like|comment|restack|share|flag as irrelevant)"
)
_ANYWHERE = re.compile(
    rf"(?:(?:is this|e-?mail|images?|having|trouble|can['’]t|problems?)\b.{{0,80}}|.{{0,40}}\d{{4}}\s*[|·•]\s*)?"
    rf"(?:{_BROWSER})\b.{{0,30}}|"
    rf"(?:{_LEAVE})\b.{{0,20}}|"
    r"(?:did (?:someone|a friend|somebody) forward|someone forwarded)\b.{0,50}\?.{0,50}|"
    r"(?:was )?this (?:e-?mail|newsletter|message) (?:was )?forwarded to you\b.{0,80}|"
    r"(?:e-?mail|message) not displaying correctly\b.{0,60}|(?:please )?add (?:us|.{3,60}) to your address book.{0,40}|"
    rf"(?:{_SHARE})",
    re.IGNORECASE,
)
_FOOTER = re.compile(rf"{_LEAVE}|{_WHY}|{_RIGHTS}", re.IGNORECASE)
# Without one of these, a whole sentence about such things is news.
_TO_THE_READER = re.compile(
    r"\b(?:you|your|our|click|here|this (?:group|list|e-?mail|message)|vous|votre|nos|sie|ihr|hier|"
    r"ici|tutaj|aici|ви|вы|вам|вас|тут|здесь|сюди|сюда|натисніть|нажмите)\b|©|rights reserved|"
    r"права захищен|права защищен",
    re.IGNORECASE,
)
_LOGO = re.compile(
    r"!\[[^\]]*(?:logo|banner|spacer|divider|header|footer|icon|логотип|банер|баннер)[^\]]*\]\(\S*\)", re.IGNORECASE
)
_BROWSER_LINE = re.compile(rf".{{0,80}}?(?:{_BROWSER})\b.{{0,30}}", re.IGNORECASE)
_LINK = re.compile(r"\]\((https?://[^()\s]+)\)")
_PLACEHOLDER = re.compile(r"\[(?:image|cid|inline image|зображення|изображение)\b[^\]]{0,120}\]", re.IGNORECASE)
_MAX_LINE = 160
_MAX_FOOTER_LINE = 500
_PROSE = 160


@dataclass(frozen=True, slots=True)
class Tidied:
    """A newsletter without its furniture; ``page`` is where the line about the browser led."""

    blocks: tuple[Block, ...]
    dropped: tuple[tuple[str, int], ...]
    page: str | None = None


def tidy(blocks: Sequence[Block], recipients: frozenset[str]) -> Tidied:
    """Return ``blocks`` without furniture; ``recipients`` are the addresses that it was sent to."""
    page = next((url for block in blocks if (url := _own_page(block))), None)
    body, footer = _without_footer(blocks)
    kept = [block for block in body if not _is_furniture(block)]
    personal = [block for block in kept if _names(block, recipients)]
    kept = [block for block in kept if not _names(block, recipients)]
    while kept and kept[-1].kind is BlockKind.RULE:
        kept.pop()
    while kept and kept[0].kind is BlockKind.RULE:
        del kept[0]
    furniture = _count(body) - _count(personal) - _count(kept)
    dropped = (
        ("newsletter footer", _count(footer)),
        ("newsletter furniture", furniture),
        ("lines about the recipient", _count(personal)),
    )
    return Tidied(tuple(kept), tuple((what, count) for what, count in dropped if count), page)


def _own_page(block: Block) -> str | None:
    """Return the address behind "View in browser"."""
    if len(block.text) > _MAX_LINE or not _BROWSER_LINE.fullmatch(block.text):
        return None
    match = _LINK.search(block.markdown or "")
    return link_of(block) or (match[1].replace("&amp;", "&") if match else None)


def _is_furniture(block: Block) -> bool:
    if block.markdown and _LOGO.fullmatch(block.markdown):
        return True
    text = block.text.strip(" |·•»«<>→\xa0")
    if not text:
        return block.kind is not BlockKind.RULE and not block.markdown
    return len(text) <= _MAX_LINE and bool(_ANYWHERE.fullmatch(text) or _PLACEHOLDER.fullmatch(text))


def _names(block: Block, recipients: frozenset[str]) -> bool:
    text = (block.markdown or block.text).lower()
    return len(block.text) <= _MAX_FOOTER_LINE and any(address in text for address in recipients)


def _without_footer(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Split off the footer: from the first line on that is one, if no running text follows it."""
    start = len(blocks)
    for index in range(len(blocks) - 1, 0, -1):
        block = blocks[index]
        if _is_footer(block):
            start = index
        elif _is_news(block):
            break
    return blocks[:start], blocks[start:]


def _is_footer(block: Block) -> bool:
    if len(block.text) > _MAX_FOOTER_LINE or not _FOOTER.search(block.text):
        return False
    return not _is_news(block) or _TO_THE_READER.search(block.text) is not None


def _is_news(block: Block) -> bool:
    """Tell whether a block is running text, or a headline that leads somewhere."""
    if block.kind is BlockKind.HEADING or len(block.text) >= _PROSE:
        return True
    return len(block.text.split()) >= 8 and ends_sentence(block.text)


def _count(blocks: Sequence[Block]) -> int:
    """Count the characters of text; the alternative text of a picture is none."""
    return sum(count_characters(block.text) for block in blocks if not (block.markdown or "").startswith("!["))
