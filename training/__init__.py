# SPDX-License-Identifier: GPL-3.0-or-later
"""How the models are made: data preparation, datasets, losses, training and evaluation."""

import backend  # noqa: F401  (sets how torch's threads wait, which must come before torch)
