"""Makes the reader that Bot.Core ships for what its judge doubts: a tuned teacher (teacher.py) with words of Spanish beside its own pieces, so that it
needs no translator, trained on the words that the product makes of a text.

    python3 reader.py tune DATA TEACHER.pt SEED OUT.pt [--on BEFORE.pt] [--without FOLD] [--doubts HELD.tsv] JUDGED.tsv...    two minutes on a GPU
    python3 reader.py judge DATA READER.pt OUT.tsv [--fold FOLD] [TEXTS.tsv...]          what it says of the texts, or of the messages of a fold
    python3 reader.py persons PERSONS.npz PREDICTED.tsv ONE.pt [OTHER.pt...]             whom a danger is about, learned from what the rules say
    python3 reader.py write OUT.bin PERSONS.npz ONE.pt [OTHER.pt...]                     the mean of their weights

PREDICTED is what `Bot.Server evaluate crisis FILE --predictions` writes of tests/crisis/messages.tsv and messages-later.tsv, one after the other.
A file named several times counts several times. FOLD, 0 to 4, is the fifth of the messages that a reader is tuned without, to be judged by it: HELD.tsv,
all five one after the other, count a fifth beside the labels. Without a GPU an epoch takes forty minutes. Seeded; tests/crisis/fresh*.tsv are never read."""
import collections
import datetime
import glob
import math
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
import time
import unicodedata
import zlib

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.linear_model import LogisticRegression

import prose
import quotations
import spanish
from bert import HEADS, LONGEST, SIZE, Encoder, Tokenizer
from sentence import ROOT, rows
from student import columns, judgements, misspell
from teacher import ALARMING, ALARMING_SPANISH, CATEGORIES, CATEGORY_WEIGHT, LEVELS, OURS, OURS_SPANISH, UNNAMED, batches, drawn, ordinary_questions, read, rows as table, word_vectors
from variants import sentences

EPOCHS, BATCH, RATE, WORD_RATE, HEAD_RATE, DECAY, WARMING, STEEPEST, KEPT = 10, 512, 1.5e-4, 4e-4, 5e-4, 0.01, 200, 1.0, 0.999
VARIANTS, ORDINARY, PROSE = 200_000, 12_000, 6_000      # texts of an epoch, beside every labelled message
WEIGHTS = {"labelled": 1.0, "written": 1.0, "ordinary": 0.85, "prose": 0.6, "judged": 1.0}
SMOOTHED, SMOOTHED_ORDINARY = 0.05, 0.015
MASKED, MISSPELT, SHORTENED, SHORTEST_SHORTENED = 0.06, 0.1, 0.3, 5      # of the misspelt ones, so many lose a word
FOLDS, BLOCK, DOUBTED = 5, 40, 0.2      # messages written one after the other are often twins: blocks of them are held out together
RAREST, FINEST, COMMON_WORDS = 3, 31, 30000     # a Spanish word is said so often; rows of -31 to 31 change no judgement by more than the teacher's own rounding
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
ROUNDED = torch.autocast(DEVICE.type, torch.bfloat16, enabled=DEVICE.type == "cuda" or "avx512_bf16" in open("/proc/cpuinfo", encoding="utf-8").read())
SPECIAL = ("[CLS]", "[SEP]", "[MASK]", "[UNK]")
ACCENTED_FROM = 0.25    # of the times a word is typed without its accent


def plain(text):
    return "".join(character for character in unicodedata.normalize("NFD", text) if unicodedata.category(character) != "Mn")


def marked_words(texts):
    """The language that the product takes each text for, and its words and marks."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = os.path.join(folder, "in.txt"), os.path.join(folder, "out.txt")
        with open(given, "w", encoding="utf-8") as out:
            out.writelines(re.sub(r"\s+", " ", text) + "\n" for text in texts)
        subprocess.run(["dotnet", f"{ROOT}/artifacts/bin/Bot.Training/release/Bot.Training.dll", "words", given, made], check=True)
        with open(made, encoding="utf-8") as lines:
            return [(language, words.split()) for language, words in (line.rstrip("\n").split("\t") for line in lines)]


class Vocabulary:
    """WordPiece for English, whole words for Spanish: as in WordPieces.cs."""

    def __init__(self, pieces, words):
        self.pieces, self.words = list(pieces), list(words)
        self.row = {piece: i for i, piece in enumerate(self.pieces)}
        self.spanish = {word: len(self.pieces) + i for i, word in enumerate(self.words)}
        self.begin, self.end, self.mask, self.unknown = (self.row[piece] for piece in SPECIAL)
        self.known = {}

    def of_word(self, word, is_spanish):
        key = word, is_spanish
        if key not in self.known:
            if is_spanish and word in self.spanish:
                self.known[key] = [self.spanish[word]]
            elif word in self.row:
                self.known[key] = [self.row[word]]
            else:
                self.known[key] = [self.spanish[word]] if word in self.spanish else self.split(word)
        return self.known[key]

    def split(self, word):
        out, start = [], 0
        while start < len(word):
            mark, end = "##" if start else "", len(word)
            while end > start and mark + word[start:end] not in self.row:
                end -= 1
            if end == start:
                return [self.unknown]
            out.append(self.row[mark + word[start:end]])
            start = end
        return out

    def __call__(self, language, words):
        rows = [row for word in words for row in self.of_word(word, language == "es")]
        return [self.begin, *rows[: LONGEST - 2], self.end]


def begin(texts, said, teacher):
    """The vocabulary, and the vectors it begins with: of a Spanish word the mean of those of its translation."""
    tokenize = Tokenizer()
    english, other, typed = collections.Counter(), collections.Counter(), collections.defaultdict(collections.Counter)
    for text, (language, words) in zip(texts, said):
        (other if language == "es" else english).update(words)
        if language == "es":
            for word in re.findall(r"\w+", text.lower()):
                typed[plain(word)][word] += 1
    pieces = {piece for word in [*english, *(word for word in word_vectors(COMMON_WORDS)[0] if word.isascii())] for piece in tokenize.of_word(word)}
    pieces.update(tokenize.pieces[piece] for letter in "abcdefghijklmnopqrstuvwxyz0123456789" for piece in (letter, "##" + letter))
    pieces = sorted(pieces | {tokenize.pieces[piece] for piece in SPECIAL})
    names = {row: piece for piece, row in tokenize.pieces.items()}
    words = [word for word, count in other.most_common() if count >= RAREST and word.isalpha()]

    def with_accents(word):
        forms = {form: count for form, count in typed[word].items() if form != word}
        form = max(forms, key=forms.get, default=word)
        return form if forms.get(form, 0) >= ACCENTED_FROM * typed[word][word] else word

    vectors = teacher["words.weight"].float()
    meant = [re.findall(r"\w+", plain(text.lower())) for text in spanish.to_english([with_accents(word) for word in words])]
    begun = [vectors[[row for part in parts for row in tokenize.of_word(part)] or tokenize.of_word(word)].mean(0) for word, parts in zip(words, meant)]
    return Vocabulary([names[row] for row in pieces], words), torch.cat([vectors[pieces], torch.stack(begun)])


def lessons(data, files):
    """Kind, text, what to say of it (a level, or the shares of none, distress and danger), category."""
    labelled, look_alikes, phrasings, few, many = read(data)
    harmless = lambda texts, alarming, ours: [text for text in texts if not (alarming.search(text) and ours.search(text))]
    written = harmless(prose.taught() + quotations.taught("en") + sentences(), ALARMING, OURS) + harmless(quotations.taught("es"), ALARMING_SPANISH, OURS_SPANISH)
    out = [("labelled", row[1], row[4], row[3]) for row in labelled]
    out += [("written", text, "none", None) for text in look_alikes + phrasings]
    out += [("ordinary", text, "none", None) for text in sorted({*few, *many, *ordinary_questions(data)})]
    out += [("prose", text, "none", None) for text in sorted(set(written))]
    return out + [("judged", text, (max(0.0, 1 - acute - concern), concern, acute), None) for text, acute, concern in judgements(files)]


def shares(kind, level, doubts=None):
    """What to say of a text: its label, softened, and what readers that had not seen it say, or what was judged."""
    if not isinstance(level, str):
        return level
    unsure = SMOOTHED if kind == "labelled" else SMOOTHED_ORDINARY
    said = [(1 - unsure) * (LEVELS[level] == row) + unsure / len(LEVELS) for row in range(len(LEVELS))]
    return said if doubts is None else [(1 - DOUBTED) * one + DOUBTED * other for one, other in zip(said, doubts)]


def draw(taught):
    """What one epoch is trained on."""
    by = collections.defaultdict(list)
    for row, (kind, *_) in enumerate(taught):
        by[kind].append(row)
    return by["labelled"] + by["written"] + drawn(by["ordinary"], ORDINARY) + drawn(by["prose"], PROSE) + drawn(by["judged"], VARIANTS)


def fold(row):
    return row // BLOCK % FOLDS


class Parts(torch.nn.Module):
    """The encoder and what is told apart, as states of a file."""

    def __init__(self, states):
        super().__init__()
        self.encoder, self.head, self.category_head = Encoder(), torch.nn.Linear(SIZE, len(LEVELS)), torch.nn.Linear(SIZE, len(CATEGORIES))
        self.encoder.words = torch.nn.Embedding(*states[0]["words.weight"].shape)
        for part, state in zip(self.parts(), states):
            part.load_state_dict(state)
        self.to(DEVICE)

    def parts(self):
        return self.encoder, self.head, self.category_head

    def states(self):
        return [{name: value.float().cpu() for name, value in part.state_dict().items()} for part in self.parts()]


def tune(data, teacher, seed, output, before, held_out, doubts, files):
    torch.manual_seed(seed)
    random.seed(seed)
    started, step = time.time(), 0
    doubted = {text: (1 - acute - concern, concern, acute) for text, acute, concern in judgements([doubts])} if doubts else {}
    taught = [lesson for row, lesson in enumerate(lessons(data, files)) if held_out is None or lesson[0] != "labelled" or fold(row) != held_out]
    said = marked_words([text for _, text, _, _ in taught])
    taught, said = zip(*((row, words) for row, words in zip(taught, said) if words[1]))
    if before:
        kept = torch.load(before)
        vocabulary, states = Vocabulary(kept["pieces"], kept["words"]), kept["states"]
    else:
        states = torch.load(teacher)
        vocabulary, states[0]["words.weight"] = begin([text for _, text, _, _ in taught], said, states[0])
    parts = Parts(states)
    encoder, head, category_head = parts.parts()
    rows_of = [vocabulary(*words) for words in said]
    levels = torch.tensor([shares(kind, level, doubted.get(text) if kind == "labelled" else None) for kind, text, level, _ in taught], device=DEVICE)
    categories = torch.tensor([UNNAMED if category is None else CATEGORIES.index(category) for *_, category in taught], device=DEVICE)
    weights = torch.tensor([WEIGHTS[kind] for kind, *_ in taught], device=DEVICE)
    body = [parameter for name, parameter in encoder.named_parameters() if name != "words.weight"]
    rates = (RATE, WORD_RATE, HEAD_RATE)
    optimizer = torch.optim.AdamW(
        [{"params": body, "weight_decay": DECAY}, {"params": [encoder.words.weight], "weight_decay": 0.0}, {"params": [*head.parameters(), *category_head.parameters()], "weight_decay": DECAY}])
    averages = [parameter.detach().clone() for parameter in parts.parameters()]

    def read_by(row):
        rows = rows_of[row]
        if random.random() < MISSPELT:
            language, words = said[row]
            words = list(words)
            at = random.randrange(len(words))
            if len(words[at]) > 3:
                words[at] = misspell(words[at])
            if len(words) >= SHORTEST_SHORTENED and random.random() < SHORTENED:
                del words[random.randrange(len(words))]
            rows = vocabulary(language, words)
        return [vocabulary.mask if row not in (vocabulary.begin, vocabulary.end) and random.random() < MASKED else row for row in rows]

    for epoch in range(EPOCHS):
        order = draw(taught)
        steps = math.ceil(EPOCHS * len(order) / BATCH)
        for batch in batches(order, rows_of, BATCH, 32):
            share = min(1, (step + 1) / WARMING) * max(0.01, 1 - step / steps)
            step += 1
            with ROUNDED:
                read_as = encoder([read_by(row) for row in batch])
            read_as = F.dropout(read_as.float(), encoder.dropped)
            losses = F.cross_entropy(head(read_as), levels[batch], reduction="none")
            losses = losses + CATEGORY_WEIGHT * F.cross_entropy(category_head(read_as), categories[batch], reduction="none", ignore_index=UNNAMED)
            ((losses * weights[batch]).sum() / weights[batch].sum()).backward()
            torch.nn.utils.clip_grad_norm_(body, STEEPEST)
            for group, rate in zip(optimizer.param_groups, rates):
                group["lr"] = rate * share
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            kept_share = min(KEPT, (step + 1) / (step + 10))
            with torch.no_grad():
                for average, parameter in zip(averages, parts.parameters()):
                    average.lerp_(parameter, 1 - kept_share)
        print(f"epoch {epoch}, loss {losses.mean().item():.3f}, {time.time() - started:.0f} s", flush=True)
    with torch.no_grad():
        for average, parameter in zip(averages, parts.parameters()):
            parameter.copy_(average)
    torch.save({"pieces": vocabulary.pieces, "words": vocabulary.words, "states": parts.states()}, output)


def judge(data, file, output, held_out, texts):
    """Writes text, danger and distress."""
    kept = torch.load(file)
    vocabulary, parts = Vocabulary(kept["pieces"], kept["words"]), Parts(kept["states"]).eval()
    if held_out is None:
        asked = [text for text, *_ in judgements(texts)]
    else:
        asked = [row[1] for at, row in enumerate(read(data)[0]) if fold(at) == held_out]
    rows_of = [vocabulary(*said) for said in marked_words(asked)]
    order = sorted(range(len(asked)), key=lambda row: len(rows_of[row]))
    with open(output, "w", encoding="utf-8") as out, torch.no_grad(), ROUNDED:
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            for row, said in zip(batch, F.softmax(parts.head(parts.encoder([rows_of[row] for row in batch])).float(), 1).tolist()):
                out.write(f"{asked[row]}\t{said[LEVELS['acute']]:.5f}\t{said[LEVELS['concern']]:.5f}\n")


def mean(files):
    """Pieces, Spanish words, and the mean weights of encoder, head and category head."""
    read_from = [torch.load(file) for file in files]
    states = [{name: sum(kept["states"][part][name].float() for kept in read_from) / len(files) for name in read_from[0]["states"][part]} for part in range(3)]
    return read_from[0]["pieces"], read_from[0]["words"], states


def persons(output, predicted, *files):
    """Logistic regression over what the encoder makes of messages in which a strict rule named the danger and whom it is about."""
    pieces, words, (state, _, _) = mean(files)
    about = {row[0]: row[4] for row in table(predicted) if row[1] == "hard" and row[3] != "model.risk"}
    chosen = [row for file in sorted(glob.glob(f"{ROOT}/tests/crisis/messages*.tsv")) for row in table(file) if row[0] in about and row[4] != "none"]
    vocabulary, encoder = Vocabulary(pieces, words), Encoder().eval()
    encoder.words = torch.nn.Embedding(*state["words.weight"].shape)
    encoder.load_state_dict(state)
    tokens = [vocabulary(*said) for said in marked_words([row[1] for row in chosen])]
    with torch.no_grad(), ROUNDED:
        vectors = torch.cat([encoder([tokens[row]]).float() for row in range(len(tokens))]).numpy()
    said = LogisticRegression(C=1, max_iter=2000).fit(vectors, [about[row[0]] == "other" for row in chosen])
    np.savez(output, weight=np.concatenate([np.zeros_like(said.coef_), said.coef_]), bias=np.array([0, said.intercept_[0]]))


def write(output, persons_file, *files):
    """Little-endian: magic, then compressed: day, sizes, pieces and Spanish words with a NUL after each, their rows of -31 to 31 with a float scale each,
    the places, of each layer the products as `columns` and everything else as floats, and what is told apart: levels, categories by name, persons."""
    pieces, words, states = mean(files)
    encoder, head, category_head = ({name: value.numpy() for name, value in state.items()} for state in states)
    floats = lambda *arrays: b"".join(np.ascontiguousarray(array, "<f4").tobytes() for array in arrays)
    packed = lambda names: "".join(name + "\0" for name in names).encode()
    named = lambda names: struct.pack("<i", len(packed(names))) + packed(names)
    layers = 1 + max(int(name.split(".")[1]) for name in encoder if name.startswith("layers."))
    parts = [
        datetime.date.today().isoformat().encode(),
        struct.pack("<7i", len(pieces), len(words), SIZE, HEADS, layers, encoder["layers.0.up"].shape[1], LONGEST),
        named(pieces) + named(words),
        rows(encoder["words.weight"], FINEST),
        floats(encoder["places"][:LONGEST], encoder["norm.0"], encoder["norm.1"]),
    ]
    for i in range(layers):
        of = lambda name: encoder[f"layers.{i}.{name}"]
        parts += [columns(of("qkv")), floats(of("qkv_bias")), columns(of("out")), floats(of("out_bias"), of("norm1"), of("norm1_bias"))]
        parts += [columns(of("up")), floats(of("up_bias")), columns(of("down")), floats(of("down_bias"), of("norm2"), of("norm2_bias"))]
    about = np.load(persons_file)
    parts += [floats(head["weight"], head["bias"]), struct.pack("<i", len(CATEGORIES)) + named(CATEGORIES), floats(category_head["weight"], category_head["bias"]), floats(about["weight"], about["bias"])]
    with open(output, "wb") as out:
        out.write(b"READ1\0\0\0" + zlib.compress(b"".join(parts), 9))


if __name__ == "__main__":
    verb, *rest = sys.argv[1:]
    options = {}
    for name in [word for word in rest if word.startswith("--")]:
        at = rest.index(name)
        options[name] = rest[at + 1]
        del rest[at : at + 2]
    if verb == "tune":
        data, teacher, seed, output, *rest = rest
        tune(data, teacher, int(seed), output, options.get("--on"), int(options["--without"]) if "--without" in options else None, options.get("--doubts"), rest)
    elif verb == "judge":
        data, file, output, *rest = rest
        judge(data, file, output, int(options["--fold"]) if "--fold" in options else None, rest)
    elif verb == "persons":
        persons(*rest)
    elif verb == "write":
        write(*rest)
    else:
        sys.exit(f"{verb} is none of tune, judge, persons and write.\n{__doc__}")
