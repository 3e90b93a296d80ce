# SPDX-License-Identifier: GPL-3.0-or-later
"""Where motion comes from: one module a format, each yielding `Recording`s."""
