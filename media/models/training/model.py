"""DeepSeek-V2 as llama.cpp computes it (src/models/deepseek2.cpp, no YaRN, no query compression), for training.

Multi-head latent attention with its keys and values written out, which is the same function as the absorbed form that
a GGUF file of the MLA layout is evaluated in; then a feed-forward layer, dense in the first blocks, else shared expert
plus top-k of the routed ones, whose softmax weights are not normalized again.
"""

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Shape:
    vocabulary: int = 8192
    width: int = 192
    layers: int = 6
    dense_layers: int = 1
    heads: int = 3
    # Per head: the part of queries and keys without position, the part with, and the values. The first two together
    # are as wide as the third, or PyTorch has no fast attention on a CPU.
    nope: int = 32
    rope: int = 32
    value: int = 64
    kv_rank: int = 96
    dense_ff: int = 384
    experts: int = 16
    used_experts: int = 2
    expert_ff: int = 128
    shared_experts: int = 1
    rope_base: float = 10_000.0
    norm_eps: float = 1e-6

    def as_dict(self) -> dict:
        return asdict(self)


class Model(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape, dense=at < shape.dense_layers) for at in range(shape.layers))
        self.norm = RmsNorm(shape.width, shape.norm_eps)
        nn.init.normal_(self.embedding.weight, std=0.02)

    def hidden(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """(rows, length) token ids to (rows, length, width), and the routers' balance loss."""
        turns = rotations(tokens.shape[1], self.shape)
        x = self.embedding(tokens)
        balance = x.new_zeros(())
        for block in self.blocks:
            x, unbalance = block(x, turns)
            balance = balance + unbalance
        return self.norm(x), balance

    def logits(self, tokens: Tensor) -> Tensor:
        """The embedding is the output matrix as well."""
        return F.linear(self.hidden(tokens)[0], self.embedding.weight)


class Block(nn.Module):
    def __init__(self, shape: Shape, dense: bool) -> None:
        super().__init__()
        self.attention_norm = RmsNorm(shape.width, shape.norm_eps)
        self.attention = Attention(shape)
        self.ff_norm = RmsNorm(shape.width, shape.norm_eps)
        self.ff = FeedForward(shape.width, shape.dense_ff) if dense else Experts(shape)

    def forward(self, x: Tensor, turns: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        x = x + self.attention(self.attention_norm(x), turns)
        y, unbalance = self.ff(self.ff_norm(x))
        return x + y, unbalance


class Attention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        heads = shape.heads
        self.q = linear(shape.width, heads * (shape.nope + shape.rope))
        self.kv_down = linear(shape.width, shape.kv_rank + shape.rope)
        self.kv_norm = RmsNorm(shape.kv_rank, shape.norm_eps)
        self.k_up = linear(shape.kv_rank, heads * shape.nope)
        self.v_up = linear(shape.kv_rank, heads * shape.value)
        self.out = linear(heads * shape.value, shape.width, residual=shape.layers)

    def forward(self, x: Tensor, turns: tuple[Tensor, Tensor]) -> Tensor:
        shape = self.shape
        rows, length, _ = x.shape
        q = self.q(x).view(rows, length, shape.heads, -1)
        q_nope, q_rope = q.split((shape.nope, shape.rope), -1)
        latent, k_rope = self.kv_down(x).split((shape.kv_rank, shape.rope), -1)
        latent = self.kv_norm(latent)
        k_nope = self.k_up(latent).view(rows, length, shape.heads, shape.nope)
        v = self.v_up(latent).view(rows, length, shape.heads, shape.value)
        q_rope = rotate(q_rope, turns)
        k_rope = rotate(k_rope.unsqueeze(2), turns).expand(-1, -1, shape.heads, -1)
        q = torch.cat((q_nope, q_rope), -1).transpose(1, 2)
        k = torch.cat((k_nope, k_rope), -1).transpose(1, 2)
        y = F.scaled_dot_product_attention(q, k, v.transpose(1, 2), is_causal=True)
        return self.out(y.transpose(1, 2).reshape(rows, length, -1))


class RmsNorm(nn.Module):
    """PyTorch's own takes another way where input and weight differ in type, at a quarter of a step's time."""

    def __init__(self, width: int, eps: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        to = torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else x.dtype
        return normalized(x, self.weight, self.eps, to)


@torch.compile(dynamic=True)
def normalized(x: Tensor, weight: Tensor, eps: float, to: torch.dtype) -> Tensor:
    wide = x.float()
    return (wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + eps) * weight).to(to)


class FeedForward(nn.Module):
    def __init__(self, width: int, inner: int, residual: int = 6) -> None:
        super().__init__()
        self.gate_up = linear(width, 2 * inner)
        self.down = linear(inner, width, residual=residual)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        gate, up = self.gate_up(x).chunk(2, -1)
        return self.down(F.silu(gate) * up), x.new_zeros(())


class Experts(nn.Module):
    """Shared expert and routed ones. Tokens are sorted by expert, so that each expert is one matrix product."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.used = shape.used_experts
        self.router = linear(shape.width, shape.experts)
        self.shared = FeedForward(shape.width, shape.shared_experts * shape.expert_ff, shape.layers)
        self.gate_up = nn.Parameter(torch.empty(shape.experts, 2 * shape.expert_ff, shape.width))
        self.down = nn.Parameter(torch.empty(shape.experts, shape.width, shape.expert_ff))
        initialize(self.gate_up)
        initialize(self.down, residual=shape.layers)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        flat = x.reshape(-1, x.shape[-1])
        # In full precision: a tie decided by rounding sends a token elsewhere than llama.cpp does.
        with torch.autocast("cpu", enabled=False):
            probabilities = F.linear(flat.float(), self.router.weight.float()).softmax(-1)
        weights, chosen = probabilities.topk(self.used, -1)
        order = chosen.reshape(-1).argsort()
        counts = torch.bincount(chosen.reshape(-1), minlength=probabilities.shape[-1])
        rows = order // self.used
        parts = flat[rows].split(counts.tolist())
        written = []
        for expert, part in enumerate(parts):
            gate, up = F.linear(part, self.gate_up[expert]).chunk(2, -1)
            written.append(F.linear(F.silu(gate) * up, self.down[expert]))
        weighted = torch.cat(written) * weights.reshape(-1)[order].unsqueeze(-1).to(written[0].dtype)
        routed = torch.zeros_like(flat, dtype=weighted.dtype).index_add(0, rows, weighted)
        shared, _ = self.shared(x)
        # Switch Transformer's balance loss (arXiv 2101.03961, equation 4): 1 where every expert gets its share.
        share = counts.float() / counts.sum()
        balance = len(parts) * (share * probabilities.mean(0)).sum()
        return shared + routed.view_as(shared), balance


def rotations(length: int, shape: Shape) -> tuple[Tensor, Tensor]:
    """Cosines and sines, each (length, rope / 2)."""
    steps = shape.rope_base ** (-torch.arange(0, shape.rope, 2, dtype=torch.float32) / shape.rope)
    angles = torch.arange(length, dtype=torch.float32).unsqueeze(1) * steps
    return angles.cos(), angles.sin()


def rotate(x: Tensor, turns: tuple[Tensor, Tensor]) -> Tensor:
    """Neighbouring numbers are a pair (llama.cpp's ROPE_TYPE_NORM). x is (rows, length, heads, rope)."""
    cos, sin = (each[: x.shape[1], None, :] for each in turns)
    even, odd = x[..., 0::2].float(), x[..., 1::2].float()
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2).to(x.dtype)


def linear(inputs: int, outputs: int, residual: int = 0) -> nn.Linear:
    layer = nn.Linear(inputs, outputs, bias=False)
    initialize(layer.weight, residual)
    return layer


def initialize(weight: Tensor, residual: int = 0) -> None:
    """Normal by fan-in; what is added to the residual stream, smaller by the root of how often that happens."""
    std = weight.shape[-1] ** -0.5 * 0.5
    nn.init.normal_(weight, std=std / (2 * residual) ** 0.5 if residual else std)
