# SPDX-License-Identifier: GPL-3.0-or-later
"""The denoiser made fast for sampling: the same numbers, with all that stays the same over the steps computed once."""

from __future__ import annotations

import time
import warnings
from collections.abc import Sequence

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor, nn
from torch.nn import functional as F

from backend.denoiser import Block, Constraints, Denoiser, timestep_embedding
from backend.solver import solver_steps
from backend.text_encoder import TextFeatures

_CALIBRATION_STEPS = 5
_HEADROOM = 1.2
"""How far beyond the numbers seen in calibration the 8-bit range goes."""

# With eight bits of input the sums overflow on processors without VNNI.
_LEVELS = 255 if getattr(torch.cpu, "_is_vnni_supported", lambda: False)() else 127


def eight_bits_pay() -> bool:
    """Whether this machine's processor has fast kernels for 8-bit integers in torch."""
    # Some torch may come without these.
    there = hasattr(torch, "quantize_per_channel") and hasattr(
        torch.ops.quantized, "linear_with_input_q_dq_qweight_dq_output_fp32"
    )
    return there and torch.backends.quantized.engine in ("x86", "fbgemm", "onednn")


class FastDenoiser:
    """A denoiser's weights, packed for calls of few poses. On a CPU its matrices may work in 8 bits."""

    def __init__(self, denoiser: Denoiser, calibration: TextFeatures | None = None) -> None:
        """Pack the weights; later changes of the denoiser's are not seen.

        Args:
            denoiser: In evaluation mode.
            calibration: None keeps single precision. Some texts' features make the large matrices work in 8-bit
                integers, whose ranges are those that poses of these texts need: a call on a CPU is then two to four
                times as fast, and what a pose becomes still does not depend on the batch it is in.
        """
        self.denoiser = denoiser
        self.eight_bits = calibration is not None
        self.width = denoiser.config.width
        # Scales come as 1 + scale, so the 1 is added here once.
        ones = torch.zeros(9, 1, device=denoiser.used.device)
        ones[[1, 4, 7]] = 1
        blocks: list[Block] = list(denoiser.blocks)  # type: ignore[arg-type]
        self.modulation = torch.stack([block.modulation.detach() + ones for block in blocks])
        self.layers = [_Layer(block) for block in blocks]
        # Keys and values of the words for all layers by one product.
        cross = [block.cross_attention for block in blocks]
        self.key_value_weight = torch.cat([each.key_value.weight for each in cross]).detach()
        self.key_value_bias = torch.cat([each.key_value.bias for each in cross]).detach()
        # What the resting word says to those who can only attend to it, whatever they ask.
        self.rests = [each.output(each.key_value(denoiser.rest_word).chunk(2)[1]).detach() for each in cross]
        self._times: dict[tuple[int, ...], Tensor] = {}
        self.token_in = denoiser.token_in.detach()
        self.given_in = denoiser.given_in.detach()
        self.token_bias = denoiser.token_bias.detach()[:, None]
        # What is never used in a token comes out as zero.
        self.token_out = (denoiser.token_out * denoiser.used[:, None]).detach()
        if calibration is not None:
            self._calibrate(calibration)

    def _calibrate(self, text: TextFeatures) -> None:
        """Sample a pose of each text, twins without text beside them, and take the ranges that it needs."""
        count = len(text.tokens)
        for layer in self.layers:
            for linear in layer.linears:
                linear.watch()
        twice = TextFeatures(*(torch.cat((part, part)) for part in (text.tokens, text.mask, text.pooled)))
        steps = solver_steps(_CALIBRATION_STEPS)
        session = self.start(twice, torch.arange(2 * count) < count, [step.timestep for step in steps])
        shape = (count, self.denoiser.config.num_tokens, self.denoiser.config.token_dim)
        x = torch.randn(shape, generator=torch.Generator().manual_seed(0)) * self.denoiser.used
        before = torch.zeros_like(x)
        for step in steps:
            told, untold = session.predict(torch.cat((x, x)), step.timestep, 2 * count, None).chunk(2)
            clean = untold + 2 * (told - untold)
            x = step.sample * x + step.clean * clean + step.before * before
            before = clean
        for layer in self.layers:
            for linear in layer.linears:
                linear.to_eight_bits()

    def start(
        self,
        text: TextFeatures,
        has_text: Bool[Tensor, " texts"],
        timesteps: Sequence[int],
        readings: Int[Tensor, "texts each"] | None = None,
    ) -> _Session:
        """Prepare for poses that are as many for each text, one text's after the other's.

        Args:
            text: A row for each text.
            has_text: False where poses are denoised without their text.
            timesteps: All that will be asked for, in any order.
            readings: Which reading of its text each pose is of; None: the first.
        """
        return _Session(self, text, has_text, tuple(timesteps), readings)

    def times(self, timesteps: tuple[int, ...]) -> Float[Tensor, "steps width"]:
        """What the denoiser makes of timesteps, kept from call to call."""
        if timesteps not in self._times:
            at = torch.tensor(timesteps, device=self.token_in.device)
            self._times = {timesteps: self.denoiser.time_in(timestep_embedding(at, self.width))}
        return self._times[timesteps]


class _Linear:
    """A linear map, in single precision or in 8-bit integers."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        self._weight, self._bias = weight.detach(), bias.detach()
        self._range: tuple[float, float] | None = None
        self._packed: object = None
        self._scale, self._zero = 1.0, 0

    def __call__(self, x: Tensor) -> Tensor:
        if self._packed is not None:
            return _linear_8_bit(x, self._scale, self._zero, self._packed)
        if self._range is not None:
            low, high = x.aminmax()
            self._range = (min(self._range[0], float(low)), max(self._range[1], float(high)))
        return F.linear(x, self._weight, self._bias)

    def watch(self) -> None:
        """Note from now on how small and large inputs are."""
        self._range = (0.0, 0.0)

    def to_eight_bits(self) -> None:
        """Round the weights, a scale for each output, and inputs to the range that was seen."""
        assert self._range is not None
        low, high = (_HEADROOM * bound for bound in self._range)
        self._scale = max(high - low, 1e-6) / _LEVELS
        self._zero = round(-low / self._scale)
        weight = self._weight.float().cpu()
        scale = weight.abs().amax(1).clamp_min(1e-8).double() / 127
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "torch.quantize_per_tensor", UserWarning)
            zeros = torch.zeros(len(weight), dtype=torch.long)
            integers = torch.quantize_per_channel(weight, scale, zeros, 0, torch.qint8)
        self._packed = torch.ops.quantized.linear_prepack(integers, self._bias.float().cpu())


def _linear_8_bit(x: Tensor, scale: float, zero: int, packed: object) -> Tensor:
    # By its overload: looking that up costs a tenth of a small product.
    product = torch.ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32.default
    result: Tensor = product(x, scale, zero, packed)
    return result


def fastest_products(device: torch.device, eight_bits: bool) -> float:
    """Multiply-adds a second of large matrix products, done as `FastDenoiser` does its own."""
    size = 1024
    x = torch.randn(size, size, device=device)
    linear = _Linear(torch.randn(size, size, device=device), torch.zeros(size, device=device))
    if eight_bits:
        linear.watch()
        linear(x)
        linear.to_eight_bits()
    times = []
    for _ in range(10):
        started = time.perf_counter()
        linear(x)
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        times.append(time.perf_counter() - started)
    return float(size**3 / min(times))


class _Layer:
    """One block's weights."""

    def __init__(self, block: Block) -> None:
        own, cross = block.self_attention, block.cross_attention
        self.heads = own.heads
        self.inside = _Linear(
            torch.cat((own.query.weight, own.key_value.weight)), torch.cat((own.query.bias, own.key_value.bias))
        )
        self.inside_out = _Linear(own.output.weight, own.output.bias)
        self.query = _Linear(cross.query.weight, cross.query.bias)
        self.words_out = _Linear(cross.output.weight, cross.output.bias)
        up, down = block.mlp[0], block.mlp[2]
        assert isinstance(up, nn.Linear) and isinstance(down, nn.Linear)
        self.up, self.down = _Linear(up.weight, up.bias), _Linear(down.weight, down.bias)
        self.linears = (self.inside, self.inside_out, self.query, self.words_out, self.up, self.down)


class _Session:
    """One call of the pipeline: its texts and its steps are known."""

    def __init__(
        self,
        fast: FastDenoiser,
        text: TextFeatures,
        has_text: Bool[Tensor, " texts"],
        timesteps: tuple[int, ...],
        readings: Int[Tensor, "texts each"] | None,
    ) -> None:
        self.fast = fast
        denoiser = fast.denoiser
        pooled = torch.where(has_text[:, None], text.pooled, denoiser.null_pooled)
        told = fast.times(timesteps)[:, None] + denoiser.pooled_in(pooled)
        self.conditions = denoiser.condition(told).unflatten(-1, (9, -1)).permute(0, 2, 1, 3)
        """(steps, 9, texts, width)."""
        self.places = {timestep: place for place, timestep in enumerate(timesteps)}
        # Those without a text only have the resting word to attend to, if all with one come before them.
        self.num_told = int(has_text.sum())
        if not bool(has_text[: self.num_told].all()):
            self.num_told = len(has_text)
        rest = denoiser.rest_word.expand(self.num_told, 1, -1)
        tokens, word_there = denoiser.words_of(text)
        words = torch.cat((rest, denoiser.words_in(tokens[: self.num_told])), dim=1)
        there = F.pad(word_there & has_text[:, None], (1, 0), value=True)[: self.num_told]
        self.mask = None if bool(there.all()) else there[:, None, None, :]
        layers, heads = len(fast.layers), denoiser.config.heads
        self.limbs: tuple[Tensor, Tensor, Tensor] | None = None
        """What summaries say to each pose: to its tokens, as a mean pose, and how far poses are from it."""
        if denoiser.config.limb_summaries:
            rows = torch.arange(len(has_text), device=has_text.device)[:, None]
            at = torch.zeros_like(rows) if readings is None else readings
            entering, mean, spread = (part[rows, at] for part in denoiser.read_limbs(text.tokens))
            told = has_text[:, None, None, None]
            self.limbs = (entering * told, mean * told, torch.where(told, spread, denoiser.spread[0]))
        both = F.linear(words, fast.key_value_weight, fast.key_value_bias).unflatten(-1, (layers, 2, heads, -1))
        self.key_values = both.permute(2, 3, 0, 4, 1, 5)
        """(layers, 2, texts, heads, words, width of a head)."""

    def predict(
        self, noisy: Float[Tensor, "batch tokens features"], timestep: int, texts: int, constraints: Constraints | None
    ) -> Float[Tensor, "batch tokens features"]:
        """Clean features of poses of the first `texts` texts."""
        fast, width = self.fast, (self.fast.width,)
        batch, tokens = noisy.shape[:2]
        each = batch // texts
        x = torch.baddbmm(fast.token_bias, noisy.transpose(0, 1), fast.token_in)
        if constraints is not None:
            x = torch.baddbmm(x, constraints.flattened().transpose(0, 1), fast.given_in)
        x = x.transpose(0, 1)
        base = None
        if self.limbs is not None:
            entering, mean, spread = (part[:texts] for part in self.limbs)
            x = x.unflatten(0, (texts, each)) + entering
            levels = fast.denoiser.noise_levels[timestep].expand(texts, 1, 2)
            base = Denoiser.expected(noisy.unflatten(0, (texts, each)), mean, spread, levels).flatten(0, 1)
        # A text's poses follow each other, so that all their tokens are one long row.
        x = x.reshape(texts, each * tokens, fast.width)
        conditions = (fast.modulation[:, :, None] + self.conditions[self.places[timestep], :, :texts]).unsqueeze(3)
        parts = iter(conditions.flatten(0, 1).unbind(0))
        told = min(self.num_told, texts)
        mask = None if self.mask is None else self.mask[:told]
        key_values = self.key_values[:, :, :told].unbind(0)
        for layer, (keys, values), resting in zip(fast.layers, key_values, fast.rests, strict=True):
            shift, scale, gate = next(parts), next(parts), next(parts)
            inside = torch.addcmul(shift, torch.layer_norm(x, width), scale)
            query, key, value = layer.inside(inside).view(batch, tokens, 3, layer.heads, -1).permute(2, 0, 3, 1, 4)
            gathered = F.scaled_dot_product_attention(query, key, value).transpose(1, 2)
            x = x.addcmul_(gate, layer.inside_out(gathered.reshape(x.shape)))
            shift, scale, gate = next(parts), next(parts), next(parts)
            if told:
                own = x[:told]
                inside = torch.addcmul(shift[:told], torch.layer_norm(own, width), scale[:told])
                query = layer.query(inside).unflatten(-1, (layer.heads, -1)).transpose(1, 2)
                gathered = F.scaled_dot_product_attention(query, keys, values, mask).transpose(1, 2)
                own.addcmul_(gate[:told], layer.words_out(gathered.reshape(own.shape)))
            if told < texts:
                x[told:].addcmul_(gate[told:], resting)
            shift, scale, gate = next(parts), next(parts), next(parts)
            inside = torch.addcmul(shift, torch.layer_norm(x, width), scale)
            x = x.addcmul_(gate, layer.down(F.gelu(layer.up(inside))))
        x = fast.denoiser.norm_out(x).view(batch, tokens, -1).transpose(0, 1)
        clean = torch.bmm(x, fast.token_out).transpose(0, 1)
        return clean if base is None else clean + base * fast.denoiser.used
