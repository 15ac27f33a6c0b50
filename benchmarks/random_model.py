"""A language model of random weights as a GGUF file of a few hundred KB, for llama.cpp's server.

    pip install gguf && python -m benchmarks.random_model model.gguf

It knows bytes and no words. Held to a JSON schema it answers valid JSON of random content, which
is what a client has to survive: nothing of it may end in print as a fact. It writes printable
ASCII only, and quotes more often than their share, so that strings come to an end.
"""

from __future__ import annotations

import sys
from pathlib import Path

CONTEXT = 65_536
WIDTH, LAYERS, HEADS, INNER = 64, 1, 4, 128
SEED = 1
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6
"""Kinds of tokens, as llama.cpp numbers them."""
SPECIAL, END = 3, -1
"""So many tokens stand before the byte 0, and the end of a text is the last of them."""
LEVEL = 7.0
"""The first number of every state: all embeddings have the same there, and no layer moves it much."""
QUOTE, NEVER = 2.0, -40.0


def main() -> None:
    write_model(Path(sys.argv[1] if len(sys.argv) > 1 else "model.gguf"))


def write_model(path: Path) -> None:
    """Write a llama of random weights whose tokens are the 256 bytes."""
    import gguf
    import numpy as np

    random = np.random.default_rng(SEED)
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{byte:02X}>".encode() for byte in range(256))]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types([UNKNOWN, CONTROL, CONTROL, *[BYTE] * 256])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(
        "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "
    )
    for name, shape in shapes(len(tokens)).items():
        weights = random.normal(0, 0.05, shape) if len(shape) > 1 else np.ones(shape)
        if name == "token_embd.weight":
            weights[:, 0] = 1.0
        if name == "output.weight":
            weights[:, 0] = [bias(token - SPECIAL) / LEVEL for token in range(len(tokens))]
        writer.add_tensor(name, weights.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def bias(byte: int) -> float:
    """How much likelier a byte is written than chance would have it; the end is written freely."""
    if byte == ord('"'):
        return QUOTE
    return 0.0 if byte == END or (32 <= byte < 127 and byte != ord("`")) else NEVER


def shapes(vocabulary: int) -> dict[str, tuple[int, ...]]:
    """The tensors of a llama, each with its shape."""
    found: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (vocabulary, WIDTH),
        "output_norm.weight": (WIDTH,),
        "output.weight": (vocabulary, WIDTH),
    }
    for layer in range(LAYERS):
        block = {
            "attn_norm": (WIDTH,),
            "attn_q": (WIDTH, WIDTH),
            "attn_k": (WIDTH, WIDTH),
            "attn_v": (WIDTH, WIDTH),
            "attn_output": (WIDTH, WIDTH),
            "ffn_norm": (WIDTH,),
            "ffn_gate": (INNER, WIDTH),
            "ffn_up": (INNER, WIDTH),
            "ffn_down": (WIDTH, INNER),
        }
        found |= {f"blk.{layer}.{name}.weight": shape for name, shape in block.items()}
    return found


if __name__ == "__main__":
    main()
