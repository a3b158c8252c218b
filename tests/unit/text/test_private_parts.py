"""Parts of a text that are not for all."""

from __future__ import annotations

import time
from time import process_time

import pytest

from feedwright.text.private_parts import BRACKETS, CLASSES, COMMENTS, NAMES, PLAIN_BRACKETS, PLAIN_NAMES
from feedwright.text.private_parts import without_private_parts as left


def of_markdown(text: str, **options: bool) -> str:
    return " ".join(left(text, markdown=True, **options).split())


@pytest.mark.parametrize("name", [*NAMES, *PLAIN_NAMES])
@pytest.mark.parametrize(
    "marks",
    [
        ("{{%% %s %%}}", "{{%% /%s %%}}"),
        ('{{%% %s "pw" %%}}', "{{%% /%s %%}}"),
        ('{{< %s pass="pw" >}}', "{{</ %s >}}"),
        ('{%% %s password="x" %%}', "{%% end%s %%}"),
        ('<%s hint="x">', "</%s>"),
        ("::: %s password=x", ":::"),
        ("<!-- %s -->", "<!-- /%s -->"),
    ],
)
def test_what_stands_between_the_marks_of_a_tool_goes(name: str, marks: tuple[str, str]) -> None:
    if name == "members-only" and marks[0].startswith("<!--"):
        return
    for spelled in (name, name.replace("-", "_"), name.upper()):
        begin, end = (mark % spelled if "%s" in mark else mark for mark in marks)
        assert of_markdown(f"Before\n\n{begin}\nhidden\n{end}\n\nAfter") == "Before After"


@pytest.mark.parametrize("name", [*BRACKETS, *PLAIN_BRACKETS])
def test_what_wordpress_keeps_for_members_goes(name: str) -> None:
    assert of_markdown(f'A [{name} x="1"]hidden[/{name}] B') == "A B"
    escaped = name.replace("_", r"\_")
    assert of_markdown(rf"A \[{escaped}\]hidden\[/{escaped}\] B") == "A B"


@pytest.mark.parametrize("name", COMMENTS)
def test_what_wordpress_blocks_keep_for_members_goes(name: str) -> None:
    assert of_markdown(f'A <!-- {name} {{"a":1}} -->hidden<!-- /{name} --> B') == "A B"


@pytest.mark.parametrize("name", CLASSES)
def test_an_element_that_holds_what_is_encrypted_goes(name: str) -> None:
    text = f'<p>A</p><div class="x {name}"><div>hidden</div>hidden</div><p>B</p>'
    assert left(text, markdown=False) == "<p>A</p><p>B</p>"


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("A <!--members-only--> hidden", "A"),
        ("A <!-- Members-Only -->\n\nhidden", "A"),
        ("A <!-- wp:jetpack/paywall /--> hidden", "A"),
        ("A {{% encrypt %}} hidden", "A"),
        ("A\n\n::: encrypt x\nhidden", "A"),
        ("A <encrypt> hidden", "A"),
        ("A [swpm_protected] hidden", "A"),
        ("A <!--kg-gated-block:begin nonMember:false -->hidden", "A"),
        ("A\n{{% encrypt a %}}X{{% encrypt b %}}Y{{% /encrypt %}}Z{{% /encrypt %}}B", "A B"),
        ("A\n\n::: encrypt\nX\n::: tip\nY\n:::\nZ\n:::\nB", "A B"),
        ("A {% encrypt %}X{% placeholder %}P{% endplaceholder %}{% endencrypt %} B", "A P B"),
        ("A\nhidden <!--LOCAL_ONLY_LINE-->\nB", "A B"),
        ("A %%hidden%% B", "A B"),
        ("A\n%%\nhidden\n\nhidden\n%%\nB", "A B"),
        ("A 🔐β 💡hint💡hidden🔐 B", "A B"),
        ("A <!-- valaxy-encrypt-start:pw -->hidden<!-- valaxy-encrypt-end --> B", "A B"),
        ("A [wlm_private_Gold]hidden[/wlm_private_Gold] B", "A B"),
        ("A `x` ünï [restrict]hidden[/restrict] ü", "A `x` ünï ü"),
    ],
)
def test_a_private_part_goes_to_its_end_or_to_that_of_the_text(text: str, public: str) -> None:
    assert of_markdown(text) == public


@pytest.mark.parametrize(
    "text",
    [
        "A `{{% encrypt %}}` B",
        "A\n\n```\n<!--members-only-->\n```\n\nB",
        "A\n\n    {{% encrypt %}}\n\nB",
        "A <code>[restrict]</code> and <pre><encrypt></pre> B",
        "A {% raw %}{% encrypt %}{% endraw %} B",
        "A {{%/* encrypt */%}} B {{%/* /encrypt */%}}",
        "A [[restrict]] [private](url) [members] [access_token] <password> B",
        'A [membership level="0"]B[/membership] [s2If !is_user_logged_in()]C[/s2If]',
        "A <!--kg-gated-block:begin nonMember:true -->B<!--kg-gated-block:end-->",
        "50%% of 60%% and for %%i in x do %%i",
        "%% of mermaid\n A-->B\n%% of mermaid\n",
        "🔐 Security 🔐",
        "{{< secrets >}} {{% passwords %}} {% encryption %}",
    ],
)
def test_what_shows_a_mark_or_only_looks_like_one_stays(text: str) -> None:
    assert left(text, markdown=True) == text


def test_in_a_vault_any_two_percent_signs_begin_a_comment() -> None:
    assert of_markdown("A %% hidden", is_vault=True) == "A"
    assert of_markdown("A %% hidden") == "A %% hidden"


def test_what_ghost_says_is_for_all_is_so_below_its_mark_as_well() -> None:
    assert of_markdown("A <!--members-only--> B", is_open=True) == "A <!--members-only--> B"


@pytest.mark.parametrize("piece", ["[private] ", "%%a ", "<secret> ", "{{% encrypt %}} ", "<pre>", "{% secret ", "🔐"])
def test_the_time_it_takes_is_linear(piece: str) -> None:
    began = time.process_time()
    left(piece * 5000, markdown=True)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "piece",
    [
        *(":", "::: ", "{{<", "{%", "[", "[membership ", "%%", "<!--", "<secret ", '<p class="secure-container" '),
        *("<!-- members-only", "<!--kg-gated-block:begin x", "<!-- valaxy-encrypt-start", "🔐", "<placeholder>"),
    ],
)
def test_what_is_repeated_costs_no_more_than_its_length(piece: str) -> None:
    began = process_time()
    for before in ("", "[membership level=1]", "<!-- members-only -->x"):
        left(before + piece * (200_000 // len(piece)), markdown=True)
    assert process_time() - began < 5


def test_a_bracket_that_belongs_to_no_link_hides_no_mark() -> None:
    assert left("x](y) [membership level=1]secret", markdown=True) == "x](y) "
