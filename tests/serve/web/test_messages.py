"""Messages: translated where a catalogue has them, and never markup, whatever is put into them."""

from __future__ import annotations

from sayso.serve.web.messages import translator
from sayso.serve.web.rendering import environment


def test_a_catalogue_gives_the_message_and_values_fill_it() -> None:
    tell = translator({"and %(n)s more": "und %(n)s weitere"})
    assert tell("and %(n)s more", n=3) == "und 3 weitere"
    assert tell("100 % sure") == "100 % sure"


def test_words_of_a_report_stay_words() -> None:
    made = environment().from_string('{{ _("Said: %(w)s", w=words) }} {{ _(words) }}')
    assert made.render(words="<b>") == "Said: &lt;b&gt; &lt;b&gt;"
