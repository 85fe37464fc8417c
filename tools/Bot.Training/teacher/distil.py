"""Collects texts and writes what Universal Sentence Encoder lite makes of them, for sentence.py to imitate:

    python3 distil.py DATA JUDGED.tsv TEXTS.json VECTORS.npy        about 4 minutes on two cores; Debian: wordnet-base besides teacher.py's

Texts: training phrasings of the given sets (never a test file), our own phrasings and variants of them, the article, definitions and examples
of WordNet, and some of the variants that the teacher judged. Seeded."""
import glob
import json
import random
import re
import sys

import numpy as np
import torch

from sentence import ROOT, answers
from teacher import word_vectors
from use_lite import PACKAGE, Encoder, Tokenizer
from variants import NearWords, examples, glosses, vary

SEED, MOST_JUDGED, MOST_WORDNET, MOST_WORDS, BATCH = 5, 30000, 70000, 40, 128


def wordnet():
    texts = []
    for word, gloss in glosses():
        texts += examples(gloss)
        definition = gloss.split(";")[0].split('"')[0].strip()
        if 15 < len(definition) < 110 and random.random() < 0.35:
            texts.append(random.choice(("what is %s", "%s", "tell me about %s", "does %s matter")) % word if random.random() < 0.3 else definition)
    return texts


def main(data, judged_file, texts_file, vectors_file):
    random.seed(SEED)
    torch.set_num_threads(2)
    phrasings = answers(data, None)
    own = [text for answer, group in phrasings.items() if answer.startswith("own/") for text in group]
    article = [sentence.strip() for file in sorted(glob.glob(f"{ROOT}/dialogs/sources/*.txt")) for sentence in re.split(r"(?<=[.!?])\s+", open(file, encoding="utf-8").read()) if 15 < len(sentence) < 160]
    near = NearWords(*word_vectors(30000))
    variants = [vary(text, random.choice((0.2, 0.4)), near) for text in own for _ in range(8)]
    judged = [line.split("\t")[0] for line in open(judged_file, encoding="utf-8")]
    definitions = wordnet()
    random.shuffle(judged)
    random.shuffle(definitions)
    texts = sorted({*(text for group in phrasings.values() for text in group), *article, *variants, *judged[:MOST_JUDGED], *definitions[:MOST_WORDNET]})
    texts = [text for text in texts if 1 <= len(text.split()) < MOST_WORDS]
    random.shuffle(texts)
    encoder, tokenize = Encoder(PACKAGE), Tokenizer(PACKAGE)
    tokens = [tokenize(text) for text in texts]
    order, vectors = sorted(range(len(tokens)), key=lambda row: len(tokens[row])), np.zeros((len(tokens), 512), np.float16)
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            vectors[rows] = encoder([tokens[row] for row in rows]).numpy()
    json.dump(texts, open(texts_file, "w", encoding="utf-8"))
    np.save(vectors_file, vectors)


if __name__ == "__main__":
    main(*sys.argv[1:])
