"""Writes a checkpoint as GGUF: `export.py CHECKPOINT OUT.gguf [f32|q8_0]`, in the MLA layout of the `deepseek2` graph.

Quantized are the matrices; norms and routers stay as they are.
"""

import json
import sys
from pathlib import Path

import gguf
import numpy as np
import torch
from gguf import GGMLQuantizationType as Type
from gguf import GGUFWriter, TokenType

import tokenizer as vocabulary
from model import Model, Shape
from samples import STAGES

NAME = "Deepwell Starter"


def main(checkpoint: str, out: str, quantization: str = "q8_0") -> None:
    saved = torch.load(checkpoint, map_location="cpu")
    shape = Shape(**saved["shape"])
    model = Model(shape)
    model.load_state_dict({name: weight.float() for name, weight in saved["model"].items()})
    writer = GGUFWriter(out, "deepseek2")
    write_hyperparameters(writer, shape, STAGES["long"].length)
    write_vocabulary(writer)
    for name, weight in tensors(model):
        is_matrix = weight.ndim > 1 and "ffn_gate_inp" not in name
        if is_matrix and quantization == "q8_0":
            writer.add_tensor(name, gguf.quants.quantize(weight, Type.Q8_0), raw_dtype=Type.Q8_0)
        else:
            writer.add_tensor(name, weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(f"{out}: {Path(out).stat().st_size / 1e6:.1f} MB")


def write_hyperparameters(writer: GGUFWriter, shape: Shape, context: int) -> None:
    writer.add_name(NAME)
    writer.add_license("MIT")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_context_length(context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_leading_dense_block_count(shape.dense_layers)
    writer.add_feed_forward_length(shape.dense_ff)
    writer.add_head_count(shape.heads)
    # One head for all, of the compressed keys and values: what tells the MLA layout.
    writer.add_head_count_kv(1)
    writer.add_key_length(shape.kv_rank + shape.rope)
    writer.add_value_length(shape.kv_rank)
    writer.add_key_length_mla(shape.nope + shape.rope)
    writer.add_value_length_mla(shape.value)
    writer.add_kv_lora_rank(shape.kv_rank)
    # llama.cpp wants the key for all but V2-Lite's numbers of layers; 0 is what V2-Lite has, no compression.
    writer.add_q_lora_rank(0)
    writer.add_rope_dimension_count(shape.rope)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_layer_norm_rms_eps(shape.norm_eps)
    writer.add_vocab_size(shape.vocabulary)
    writer.add_expert_count(shape.experts)
    writer.add_expert_used_count(shape.used_experts)
    writer.add_expert_shared_count(shape.shared_experts)
    writer.add_expert_feed_forward_length(shape.expert_ff)
    writer.add_expert_weights_scale(1.0)
    writer.add_expert_weights_norm(False)
    writer.add_expert_gating_func(gguf.ExpertGatingFuncType.SOFTMAX)


def write_vocabulary(writer: GGUFWriter) -> None:
    data = json.loads(vocabulary.FILE.read_text())["model"]
    texts = sorted(data["vocab"], key=data["vocab"].get)
    kinds = [TokenType.CONTROL if text in vocabulary.SPECIALS else TokenType.NORMAL for text in texts]
    merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in data["merges"]]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(texts)
    writer.add_token_types(kinds)
    writer.add_token_merges(merges)
    writer.add_bos_token_id(data["vocab"][vocabulary.BOS])
    writer.add_eos_token_id(data["vocab"][vocabulary.EOS])
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)


def tensors(model: Model):
    """Names as in gguf-py's tensor_mapping.py, values as llama.cpp's `deepseek2` loads them, in F32."""
    shape = model.shape
    yield "token_embd.weight", array(model.embedding.weight)
    yield "output_norm.weight", array(model.norm.weight)
    for at, block in enumerate(model.blocks):
        attention, ff = block.attention, block.ff
        k_up = attention.k_up.weight.view(shape.heads, shape.nope, shape.kv_rank)
        v_up = attention.v_up.weight.view(shape.heads, shape.value, shape.kv_rank)
        parts = {
            "attn_norm": block.attention_norm.weight,
            "attn_q": attention.q.weight,
            "attn_kv_a_mqa": attention.kv_down.weight,
            "attn_kv_a_norm": attention.kv_norm.weight,
            # Transposed: it is multiplied with the query, not with the latent.
            "attn_k_b": k_up.transpose(1, 2),
            "attn_v_b": v_up,
            "attn_output": attention.out.weight,
            "ffn_norm": block.ff_norm.weight,
        }
        if at < shape.dense_layers:
            gate, up = ff.gate_up.weight.chunk(2)
            parts |= {"ffn_gate": gate, "ffn_up": up, "ffn_down": ff.down.weight}
        else:
            gate, up = ff.shared.gate_up.weight.chunk(2)
            gates, ups = ff.gate_up.chunk(2, 1)
            parts |= {
                "ffn_gate_inp": ff.router.weight,
                "ffn_gate_shexp": gate,
                "ffn_up_shexp": up,
                "ffn_down_shexp": ff.shared.down.weight,
                "ffn_gate_exps": gates,
                "ffn_up_exps": ups,
                "ffn_down_exps": ff.down,
            }
        for name, weight in parts.items():
            yield f"blk.{at}.{name}.weight", array(weight)


def array(weight: torch.Tensor) -> np.ndarray:
    return np.ascontiguousarray(weight.detach().float().numpy())


if __name__ == "__main__":
    main(*sys.argv[1:])
