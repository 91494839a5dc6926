"""Renders the chat templates beside this file with Jinja, as transformers does.

python render.py > expected.json   (needs jinja2)

What is rendered is a system text and a user's text in which a document stands; templates that take
no system text get it at the head of the user's, as those of Mistral that do take one put it.
"""

import json
import pathlib

from jinja2 import TemplateError
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER = pathlib.Path(__file__).parent
SYSTEM = "You answer questions about documents with a few words copied from them."
USER = "DOCUMENT\n\nQuestion: {question}"
START = {"llama-3": "<|begin_of_text|>", "llama-3.1": "<|begin_of_text|>"}


def fail(message):
    raise TemplateError(message)


def render(template, start):
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols]
    )
    environment.globals["raise_exception"] = fail
    compiled = environment.from_string(template)

    def of(*messages):
        return compiled.render(
            messages=[{"role": role, "content": content} for role, content in messages],
            add_generation_prompt=True,
            enable_thinking=False,
            bos_token=start,
            eos_token="</s>",
        )

    try:
        text = of(("system", SYSTEM), ("user", USER))
    except TemplateError:
        text = of(("user", SYSTEM + "\n\n" + USER))
    # The tokenizer puts the start token before everything.
    return text.removeprefix(start)


expected = {
    path.stem: render(path.read_text(), START.get(path.stem, "<s>"))
    for path in sorted(FOLDER.glob("*.jinja"))
}
print(json.dumps(expected, indent=2))
