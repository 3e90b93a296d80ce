# SPDX-License-Identifier: GPL-3.0-or-later
"""The model at work: text encoder, denoiser, pipeline, server and command line."""

import os

# Torch's threads wait for each other without spinning: where Blender or anything else keeps the cores busy, spinning
# made a pose take seconds in place of a fifth of one. Read once, when torch is first imported, which comes after this.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
