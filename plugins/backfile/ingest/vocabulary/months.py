"""The names of months, from January on, and of days, as dates write them.

``IN_DATES`` has those of the languages in which Backfile reads whole letters.
"""

from __future__ import annotations

ENGLISH = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
UKRAINIAN = (
    "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада",
    "грудня",
)  # fmt: skip
RUSSIAN = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
# For each month its names in all of these.
IN_DATES = tuple(tuple(" ".join(names).split()) for names in zip(ENGLISH, UKRAINIAN, RUSSIAN, strict=True))
# What months are called besides: by themselves, cut short, and in further languages.
MORE_IN_DATES = (
    "січень січ январь янв janvier janv januar enero gennaio janeiro stycznia styczeń ianuarie",
    "лютий лют февраль фев февр février févr februar febrero febbraio fevereiro lutego luty februarie",
    "березень бер март мар mars märz maerz marzo março marca marzec martie",
    "квітень кві апрель апр avril abril aprile kwietnia kwiecień aprilie",
    "травень тра май mai mayo maggio maio maja maj mai",
    "червень чер июнь июн juin juni junio giugno junho czerwca czerwiec iunie",
    "липень лип июль июл juillet juil juli julio luglio julho lipca lipiec iulie",
    "серпень сер август авг août aout agosto sierpnia sierpień august",
    "вересень вер сентябрь сен сент septembre septiembre settembre setembro września wrzesień septembrie",
    "жовтень жов октябрь окт octobre oktober octubre ottobre outubro października październik octombrie",
    "листопад лис ноябрь ноя нояб novembre noviembre novembro listopada listopad noiembrie",
    "грудень гру декабрь дек décembre dezember diciembre dicembre dezembro grudnia grudzień decembrie",
)
# The days of the week, from Monday on.
DAY_NAMES = (
    "monday mon понеділок понеділка пн понедельник понедельника montag lundi lunes lunedì poniedziałek luni",
    "tuesday tue tues вівторок вівторка вт вторник вторника dienstag mardi martes martedì wtorek marți",
    "wednesday wed середа середи ср среда среды mittwoch mercredi miércoles mercoledì środa miercuri",
    "thursday thu thurs четвер четверга чт четверг donnerstag jeudi jueves giovedì czwartek joi",
    "friday fri п'ятниця п’ятниця пʼятниця п'ятниці п’ятниці пʼятниці пт пятница пятницы "
    "freitag vendredi viernes venerdì piątek vineri",
    "saturday sat субота суботи сб суббота субботы samstag sonnabend samedi sábado sabato sobota sâmbătă",
    "sunday sun неділя неділі нд воскресенье воскресенья вс sonntag dimanche domingo domenica niedziela duminică",
)
