# SPDX-License-Identifier: GPL-3.0-or-later
"""The body and its motion in plain numpy: skeleton, rotations, kinematics, files, retargeting, protocol."""
