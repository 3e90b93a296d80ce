# SPDX-License-Identifier: GPL-3.0-or-later
"""The model at work: text encoder, denoiser, pipeline, server and command line."""
