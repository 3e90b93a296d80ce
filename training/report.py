# SPDX-License-Identifier: GPL-3.0-or-later
"""The evaluation as a self-contained web page with pictures, and as a table for the model card."""

from __future__ import annotations

import base64
import html
import io
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from backend.drawing import SheetRow, contact_sheet
from blender_addon.core.files import write_atomically
from blender_addon.core.motion import Motion
from training.evaluation import RANDOM_GROUP, Evaluation, Pictured
from training.metrics import PoseSet
from training.scorecard import (
    NO_RETRIEVAL,
    Table,
    failures,
    headline,
    markdown,
    missed,
    percent,
    reached,
    tables,
    targets,
)

_FIGURE_SIZE = (150, 188)
_SMALL_SIZE = (112, 140)  # of figures that stand close
CLOSE_FROM = 24
"""Groups of more prompts than this have smaller pictures."""

_STYLE = """
:root { color-scheme: light; --ink: #34302c; --faint: #857e75; --line: #e0dcd5; --paper: #faf9f7; --accent: #a4502f; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1320px; margin: 0 auto; padding: 32px 24px 80px; }
h1 { font-size: 30px; margin: 0 0 4px; } h2 { font-size: 22px; margin: 48px 0 12px; } h3 { font-size: 17px; margin: 0; }
p { max-width: 78ch; } .faint { color: var(--faint); font-size: 14px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 12px; margin: 24px 0; }
.card { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
.card b { display: block; font-size: 26px; line-height: 1.2; color: var(--accent); }
.card span { font-size: 14px; } .card small { display: block; color: var(--faint); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; background: #fff; border: 1px solid var(--line); margin: 8px 0 20px; }
table { font-size: 15px; }
th, td { padding: 6px 12px; border-bottom: 1px solid var(--line); text-align: left; } th { font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.tables { display: flex; flex-wrap: wrap; column-gap: 40px; } .tables section { max-width: 100%; }
.bar { display: inline-block; height: 9px; background: var(--accent); border-radius: 3px; vertical-align: middle; }
.sheets { display: grid; grid-template-columns: repeat(auto-fill, minmax(520px, 1fr)); gap: 16px; }
.close { grid-template-columns: repeat(auto-fill, minmax(390px, 1fr)); gap: 12px; }
.close h3 { font-size: 15px; font-weight: 600; }
.close figure { display: flex; flex-direction: column; } .close img { margin-top: auto; }
.close figcaption { margin-bottom: 8px; }
span.yes { color: #39703a; } span.no { color: #a33; font-weight: 600; }
figure { margin: 0; background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; }
figure img { width: 100%; display: block; margin-top: 8px; border-radius: 6px; }
figcaption { font-size: 14px; color: var(--faint); }
"""


def write_report(evaluation: Evaluation, pictured: Sequence[Pictured], folder: Path) -> None:
    """Write evaluation.html (one file, pictures inside it) and metrics.md into an existing folder."""
    card = markdown(evaluation)
    write_atomically(folder / "metrics.md", lambda file: file.write(card.encode()))
    sizes = Counter(entry.group for entry in pictured)
    images = [
        _picture(entry, close=sizes[entry.group] > CLOSE_FROM)
        for entry in tqdm(pictured, desc="drawing", unit="prompt")
    ]
    text = page(evaluation, pictured, images)
    write_atomically(folder / "evaluation.html", lambda file: file.write(text.encode()))


def page(evaluation: Evaluation, pictured: Sequence[Pictured], images: Sequence[str]) -> str:
    """The whole page as HTML; `images` are base64 PNGs, one for each of `pictured`."""
    settings = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in evaluation.settings.items() if value)
    parts = [
        "<h1>Maquette: evaluation</h1>",
        f'<p class="faint">{_text(evaluation.checkpoint)} on {_text(evaluation.device)}; {_text(settings)}; '
        f"{evaluation.generated.poses} poses made and measured in {evaluation.seconds:.0f} s</p>",
        '<div class="cards">',
        *(
            f'<div class="card"><span>{_text(name)}</span><b>{_text(value)}</b><small>{_text(note)}</small></div>'
            for name, value, note in headline(evaluation)
        ),
        "</div>",
        "<h2>Targets</h2>",
        _target_table(evaluation),
    ]
    shown = groupby(zip(pictured, images, strict=True), key=lambda pair: pair[0].group)
    sheets = {group: [_figure(entry, image) for entry, image in entries] for group, entries in shown}
    shown_tables: list[tuple[str, str]] = []
    if evaluation.posecheck is not None:
        shown_tables.append(("PoseCheck by tag", _tag_table(evaluation)))
        shown_tables.append(("Worst prompts of PoseCheck", _worst_table(evaluation)))
    shown_tables += [(own.title, _plain_table(own)) for own in tables(evaluation)]
    if evaluation.retrieval is None:
        shown_tables.append(("Retrieval", f"<p>{_text(NO_RETRIEVAL)}</p>"))
    shown_tables += [
        ("How different the showcase prompts are", _distance_table(evaluation)),
        ("Joint limits", _limits_table(evaluation)),
    ]
    for place, (group, figures) in enumerate(sheets.items()):
        close = " close" if len(figures) > CLOSE_FROM else ""
        parts.append(f"<h2>{_text(group)}</h2>")
        if group == RANDOM_GROUP and failures(evaluation):
            parts.append(_failure_table(evaluation))
        parts += [f'<div class="sheets{close}">', *figures, "</div>"]
        if place == 0:
            parts += ['<div class="tables">']
            parts += [f"<section><h2>{_text(name)}</h2>{table}</section>" for name, table in shown_tables]
            parts += ["</div>"]
    parts.append(
        '<p class="faint">Every pose from the front and from its right side; left limbs are red, right limbs blue. '
        "Captions of human motion speak of seconds and a pose is a moment of them, so real poses vary as well.</p>"
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Maquette: evaluation</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head>\n<body><main>\n" + "\n".join(parts) + "\n</main></body></html>\n"
    )


def _figure(entry: Pictured, image: str) -> str:
    note = f"<figcaption>{_text(entry.note)}</figcaption>" if entry.note else ""
    return (
        f"<figure><h3>{_text(entry.prompt)}</h3>{note}"
        f'<img alt="poses for: {_text(entry.prompt)}" src="data:image/png;base64,{image}"></figure>'
    )


def _picture(entry: Pictured, *, close: bool = False) -> str:
    """Base64 PNG of a prompt's first poses, with real ones in a second row where there are."""
    rows = [SheetRow("", _motions(entry.generated, 4), entry.labels)]
    if entry.real is not None:
        rows = [SheetRow("generated", _motions(entry.generated, 2)), SheetRow("real", _motions(entry.real, 2))]
    sheet = contact_sheet(rows, figure_size=_SMALL_SIZE if close else _FIGURE_SIZE, poses_per_line=2)
    buffer = io.BytesIO()
    # A palette a sheet keeps a page of many pictures to a few megabytes.
    sheet.quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(buffer, format="PNG", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def _motions(poses: PoseSet, most: int) -> tuple[Motion, ...]:
    """Some of the poses, spread evenly over the set."""
    chosen = np.linspace(0, len(poses) - 1, min(most, len(poses))).round().astype(int)
    return tuple(Motion(poses.local_rotations[i : i + 1], poses.root_translation[i : i + 1]) for i in chosen)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers_from: int = 1) -> str:
    """An HTML table of cells that are HTML already; columns from `numbers_from` on are aligned as numbers."""

    def cells(tag: str, row: Sequence[str]) -> str:
        kinds = [' class="number"' if column >= numbers_from else "" for column in range(len(row))]
        return "".join(f"<{tag}{kind}>{cell}</{tag}>" for kind, cell in zip(kinds, row, strict=True))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><tr>{cells("th", head)}</tr>{body}</table></div>'


def _tag_table(evaluation: Evaluation) -> str:
    assert evaluation.posecheck is not None
    rows = [
        [
            f'<span class="bar" style="width:{max(1, round(160 * entry["pass_rate"]))}px"></span>',
            _text(tag),
            str(entry["prompts"]),
            percent(entry["pass_rate"]),
        ]
        for tag, entry in sorted(evaluation.posecheck["by_tag"].items(), key=lambda item: -item[1]["pass_rate"])
    ]
    return _table(["", "tag", "prompts", "pass rate"], rows, 2)


def _worst_table(evaluation: Evaluation) -> str:
    assert evaluation.posecheck is not None
    rows = [[_text(w["prompt"]), _text(w["id"]), percent(w["pass_rate"])] for w in evaluation.posecheck["worst"]]
    return _table(["prompt", "id", "pass rate"], rows, 2)


def _target_table(evaluation: Evaluation) -> str:
    rows = []
    for own in targets(evaluation):
        said = reached(own)
        rows.append([_text(own.name), own.value, own.real, _text(own.wanted), f'<span class="{said}">{said}</span>'])
    made = evaluation.generated
    note = f"<p>Over {made.poses} generated and {evaluation.real.poses} real poses.</p>"
    return note + _table(["", "generated", "real held-out", "target", "reached"], rows)


def _limits_table(evaluation: Evaluation) -> str:
    made, real = evaluation.generated, evaluation.real
    rows = []
    if made.beyond_posecheck_limits is not None:
        own = (percent(made.beyond_posecheck_limits), percent(real.beyond_posecheck_limits))
        rows.append(["beyond PoseCheck's loose limits", *own])
    rows += [
        [
            "beyond a joint limit" if name == "any" else f"- {_text(name)}",
            percent(share),
            percent(real.beyond_limits.get(name, 0.0)),
        ]
        for name, share in list(made.beyond_limits.items())[:13]
    ]
    return _table(["", "generated", "real held-out"], rows)


def _plain_table(table: Table) -> str:
    note = f"<p>{_text(table.note)}</p>" if table.note else ""
    return note + _table([_text(cell) for cell in table.head], [[_text(cell) for cell in row] for row in table.rows])


def _failure_table(evaluation: Evaluation) -> str:
    """The random prompts that fewer than half of the samples do."""
    failing = failures(evaluation)
    rows = [[percent(result.rate), _text(result.prompt), _text(missed(result))] for result in failing]
    note = f"<p>{len(failing)} of them are done by less than half of their samples; what is missed most:</p>"
    return note + _table(["done by", "prompt", "missed"], rows, 3)


def _distance_table(evaluation: Evaluation) -> str:
    """Distances between the showcase prompts' mean poses, shaded; the diagonal is the spread within a prompt."""
    shown = evaluation.showcase
    largest = max(max(row) for row in shown.distance_cm) or 1.0
    words = [_text(prompt.removeprefix("a person ")) for prompt in shown.prompts]
    rows = []
    for a, word in enumerate(words):
        cells = [f"<th>{word}</th>"]
        for b in range(len(words)):
            value = shown.spread_cm[a] if a == b else shown.distance_cm[a][b]
            shade = "#eee" if a == b else f"rgba(164, 80, 47, {0.75 * value / largest:.2f})"
            cells.append(f'<td class="number" style="background:{shade}">{value:.0f}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    head = "".join(f'<th class="number">{word}</th>' for word in ("", *words))
    return (
        "<p>Mean distance of a joint, in cm, between the mean poses of two prompts; on the diagonal, in grey, "
        f'between poses of one prompt.</p><div class="scroll"><table><tr>{head}</tr>{"".join(rows)}</table></div>'
    )


def _text(text: str) -> str:
    return html.escape(text)
