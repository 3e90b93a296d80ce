# SPDX-License-Identifier: GPL-3.0-or-later
"""The evaluation as a self-contained web page with pictures, and as a table for the model card."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from backend.drawing import SheetRow, contact_sheet
from blender_addon.core.files import write_atomically
from blender_addon.core.motion import Motion
from training.evaluation import Evaluation, Pictured
from training.metrics import PoseSet

_FIGURE_SIZE = (150, 188)

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
figure { margin: 0; background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; }
figure img { width: 100%; display: block; margin-top: 8px; border-radius: 6px; }
figcaption { font-size: 14px; color: var(--faint); }
"""


def write_report(evaluation: Evaluation, pictured: Sequence[Pictured], folder: Path) -> None:
    """Write evaluation.html (one file, pictures inside it) and metrics.md into an existing folder."""
    card = markdown(evaluation)
    write_atomically(folder / "metrics.md", lambda file: file.write(card.encode()))
    images = [_picture(entry) for entry in tqdm(pictured, desc="drawing", unit="prompt")]
    text = page(evaluation, pictured, images)
    write_atomically(folder / "evaluation.html", lambda file: file.write(text.encode()))


def headline(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    """The measures that matter most: name, value, and what to compare it with."""
    held, made, real = evaluation.held_out, evaluation.generated, evaluation.real
    rows = []
    if evaluation.posecheck is not None:
        check = evaluation.posecheck
        rows.append(
            ("PoseCheck pass rate", _percent(check["pass_rate"]), f"{check['prompts']} prompts x {check['samples']}")
        )
        if check["mirror"] is not None:
            rows.append(
                ("PoseCheck wrong side", _percent(check["mirror"]["wrong_side_rate"]), "of the poses of sided prompts")
            )
    reference = "no validation poses to compare with"
    if held.distance_val_cm is not None:
        reference = f"{_cm(held.distance_val_cm)} from real validation poses to the same"
    rows += [
        ("Distance to held-out poses", _cm(held.distance_cm), reference),
        ("Own-caption preference", _percent(held.own_caption_preference), "50 % is chance"),
        ("Diversity", _cm(held.diversity_cm), f"{_cm(held.diversity_real_cm)} among real poses of a caption"),
        (
            "Sides follow the words",
            _percent(held.side_agreement),
            f"{held.side_captions} held-out captions with a side",
        ),
        (
            "Beyond joint limits",
            _percent(made.beyond_limits["any"]),
            f"{_percent(real.beyond_limits['any'])} of the real poses",
        ),
        ("Bone length error", f"{made.bone_length_error:.1e}", "largest, relative"),
        (
            "Through the floor",
            _percent(made.floor["sunk"]),
            f"more than 2 cm; {_percent(real.floor['sunk'])} of the real poses",
        ),
        (
            "Off the floor",
            _percent(made.floor["floating"]),
            f"more than 5 cm; {_percent(real.floor['floating'])} of the real poses",
        ),
    ]
    return rows


def markdown(evaluation: Evaluation) -> str:
    """The headline measures, and PoseCheck's tags, as Markdown tables."""
    lines = ["| measure | value | compare with |", "|---|---|---|"]
    lines += [f"| {name} | {value} | {note} |" for name, value, note in headline(evaluation)]
    if evaluation.posecheck is not None:
        lines += ["", "| PoseCheck tag | prompts | pass rate |", "|---|---|---|"]
        lines += [
            f"| {tag} | {entry['prompts']} | {_percent(entry['pass_rate'])} |"
            for tag, entry in evaluation.posecheck["by_tag"].items()
        ]
    held = evaluation.held_out
    lines += [
        "",
        f"Measured on {held.captions} held-out captions x {held.samples} samples against {held.real_poses} real poses. "
        f"The distance is the root of the Frechet distance between {held.distance_size} poses of each side, on joint "
        "positions with place and heading removed, in cm a joint.",
    ]
    return "\n".join(lines) + "\n"


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
    ]
    shown = groupby(zip(pictured, images, strict=True), key=lambda pair: pair[0].group)
    sheets = {group: [_figure(entry, image) for entry, image in entries] for group, entries in shown}
    tables = [
        ("How different the showcase prompts are", _distance_table(evaluation)),
        ("Bodies", _bodies_table(evaluation)),
    ]
    if evaluation.posecheck is not None:
        tables.insert(1, ("PoseCheck by tag", _tag_table(evaluation)))
        tables.insert(2, ("Worst prompts of PoseCheck", _worst_table(evaluation)))
    for place, (group, figures) in enumerate(sheets.items()):
        parts += [f"<h2>{_text(group)}</h2>", '<div class="sheets">', *figures, "</div>"]
        if place == 0:
            parts += ['<div class="tables">']
            parts += [f"<section><h2>{_text(name)}</h2>{table}</section>" for name, table in tables]
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


def _picture(entry: Pictured) -> str:
    """Base64 PNG of a prompt's first poses, with real ones in a second row where there are."""
    rows = [SheetRow("", _motions(entry.generated, 4))]
    if entry.real is not None:
        rows = [SheetRow("generated", _motions(entry.generated, 2)), SheetRow("real", _motions(entry.real, 2))]
    sheet = contact_sheet(rows, figure_size=_FIGURE_SIZE, poses_per_line=2)
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
            _percent(entry["pass_rate"]),
        ]
        for tag, entry in sorted(evaluation.posecheck["by_tag"].items(), key=lambda item: -item[1]["pass_rate"])
    ]
    return _table(["", "tag", "prompts", "pass rate"], rows, 2)


def _worst_table(evaluation: Evaluation) -> str:
    assert evaluation.posecheck is not None
    rows = [[_text(w["prompt"]), _text(w["id"]), _percent(w["pass_rate"])] for w in evaluation.posecheck["worst"]]
    return _table(["prompt", "id", "pass rate"], rows, 2)


def _bodies_table(evaluation: Evaluation) -> str:
    made, real = evaluation.generated, evaluation.real

    def row(name: str, generated: object, reference: object, write: Callable[..., str]) -> list[str]:
        return [_text(name), write(generated), write(reference)]

    rows = [
        row("poses", made.poses, real.poses, str),
        row("largest bone length error", made.bone_length_error, real.bone_length_error, "{:.1e}".format),
        row("median clearance to the floor", made.floor["median_cm"], real.floor["median_cm"], _cm),
        row("more than 2 cm through the floor", made.floor["sunk"], real.floor["sunk"], _percent),
        row("more than 5 cm off the floor", made.floor["floating"], real.floor["floating"], _percent),
    ]
    if made.beyond_posecheck_limits is not None:
        rows.append(
            row("beyond PoseCheck's loose limits", made.beyond_posecheck_limits, real.beyond_posecheck_limits, _percent)
        )
    rows += [
        row(
            "beyond a joint limit" if name == "any" else f"- {name}", share, real.beyond_limits.get(name, 0.0), _percent
        )
        for name, share in list(made.beyond_limits.items())[:13]
    ]
    return _table(["", "generated", "real held-out"], rows)


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


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


def _cm(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} cm"
