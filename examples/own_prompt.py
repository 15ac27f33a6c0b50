"""One's own prompt, tried on one paper, and one's own output template.

The answers are recorded for the shipped prompts, so this one is only rendered; with a key set,
pass the same `Prompts` to `dl.summarise`.
"""

import sys
import tempfile
from pathlib import Path

import jinja2

import digestlib as dl

PROMPT = """\
{% block system %}You summarise papers for clinicians. Figures are references such as {q1}.{% endblock %}
{% block user %}
Paper id: {{ paper.id }} - {{ paper.title }}
{% for line in lines %}
{{ line.number }}| {{ line.marked }}
{% endfor %}
{% endblock %}
"""
CARD = """\
{% for summary in summaries %}
{{ summary.id }}  {{ summary.summary.headline.text }}
{% endfor %}
"""

digests = dl.load(sys.argv[1] if len(sys.argv) > 1 else "examples/reports")

with tempfile.TemporaryDirectory() as folder:
    own = Path(folder, "summary", "v2.j2")
    own.parent.mkdir()
    own.write_text(PROMPT, encoding="utf-8")
    prompts = dl.Prompts(folder)
    request = dl.summary_request(digests[0].papers[0], prompts=prompts)
    print(request.prompt, request.messages[1].content[:400], sep="\n", end="\n\n")

with dl.connect(replay="cassettes") as complete:
    summaries = dl.summarise(digests[:1], complete)
print(jinja2.Template(CARD, trim_blocks=True).render(summaries=summaries))
