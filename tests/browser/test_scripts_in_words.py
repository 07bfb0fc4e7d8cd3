"""A story can't attack its reader: what people write stays words."""

from __future__ import annotations

from .conftest import NewPhone, Site
from .phone import Phone

PAYLOADS = """
<script>alert(1)</script>
"><script>alert(2)</script>
'><img src=x onerror=alert(3)>
</textarea><script>alert(4)</script>
<svg onload=alert(5)>
<svg><script>alert&#40;6)</script>
<iframe srcdoc="<script>parent.alert(7)</script>">
<a href="javascript:alert(8)">press</a>
javascript:alert(9)
" autofocus onfocus=alert(10) x="
' onmouseover='alert(11)
<body onload=alert(12)>
<details open ontoggle=alert(13)>
<math><mtext></form><form><mglyph><style></math><img src onerror=alert(14)>
<noscript><p title="</noscript><img src=x onerror=alert(15)>">
{{ 7*7 }}{% for x in [].__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}
<!--><script>alert(16)</script-->
<style>@import 'http://elsewhere.example/x.css';</style>
<link rel=stylesheet href=//elsewhere.example/x.css>
<meta http-equiv=refresh content="0;url=javascript:alert(17)">
<object data="data:text/html,<script>alert(18)</script>"></object>
%3Cscript%3Ealert(19)%3C/script%3E
\\u003cscript\\u003ealert(20)\\u003c/script\\u003e
=HYPERLINK("http://elsewhere.example","press")
\u202e<script>alert(21)</script>\u2066
z\u0335\u0321a\u0337\u0321l\u0335\u0322g\u0336\u0321o 😀👩‍👩‍👧
""".strip()


def test_words_that_look_like_code_stay_words(site: Site, new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins().answers(happened=PAYLOADS).goes_on()
        phone.answers(better=PAYLOADS).goes_on()
        choice = phone.page.locator("main input[type=radio][value=anyone]").get_attribute("name")
        phone.choose(str(choice), "anyone")
        phone.goes_on()
        words_unharmed(phone)
        phone.page.go_back()
        phone.page.go_forward()
        phone.goes_on()
        receipt = phone.receipt
        phone.opens("/receipt")
        phone.page.locator("main input:not([type=hidden])").first.fill(receipt)
        phone.goes_on()
        words_unharmed(phone)
        assert phone.left_for == []


def words_unharmed(phone: Phone) -> None:
    shown = phone.page.locator("main").inner_text()
    for line in PAYLOADS.splitlines():
        assert " ".join(line.split()) in " ".join(shown.split()), f"{phone.path} lost {line!r}"
    assert phone.page.locator("main script, main iframe, main img, main object, main style").count() == 0


def test_an_address_that_looks_like_code_does_nothing(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        for path in (
            "/s/<script>alert(1)</script>",
            '/s/story?lang="><script>alert(1)</script>',
            "/s/story/<img src=x onerror=alert(1)>",
            "/sign-in?next=javascript:alert(1)",
        ):
            phone.opens(path)
            assert phone.page.locator("main script, main img").count() == 0
