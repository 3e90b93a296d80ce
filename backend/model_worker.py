# SPDX-License-Identifier: GPL-3.0-or-later
"""The model's thread in the server: takes jobs one after the other and hands encoded replies to the socket's thread."""

from __future__ import annotations

import logging
import queue
import time

import numpy as np
import zmq

from backend.constraints import PoseConstraints, Vector
from backend.generated import GeneratedMotions
from backend.job_queue import Job
from backend.pipeline import GenerationCancelled, PosePipeline, Step
from blender_addon.core.motion import Motion
from blender_addon.core.protocol import ErrorReply, Generate, Progress, Result, encode

logger = logging.getLogger("maquette.server")

STEP = b"step"
"""The frames behind are a Progress; the job goes on."""
DONE = b"done"
"""The frames behind are the Result; there are none if the job was stopped."""
FAILED = b"failed"
"""The frames behind are an ErrorReply."""


def run(pipeline: PosePipeline, jobs: queue.SimpleQueue[Job | None], outbox: zmq.Socket[bytes]) -> None:
    """Work until a None comes. Each job ends with exactly one DONE or FAILED, whatever happens in it.

    Args:
        pipeline: the model, used by this thread alone.
        jobs: what to make, in order.
        outbox: a PUSH socket that takes [kind, *frames of the reply]; this thread owns and closes it.
    """
    while (job := jobs.get()) is not None:
        request_id = job.request.request_id
        try:
            kind, reply = DONE, encode(_generate(pipeline, job, outbox))
        except GenerationCancelled:
            kind, reply = DONE, []
        except ValueError as error:  # what the pipeline does not take, in its own words
            kind, reply = FAILED, encode(ErrorReply(request_id, "", str(error)[:2000]))
        except Exception as error:  # out of memory, a fault of the device: this request fails, the next may not
            logger.exception("A generation failed")
            message = f"the model failed: {type(error).__name__}: {error}"
            kind, reply = FAILED, encode(ErrorReply(request_id, "", message[:2000]))
        outbox.send_multipart([kind, *reply])
    outbox.close(linger=0)


def _generate(pipeline: PosePipeline, job: Job, outbox: zmq.Socket[bytes]) -> Result:
    request = job.request

    def on_step(step: Step) -> None:
        if job.stopped.is_set():
            raise GenerationCancelled
        if request.report_progress or request.preview:
            poses = _arrays(step.preview()) if request.preview else (None, None)
            outbox.send_multipart([STEP, *encode(Progress(request.request_id, step.index, step.total, *poses))])

    started = time.perf_counter()
    generated = pipeline(
        request.prompts,
        num_samples=request.num_samples,
        seed=request.seed,
        guidance_scale=request.guidance_scale,
        guidance_scale_end=request.guidance_scale_end,
        num_inference_steps=request.num_inference_steps,
        negative_prompt=request.negative_prompt,
        candidates=request.candidates,
        constraints=constraints_of(request),
        edit=request.edit,
        on_step=on_step,
    )
    elapsed = time.perf_counter() - started
    residue = generated.residue
    return Result(
        request.request_id,
        generated.seeds,
        generated.fps,
        elapsed,
        *_arrays(generated),
        scores=generated.scores,
        pin_residue=residue.metres if residue is not None and residue.pins else None,
        rotation_residue=None if residue is None else residue.degrees,
        unmet=() if residue is None else residue.report(),
        changed_limbs=generated.changed_limbs,
    )


def constraints_of(request: Generate) -> PoseConstraints | None:
    """What a request asks to keep of a pose, None without one; ValueError in a sentence for what makes no sense."""
    if request.reference_rotations is None or request.reference_translation is None:
        return None
    positions = () if request.pin_positions is None else request.pin_positions
    return PoseConstraints(
        Motion(request.reference_rotations[None], request.reference_translation[None]),
        request.locked_limbs,
        request.locked_joints,
        {name: _vector(place) for name, place in zip(request.pinned_joints, positions, strict=True)},
        None if request.look_at is None else _vector(request.look_at),
    )


def _vector(values: np.ndarray) -> Vector:
    x, y, z = (float(value) for value in values)
    return (x, y, z)


def _arrays(generated: GeneratedMotions) -> tuple[np.ndarray, np.ndarray]:
    return generated.local_rotations, generated.root_translation
