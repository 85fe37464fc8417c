"""Trains the crisis model that Bot.Core ships, two convolutions over word vectors with a judgement after each, on the labels and on what the teacher
judged.

    python3 student.py DATA OUT.bin [--begin BEFORE.bin SEED] JUDGED.tsv...

Words as Bot.Training's `tokens` verb gives them, so that training and product see the same ones. Seeded; tests/crisis/fresh.tsv is never read."""
import collections
import datetime
import random
import re
import struct
import sys
import time
import zlib

import numpy as np
import torch
import torch.nn.functional as F

import families
import quiet
import spanish
from compositions import SMALL_TALK, SMALL_TALK_SPANISH, compose, compose_spanish
from flat_adam import FlatAdam
from sentence import fnv, rows, tokenize
from teacher import LEVELS, ROUNDED, batches, ordinary_questions, read, word_vectors
from variants import NearWords, together, vary

SEED = 1
SIZE, FILTERS, REACH, HIDDEN, BUCKETS, WORDS, KNOWN_WORDS, COMMON_WORDS = 64, 192, 3, 96, 1 << 14, 31500, 20000, 12000
SECOND_FILTERS, SECOND_HIDDEN, FIRST_SHARE = 192, 128, 0.5     # of the second look; what the first one's judgement counts in the loss
LONGEST, LARGEST = 60, 7
EPOCHS, BATCH, RATE = 4, 128, 2e-3
EPOCHS_ON, RATE_ON = 4, 1.2e-3      # of one that begins where another ended
AVERAGED_EVERY, AVERAGED_SHARE = 40, 0.03
LABELLED_WEIGHT, LABELLED_TIMES, ONCE_WEIGHT, ORDINARY_WEIGHT = 3.0, 2, 0.5, 3.0
FORGOTTEN, BLANKED, DROPPED, LOST = 0.08, 0.05, 0.2, 0.1     # words that only their letters tell, words left out, units and answers left out
MISSPELT, TALKED, COMPOSED, COMPOSED_SPANISH, QUIET = 2, 2, 30000, 25000, 9000
BLOCK = 30      # words, as in RiskJudge.cs
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def misspell(text):
    """One or two letters swapped, left out, doubled or wrong."""
    for _ in range(random.choice((1, 1, 2))):
        at = random.randrange(max(1, len(text) - 1))
        kind = random.randrange(4)
        if kind == 0:
            text = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
        elif kind == 1:
            text = text[:at] + text[at + 1 :]
        elif kind == 2:
            text = text[:at] + text[at : at + 1] + text[at:]
        else:
            text = text[:at] + random.choice(LETTERS) + text[at + 1 :]
    return text


def beside(labelled, harmless, times):
    """A message with something harmless before or after it keeps its label."""
    for text, level in labelled:
        for _ in range(times):
            pair = [text, random.choice(harmless)]
            random.shuffle(pair)
            yield together(*pair), level


def pieces(text):
    """What of a harmless message the product judges by itself: its sentences, and of a long one each run of two blocks."""
    words = text.split()
    yield from (part for part in re.split(r"[.!?;\u2026]\s", text) if len(part.split()) >= 3)
    yield from (" ".join(words[start : start + 2 * BLOCK]) for start in range(0, len(words) - BLOCK, BLOCK) if len(words) > 2 * BLOCK)


class Words:
    """All words of the training, with the buckets of their letter runs in one flat array."""

    def __init__(self, texts, vocabulary):
        self.number = {word: i + 1 for i, word in enumerate(sorted({word for text in texts for word in text}))}
        runs = [[0]] + [[fnv(f" {word} "[i : i + n], buckets=BUCKETS) for n in (3, 4, 5) for i in range(len(word) + 3 - n)] or [0] for word in self.number]
        self.lengths = np.array([len(run) for run in runs])
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])
        self.flat = np.concatenate([np.array(run) for run in runs])
        self.row = np.array([0] + [vocabulary.get(word, 0) for word in self.number])

    def of(self, text):
        return np.array([self.number[word] for word in text], np.int64)

    def runs(self, words):
        lengths = self.lengths[words]
        offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        return torch.from_numpy(self.flat[np.repeat(self.starts[words] - offsets, lengths) + np.arange(lengths.sum())]), torch.from_numpy(offsets)


class Student(torch.nn.Module):
    def __init__(self, vectors, words, chance):
        super().__init__()
        self.words, self.chance = words, chance
        self.vectors = torch.nn.Embedding(len(vectors), SIZE, padding_idx=0)
        self.vectors.weight.data = torch.from_numpy(vectors.copy())
        self.runs = torch.nn.EmbeddingBag(BUCKETS, SIZE, mode="mean")
        self.runs.weight.data.normal_(0, 0.02)
        self.filters = torch.nn.Conv1d(SIZE, FILTERS, REACH, padding=REACH // 2)
        self.hidden, self.classes = torch.nn.Linear(2 * FILTERS, HIDDEN), torch.nn.Linear(HIDDEN, len(LEVELS))
        self.second = torch.nn.Conv1d(FILTERS, SECOND_FILTERS, REACH, padding=REACH // 2)
        self.second_hidden, self.second_classes = torch.nn.Linear(2 * (FILTERS + SECOND_FILTERS), SECOND_HIDDEN), torch.nn.Linear(SECOND_HIDDEN, len(LEVELS))

    def drop(self, x, share=DROPPED):
        return F.dropout(x, share, self.training)

    def embed(self, batch):
        """The vectors of the words, and where there is one."""
        ids = np.zeros((len(batch), max(map(len, batch))), np.int64)
        for row, text in enumerate(batch):
            ids[row, : len(text)] = text
        mask = torch.from_numpy((ids > 0).astype(np.float32))
        distinct, places = np.unique(ids, return_inverse=True)
        known, kept = self.vectors(torch.from_numpy(self.words.row[ids])), mask
        if self.training:
            known = known * torch.from_numpy((self.chance.random((*ids.shape, 1)) > FORGOTTEN).astype(np.float32))
            kept = mask * torch.from_numpy((self.chance.random(ids.shape) > BLANKED).astype(np.float32))
        return (self.runs(*self.words.runs(distinct))[torch.from_numpy(places.reshape(ids.shape))] + known) * kept[:, :, None], mask

    def forward(self, batch):
        x, mask = self.embed(batch)
        pool = lambda answers: torch.cat([answers.max(2)[0], answers.sum(2) / mask.sum(1, keepdim=True)], 1)
        y = F.relu(self.filters(x.transpose(1, 2))) * mask[:, None, :]
        z = F.relu(self.second(self.drop(y, LOST))) * mask[:, None, :]
        first = self.classes(F.relu(self.hidden(self.drop(pool(y)))))
        return first, self.second_classes(F.relu(self.second_hidden(self.drop(torch.cat([pool(y), pool(z)], 1)))))


def train(student, texts, judged, weights, often, epochs, rate):
    started, order = time.time(), [i for i, text in enumerate(texts) if len(text)] + [i for i in often if len(texts[i])] * (LABELLED_TIMES - 1)
    tables = [student.vectors, student.runs]     # a batch holds few of their rows
    for table in tables:
        table.sparse = True
    table_optimizer = torch.optim.SparseAdam([table.weight for table in tables], lr=rate)
    averaged = None     # of the last third, which is steadier than where the steps end
    optimizer, steps, step = FlatAdam([parameter for name, parameter in student.named_parameters() if name.split(".")[0] not in ("vectors", "runs")], rate), epochs * len(order) // BATCH, 0
    for epoch in range(epochs):
        for batch in batches(order, texts, BATCH, 32):
            optimizer.rate = table_optimizer.param_groups[0]["lr"] = rate * max(0.03, 1 - step / steps)
            step += 1
            with ROUNDED:
                first, second = student([texts[row] for row in batch])
            losses = -(judged[batch] * (FIRST_SHARE * F.log_softmax(first.float(), 1) + F.log_softmax(second.float(), 1))).sum(1)
            loss = (losses * weights[batch]).sum() / weights[batch].sum()
            loss.backward()
            optimizer.step()
            table_optimizer.step()
            table_optimizer.zero_grad(set_to_none=True)
            if step > steps * 2 // 3 and step % AVERAGED_EVERY == 0:
                state = {name: value.clone() for name, value in student.state_dict().items()}
                averaged = {name: value.lerp(state[name], AVERAGED_SHARE) for name, value in averaged.items()} if averaged else state
        print(f"epoch {epoch}, loss {loss.item():.3f}, {time.time() - started:.0f} s", flush=True)
    student.load_state_dict(averaged or student.state_dict())


def first_vectors(vocabulary):
    words, vectors = word_vectors(60000)
    vectors = vectors - vectors[:KNOWN_WORDS].mean(0)
    axes = np.linalg.svd(vectors[:KNOWN_WORDS], full_matrices=False)[2]
    vectors = vectors @ axes[2 : 2 + SIZE].T
    rank, out = {word: i for i, word in enumerate(words)}, np.zeros((len(vocabulary) + 1, SIZE), np.float32)
    for word, row in vocabulary.items():
        if word in rank:
            out[row] = vectors[rank[word]] / (3 * vectors.std())
    return out


def choose(texts):
    """The most frequent words of English, and those that occur here more than once."""
    vocabulary = {}
    for word in word_vectors(COMMON_WORDS)[0]:
        if word.isalpha():
            vocabulary[word] = len(vocabulary) + 1
    for word, count in collections.Counter(word for text in texts for word in text).most_common():
        if count > 1 and word not in vocabulary and len(vocabulary) < WORDS:
            vocabulary[word] = len(vocabulary) + 1
    return vocabulary


def columns(weights):
    """A float scale for each column, and rows of -127 to 127."""
    scale = np.abs(weights).max(0).clip(1e-8) / 127
    return scale.astype("<f4").tobytes() + np.round(weights / scale).astype(np.int8).tobytes()


def write(student, vocabulary, messages, output):
    """Little-endian: magic, then compressed: day, sizes, words with a NUL after each, rows of -7 to 7 with a float scale each (words, runs), and of both
    looks the filters and the head, as `columns` and floats. Finer rows of words change no figure by more than half a percent, and the file would be
    twice as large."""
    text = "".join(word + "\0" for word in vocabulary).encode()
    numbers = lambda weights: weights.detach().numpy()
    floats = lambda weights: numbers(weights).astype("<f4").tobytes()
    convolution = lambda filters: columns(numbers(filters.weight.permute(2, 1, 0).reshape(-1, filters.out_channels))) + floats(filters.bias)
    head = lambda hidden, classes: columns(numbers(hidden.weight.T)) + floats(hidden.bias) + floats(classes.weight) + floats(classes.bias)
    parts = [
        datetime.date.today().isoformat().encode(),
        struct.pack("<9i", messages, len(vocabulary), SIZE, BUCKETS, FILTERS, HIDDEN, SECOND_FILTERS, SECOND_HIDDEN, len(text)) + text,
        rows(numbers(student.vectors.weight)[1:], LARGEST) + rows(numbers(student.runs.weight), LARGEST),
        convolution(student.filters) + head(student.hidden, student.classes),
        convolution(student.second) + head(student.second_hidden, student.second_classes),
    ]
    torch.save({"words": list(vocabulary), "messages": messages, "state": student.state_dict()}, output.removesuffix(".bin") + ".pt")
    with open(output, "wb") as out:
        out.write(b"RISK4\0\0\0" + zlib.compress(b"".join(parts), 9))


def judgements(files):
    """Text, danger and distress; of a text that several teachers judged, the mean."""
    said = collections.defaultdict(list)
    for file in files:
        for line in open(file, encoding="utf-8"):
            text, acute, concern = line.rstrip("\n").split("\t")
            said[text].append((float(acute), float(concern)))
    return [(text, *np.mean(shares, 0)) for text, shares in said.items()]


def begun(file):
    """The words and weights of a student that was trained before: a .pt, or the product's own .bin, whose weights are rounded."""
    before = read_back(file) if file.endswith(".bin") else torch.load(file)
    return {word: i + 1 for i, word in enumerate(before["words"])}, before


def read_back(file):
    """What `write` wrote."""
    with open(file, "rb") as packed:
        data = zlib.decompress(packed.read()[8:])
    messages, words, size, buckets, filters, hidden, second_filters, second_hidden, length = struct.unpack_from("<9i", data, 10)
    names, at, state = data[46 : 46 + length].decode().split("\0")[:-1], 46 + length, {}

    def take(kind, *shape):
        nonlocal at
        values = np.frombuffer(data, kind, int(np.prod(shape)), at).reshape(shape)
        at += values.nbytes
        return values

    def scaled(count, width, by_row):
        scale = take("<f4", count, 1) if by_row else take("<f4", 1, width)
        return take(np.int8, count, width) * scale

    def convolution(name, inputs, outputs):
        state[name + ".weight"] = scaled(REACH * inputs, outputs, False).reshape(REACH, inputs, outputs).transpose(2, 1, 0)
        state[name + ".bias"] = take("<f4", outputs)

    def head(name, inputs, units):
        state[name + "hidden.weight"], state[name + "hidden.bias"] = scaled(inputs, units, False).T, take("<f4", units)
        state[name + "classes.weight"], state[name + "classes.bias"] = take("<f4", len(LEVELS), units), take("<f4", len(LEVELS))

    state["vectors.weight"], state["runs.weight"] = np.concatenate([np.zeros((1, size)), scaled(words, size, True)]), scaled(buckets, size, True)
    convolution("filters", size, filters)
    head("", 2 * filters, hidden)
    convolution("second", filters, second_filters)
    head("second_", 2 * (filters + second_filters), second_hidden)
    return {"words": names, "messages": messages, "state": {name: torch.tensor(np.ascontiguousarray(values, np.float32)) for name, values in state.items()}}


def load(student, state):
    student.load_state_dict({name: state[name].float() for name in student.state_dict()})


def mean(output, *files):
    states = [begun(file)[1]["state"] for file in files]
    vocabulary, before = begun(files[0])
    student = Student(np.zeros((len(vocabulary) + 1, SIZE), np.float32), None, None)
    load(student, {name: sum(state[name].float() for state in states) / len(states) for name in states[0]})
    write(student, vocabulary, before["messages"], output)


def main(data, output, *judged_files):
    begin, seed, epochs, rate = None, SEED, EPOCHS, RATE
    if judged_files[0] == "--begin":
        begin, seed, epochs, rate, judged_files = judged_files[1], int(judged_files[2]), EPOCHS_ON, RATE_ON, judged_files[3:]
    torch.manual_seed(seed)
    random.seed(seed)
    labelled, look_alikes, phrasings, _, _ = read(data)
    ordinary, judged = ordinary_questions(data), judgements(judged_files)
    ours = [(row[1], LEVELS[row[4]]) for row in labelled] + [(text, 0) for text in look_alikes + phrasings]
    harmless = [row[1] for row in labelled if row[2] == "es" and row[4] == "none"]
    ours += list(beside([(row[1], LEVELS[row[4]]) for row in labelled if row[2] != "en" and row[4] != "none"], harmless, 3))
    once = [(misspell(text), level) for text, level in ours for _ in range(MISSPELT)]
    for is_spanish, talk in ((False, SMALL_TALK), (True, SMALL_TALK_SPANISH)):
        once += list(beside([(row[1], LEVELS[row[4]]) for row in labelled if (row[2] != "en") == is_spanish], talk, TALKED))
    once += [(piece, 0) for row in labelled if row[4] == "none" for piece in pieces(row[1]) if piece != row[1]]
    once += [(text, LEVELS[level]) for text, level in compose(COMPOSED) + compose_spanish(COMPOSED_SPANISH)]
    once += [(text, LEVELS[level]) for made in (quiet, families) for messages, parts in ((made.MESSAGES, made.PARTS), (made.SPANISH_MESSAGES, made.SPANISH_PARTS)) for text, level in compose(QUIET, messages, parts)]
    english = [row for row in labelled if row[2] == "en"]
    once += list(zip(spanish.to_spanish([row[1] for row in english]), [LEVELS[row[4]] for row in english]))
    near = NearWords(*word_vectors(30000))
    plain = [(text, 0) for text in ordinary] + [(vary(text, 0.2, near), 0) for text in ordinary]
    texts = [text[:LONGEST] for text in tokenize([text for text, _ in ours + once + plain] + [row[0] for row in judged])]
    vocabulary, before = begun(begin) if begin else (choose(texts), None)
    words = Words(texts, vocabulary)
    targets = np.zeros((len(texts), len(LEVELS)), np.float32)
    for i, (_, level) in enumerate(ours + once + plain):
        targets[i, level] = 1
    for i, (_, acute, concern) in enumerate(judged, len(ours) + len(once) + len(plain)):
        targets[i] = max(0, 1 - acute - concern), concern, acute
    weights = torch.tensor([LABELLED_WEIGHT] * len(ours) + [ONCE_WEIGHT] * len(once) + [ORDINARY_WEIGHT] * len(plain) + [1.0] * len(judged))
    print(f"{len(ours)} labelled, {len(once)} misspelt or composed, {len(plain)} ordinary, {len(judged)} judged texts, {len(vocabulary)} words", flush=True)
    student = Student(first_vectors(vocabulary), words, np.random.default_rng(seed))
    if before:
        load(student, before["state"])
    train(student, [words.of(text) for text in texts], torch.from_numpy(targets), weights, range(len(ours)), epochs, rate)
    student.eval()
    write(student, vocabulary, len(ours) + len(ordinary), output)


if __name__ == "__main__":
    mean(*sys.argv[2:]) if sys.argv[1] == "--mean" else main(*sys.argv[1:])
