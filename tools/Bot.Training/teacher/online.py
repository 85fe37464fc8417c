"""For a machine with a GPU: tunes teachers, and trains a student on what they make of variants that are new every time.

    python3 online.py teachers FOLDER COUNT EPOCHS      a minute each; FOLDER holds what numbered.py wrote
    python3 online.py student FOLDER SECONDS OUT.pt     OUT.pt begins `student.py`

Prints totals on what is set aside, never a line of it. Seeded; how far the student comes depends on the machine's pace."""
import glob
import multiprocessing
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

import bert
import student as small
from numbered import FIRST_WORD
from teacher import CATEGORIES, CATEGORY_WEIGHT, LEVELS, MASKED, SMOOTHED

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
BATCH, RATE, HEAD_RATE = 64, 1.2e-4, 1e-3                                   # of a teacher
STUDENT_BATCH, BLOCKS, STUDENT_RATE, LEVEL_UNTIL, FIRST_SHARE = 1024, 8, 2.5e-3, 0.35, 0.5
LONGEST_CROSSED, LONGEST_READ = 44, 94
JOINTS = ((1,), (1,), (1,), (1,), (4,), (3,), (2,), (2,), (), ())           # marks between messages that are put together
SHARES = (0.1, 0.2, 0.35, 0.5)                                              # of words that a variant replaces


class Texts:
    def __init__(self, file):
        self.arrays = dict(np.load(file))

    def __getitem__(self, name):
        return self.arrays[name]

    def of(self, name):
        ends = np.cumsum(self[name + "_lengths"].astype(np.int64))
        return np.split(self[name], ends[:-1])


class Pieces:
    """The word pieces of texts, as the encoder wants them."""

    def __init__(self, texts):
        self.flat, self.lengths = texts["pieces"], texts["pieces_lengths"].astype(np.int64)
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])

    def count(self, text):
        return self.lengths[text].sum()

    def __call__(self, batch):
        words, rows = np.concatenate(batch), np.repeat(np.arange(len(batch)), [len(text) for text in batch])
        lengths = self.lengths[words]
        before = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        pieces = self.flat[np.repeat(self.starts[words] - before, lengths) + np.arange(lengths.sum())]
        owners = np.repeat(rows, lengths)
        counts = np.bincount(owners, minlength=len(batch))
        places = np.arange(len(pieces)) - (np.cumsum(counts) - counts)[owners]
        kept, counts = places < LONGEST_READ, np.minimum(counts, LONGEST_READ)
        ids = np.zeros((len(batch), counts.max() + 2), np.int64)
        ids[:, 0] = bert.BEGIN
        ids[owners[kept], places[kept] + 1] = pieces[kept]
        ids[np.arange(len(batch)), counts + 1] = bert.END
        return torch.from_numpy(ids), torch.from_numpy(counts + 2)


class Encoder(bert.Encoder):
    def forward(self, ids, lengths):
        count, length = ids.shape
        mask = torch.arange(length, device=ids.device)[None] < lengths[:, None]
        hidden = ~mask[:, None, None, :] * -1e4
        norm = lambda x, weight, bias: F.layer_norm(x, (bert.SIZE,), weight, bias, 1e-12)
        x = self.drop(norm(self.words(ids) + self.places[:length], *self.norm))
        for layer in self.layers:
            q, k, v = (x @ layer["qkv"] + layer["qkv_bias"]).view(count, length, 3, bert.HEADS, bert.SIZE // bert.HEADS).permute(2, 0, 3, 1, 4)
            attended = self.drop(torch.softmax(q @ k.transpose(2, 3) * (bert.SIZE // bert.HEADS) ** -0.5 + hidden, -1)) @ v
            attended = attended.transpose(1, 2).reshape(count, length, bert.SIZE) @ layer["out"] + layer["out_bias"]
            x = norm(x + self.drop(attended), layer["norm1"], layer["norm1_bias"])
            raised = F.gelu(x @ layer["up"] + layer["up_bias"])
            x = norm(x + self.drop(raised @ layer["down"] + layer["down_bias"]), layer["norm2"], layer["norm2_bias"])
        return (x * mask[..., None]).sum(1).float() / lengths[:, None]


def judge(teacher, texts, pieces):
    encoder, head = teacher
    order, out = sorted(range(len(texts)), key=lambda row: pieces.count(texts[row])), np.zeros((len(texts), len(LEVELS)), np.float32)
    with torch.no_grad():
        for at in range(0, len(order), 1024):
            batch = order[at : at + 1024]
            ids, lengths = pieces([texts[row] for row in batch])
            out[batch] = F.softmax(head(encoder(ids.to(DEVICE), lengths.to(DEVICE))), 1).cpu().numpy()
    return out


def area(is_grave, score):
    """Under the ROC curve."""
    order = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(order[2]) - (order[2] - 1) / 2)[order[1]]
    grave = is_grave.sum()
    return (ranks[is_grave].sum() - grave * (grave + 1) / 2) / (grave * (len(score) - grave))


def report(name, texts, judged):
    """Areas for danger or distress against none and for danger against none, by language; how much of what is harmless looks like danger."""
    level, is_spanish = texts["measured_fresh_level"], texts["measured_fresh_spanish"].astype(bool)
    for language, chosen in (("english", ~is_spanish), ("spanish", is_spanish)):
        sure = chosen & (level != LEVELS["concern"])
        print(name, language, round(area(level[chosen] > 0, 1 - judged["fresh"][chosen, 0]), 4), round(area(level[sure] > 0, judged["fresh"][sure, 2]), 4), flush=True)
    print(name, {other: round(float((judged[other][:, 2] > 0.45).mean()), 4) for other in ("ordinary", "sayings")}, flush=True)


def tune(seed, texts, pieces, epochs):
    torch.manual_seed(seed)
    chance, taught = np.random.default_rng(seed), texts.of("lessons")
    ends = np.cumsum(texts["lessons_drawn"])
    level, category, weight = (torch.from_numpy(texts["lessons_" + name]).to(DEVICE) for name in ("level", "category", "weight"))
    lengths = np.array([pieces.count(text) for text in taught])
    encoder, head, category_head = Encoder().to(DEVICE), torch.nn.Linear(bert.SIZE, len(LEVELS)).to(DEVICE), torch.nn.Linear(bert.SIZE, len(CATEGORIES)).to(DEVICE)
    optimizer = torch.optim.AdamW([{"params": encoder.parameters(), "base": RATE}, {"params": [*head.parameters(), *category_head.parameters()], "base": HEAD_RATE}], lr=RATE, weight_decay=0.01)
    draws = [(seed + epoch) % len(ends) for epoch in range(epochs)]
    steps, step = sum(int(texts["lessons_drawn"][draw]) for draw in draws) // BATCH, 0
    for draw in draws:
        order = ends[draw] - 1 - chance.permutation(int(texts["lessons_drawn"][draw]))
        pools = [part[np.argsort(lengths[part], kind="stable")] for part in np.array_split(order, max(1, len(order) // (32 * BATCH)))]
        batches = [pool[at : at + BATCH] for pool in pools for at in range(0, len(pool), BATCH)]
        for i in chance.permutation(len(batches)):
            share = min(1, (step + 1) / 100) * max(0.02, 1 - step / steps)
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * share
            ids, counts = pieces([taught[row] for row in batches[i]])
            ids[(torch.rand(ids.shape) < MASKED) & (ids != bert.BEGIN) & (ids != bert.END) & (ids != 0)] = bert.MASK
            with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
                vectors = encoder(ids.to(DEVICE), counts.to(DEVICE))
            vectors, rows = F.dropout(vectors, encoder.dropped), torch.from_numpy(batches[i]).to(DEVICE)
            losses = F.cross_entropy(head(vectors), level[rows].long(), reduction="none", label_smoothing=SMOOTHED) + CATEGORY_WEIGHT * F.cross_entropy(category_head(vectors), category[rows].long(), reduction="none")
            ((losses * weight[rows]).sum() / weight[rows].sum()).backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
    return encoder.eval(), head


def teachers(folder, count, epochs):
    texts = Texts(folder + "/teachers.npz")
    pieces, names = Pieces(texts), ("fresh", "ordinary", "sayings", "dev")
    measured, translations, of_all, of_pairs = {name: texts.of("measured_" + name) for name in names}, texts.of("translations"), {}, 0
    for seed in range(1, count + 1):
        teacher = tune(seed, texts, pieces, epochs)
        torch.save([part.half().state_dict() if DEVICE == "cuda" else part.state_dict() for part in teacher], f"{folder}/teacher-{seed}.pt")
        teacher = (teacher[0], teacher[1].float())
        head = lambda vectors, layer=teacher[1]: layer(vectors.float())
        for name in names:
            of_all[name] = of_all.get(name, 0) + judge((teacher[0], head), measured[name], pieces) / count
        of_pairs = of_pairs + judge((teacher[0], head), translations, pieces) / count
        print("tuned", seed, flush=True)
    report("teachers", texts, of_all)
    np.savez_compressed(folder + "/pairs.npz", judged=of_pairs.astype(np.float16))


class Variants:
    """Variants of messages, as variants.py makes them, of word numbers and fast; and messages with the labels that they have."""

    def __init__(self, texts, judged_pairs, seed):
        self.chance, self.texts = np.random.default_rng(seed), texts
        self.groups = {name: texts.of(name) for name in ("english", "spanish", "harmless", "ordinary", "questions", "prose", "composed", "composed_spanish", "pairs")}
        level = texts["english_level"]
        self.grave = [text for text, of in zip(self.groups["english"], level) if of]
        self.calm = [text for text, of in zip(self.groups["english"], level) if not of] + self.groups["harmless"]
        self.spanish_calm = [text for text, of in zip(self.groups["spanish"], texts["spanish_level"]) if not of]
        self.spanish_grave = [(text, of) for text, of in zip(self.groups["spanish"], texts["spanish_level"]) if of]
        self.judged = judged_pairs
        self.near, self.wrong = texts["near"], texts["wrong"]
        nearness = np.cumsum(texts["nearness"], 1)
        self.nearness = nearness / nearness[:, -1:].clip(1e-6)

    def one(self, group):
        return group[self.chance.integers(len(group))]

    def vary(self, text, share, dropped=0.05):
        text = text[(self.chance.random(len(text)) >= dropped) | (text < FIRST_WORD)]
        hit = (self.near[text, 0] > 0) & (self.chance.random(len(text)) < share)
        words = text[hit]
        text[hit] = self.near[words, (self.nearness[words] < self.chance.random(len(words))[:, None]).sum(1).clip(max=self.near.shape[1] - 1)]
        return text[text > 0]

    def misspell(self, text, share):
        hit = (self.wrong[text, 0] > 0) & (self.chance.random(len(text)) < share)
        text = text.copy()
        text[hit] = self.wrong[text[hit], self.chance.integers(0, self.wrong.shape[1], hit.sum())]
        return text

    def cross(self, first, second):
        return np.concatenate([first[: self.chance.integers(1, max(2, len(first)))], second[self.chance.integers(0, max(1, len(second))) :]])[:LONGEST_CROSSED]

    def together(self, *parts):
        out = []
        for i in self.chance.permutation(len(parts)):
            out += [np.array(self.one(JOINTS), np.int32), parts[i]] if out else [parts[i]]
        return np.concatenate(out)

    def sentence(self, text):
        ends = [0, *(np.flatnonzero((text == 1) | (text == 3) | (text == 4)) + 1), len(text)]
        at = self.chance.integers(len(ends) - 1)
        part = text[ends[at] : ends[at + 1]]
        return part if len(part) > 2 else text

    def english(self):
        """One that the teachers are to judge."""
        one, kind, share = self.one, self.chance.random(), self.one(SHARES)
        if kind < 0.42:
            return self.vary(one(self.grave if kind < 0.20 else self.calm), share)
        if kind < 0.64:
            first, second = ((self.grave, self.grave), (self.calm, self.grave), (self.grave, self.calm), (self.calm, self.calm))[int((kind - 0.42) / 0.055)]
            return self.vary(self.cross(one(first), one(second)), 0.2)
        if kind < 0.67:
            return self.cross(*((one(self.grave), one(self.groups["questions"]))[:: self.one((1, -1))]))
        if kind < 0.84:
            parts = [one(one((self.calm, self.calm, self.groups["questions"], self.groups["prose"]))) for _ in range(one((1, 1, 2, 3)))]
            return self.vary(self.together(*parts, one(self.grave if self.chance.random() < 0.6 else self.calm)), 0.1, 0.02)
        if kind < 0.87:
            return self.sentence(one(self.calm))
        prose, kind = one(self.groups["prose"]), self.chance.random()
        if kind < 0.5:
            return self.vary(prose, share if kind > 0.2 else 0, 0.05 if kind > 0.2 else 0)
        if kind < 0.7:
            return self.vary(self.sentence(prose), 0.1)
        return self.vary(self.cross(*(((one(self.grave), prose), (prose, one(self.grave)), (one(self.calm), prose))[int((kind - 0.7) / 0.1001)])), 0.15)

    def labelled(self, count):
        """Texts with their levels and weights: messages, two beside each other, sentences of harmless ones, composed ones, ordinary questions."""
        for name, share, weight in (("english", 0.27, 2.0), ("spanish", 0.14, 2.0), ("composed", 0.14, 0.5), ("composed_spanish", 0.14, 0.5)):
            for i in self.chance.integers(0, len(self.groups[name]), int(count * share)):
                yield self.groups[name][i], self.texts[name + "_level"][i], weight
        for _ in range(int(count * 0.09)):
            text, level = self.one(self.spanish_grave)
            yield self.together(text, self.one(self.spanish_calm)), level, 0.7
        for _ in range(int(count * 0.05)):
            yield self.vary(self.sentence(self.one(self.spanish_calm)), 0), 0, 0.7
            yield self.one(self.groups["harmless"]), 0, 2.0
        for _ in range(int(count * 0.12)):
            text = self.one(self.groups["ordinary"])
            yield text if self.chance.random() < 0.5 else self.vary(text, 0.2), 0, 2.0

    def some(self, count):
        """What the student sees, what the teachers see of it or None, what it is where that is known, its weight."""
        for _ in range(int(count * 0.56)):
            text = self.english()
            text = text if len(text) > 2 else self.one(self.calm)
            yield self.misspell(text, 0.12) if self.chance.random() < 0.15 else text, text, None, 1.0
        for i in self.chance.integers(0, len(self.judged), int(count * 0.22)):
            text = self.groups["pairs"][i]
            yield self.misspell(text, 0.1) if self.chance.random() < 0.1 else text, None, self.judged[i], 1.0
        for text, level, weight in self.labelled(int(count * 0.22)):
            yield self.misspell(text, 0.2) if self.chance.random() < 0.3 else text, None, np.eye(len(LEVELS), dtype=np.float32)[level], weight


def write_batches(folder, seed, queue):
    pieces, variants = Pieces(Texts(folder + "/teachers.npz")), Variants(Texts(folder + "/student.npz"), np.load(folder + "/pairs.npz")["judged"].astype(np.float32), seed)
    while True:
        shown = [(seen[seen >= FIRST_WORD][: small.LONGEST], *rest) for seen, *rest in variants.some(BLOCKS * STUDENT_BATCH)]
        order = sorted((i for i in range(len(shown)) if len(shown[i][0])), key=lambda i: len(shown[i][0]) + 3 * variants.chance.random())
        for at in variants.chance.permutation(len(order) // STUDENT_BATCH):
            batch = [shown[i] for i in order[at * STUDENT_BATCH : (at + 1) * STUDENT_BATCH]]
            ids = np.zeros((len(batch), max(len(seen) for seen, *_ in batch)), np.int64)
            for row, (seen, *_) in enumerate(batch):
                ids[row, : len(seen)] = seen
            judged = np.array([row for row, (_, read, _, _) in enumerate(batch) if read is not None])
            known = np.array([np.zeros(len(LEVELS), np.float32) if level is None else level for _, _, level, _ in batch])
            queue.put((ids, judged, [part.numpy() for part in pieces([batch[row][1] for row in judged])], known, np.array([weight for *_, weight in batch], np.float32)))


class Student(small.Student):
    """The student of student.py, of word numbers on a GPU."""

    def __init__(self, texts):
        on_device = lambda name: torch.from_numpy(texts[name].astype(np.int64)).to(DEVICE)
        super().__init__(texts["vectors"].astype(np.float32), None, None)
        self.rows, self.lists, self.lengths = on_device("rows"), on_device("runs"), on_device("runs_lengths")
        self.to(DEVICE)

    def embed(self, ids):
        mask = (ids > 0).float()
        distinct, places = torch.unique(ids, return_inverse=True)
        used = (torch.arange(self.lists.shape[1], device=ids.device)[None] < self.lengths[distinct][:, None]).float()
        runs = (F.embedding(self.lists[distinct], self.runs.weight) * used[..., None]).sum(1) / used.sum(1, keepdim=True).clamp(min=1)
        known, kept = self.vectors(self.rows[ids]), mask
        if self.training:
            known, kept = known * (torch.rand_like(mask) > small.FORGOTTEN)[..., None], mask * (torch.rand_like(mask) > small.BLANKED)
        return (runs[places] + known) * kept[..., None], mask


def train(folder, seconds, output):
    context = multiprocessing.get_context("fork")
    queue = context.Queue(64)
    writers = [context.Process(target=write_batches, args=(folder, 100 + i, queue), daemon=True) for i in range(max(1, (os.cpu_count() or 2) - 2))]
    for writer in writers:
        writer.start()
    texts, judges = Texts(folder + "/student.npz"), []
    for file in sorted(glob.glob(folder + "/teacher-*.pt")):
        encoder, head = Encoder(), torch.nn.Linear(bert.SIZE, len(LEVELS))
        for part, state in zip((encoder, head), torch.load(file, map_location="cpu")):
            part.load_state_dict(state)
        judges.append(((encoder.half() if DEVICE == "cuda" else encoder).to(DEVICE).eval(), head.to(DEVICE)))
    torch.manual_seed(1)
    student = Student(texts)
    optimizer, started, step = torch.optim.Adam(student.parameters(), STUDENT_RATE), time.time(), 0
    while (done := (time.time() - started) / seconds) < 1:
        ids, judged, (read, lengths), known, weight = [torch.from_numpy(part).to(DEVICE) if isinstance(part, np.ndarray) else [torch.from_numpy(each).to(DEVICE) for each in part] for part in queue.get()]
        with torch.no_grad():
            for half in torch.argsort(lengths).chunk(2):
                shown = read[half, : int(lengths[half].max())]
                known[judged[half]] = sum(F.softmax(head(encoder(shown, lengths[half])), 1) for encoder, head in judges) / len(judges)
        for group in optimizer.param_groups:
            group["lr"] = STUDENT_RATE * min(1, (step + 1) / 200) * (1 if done < LEVEL_UNTIL else max(0.01, (1 - done) / (1 - LEVEL_UNTIL)))
        losses = sum(-share * (known * F.log_softmax(answer, 1)).sum(1) for share, answer in zip((FIRST_SHARE, 1), student(ids)))
        ((losses * weight).sum() / weight.sum()).backward()
        optimizer.step()
        optimizer.zero_grad()
        step += 1
    for writer in writers:
        writer.kill()
    print(step, "steps")
    student.eval()
    measured = {}
    with torch.no_grad():
        for name in ("fresh", "ordinary", "sayings", "dev"):
            seen = [text[text >= FIRST_WORD][: small.LONGEST] for text in texts.of("measured_" + name)]
            measured[name] = np.concatenate([F.softmax(student(torch.from_numpy(text.astype(np.int64))[None].to(DEVICE))[1], 1).cpu().numpy() for text in (text if len(text) else np.full(1, FIRST_WORD) for text in seen)])
    report("student", Texts(folder + "/teachers.npz"), measured)
    with open(folder + "/words.txt", encoding="utf-8") as words:
        torch.save({"words": words.read().split("\n")[:-1], "messages": len(texts["english_level"]) + len(texts["spanish_level"]), "state": {name: value.half().cpu() for name, value in student.state_dict().items()}}, output)


if __name__ == "__main__":
    verb, folder, *rest = sys.argv[1:]
    if verb == "teachers":
        teachers(folder, *map(int, rest))
    elif verb == "student":
        train(folder, float(rest[0]), rest[1])
    else:
        sys.exit(f"{verb} is neither teachers nor student.\n{__doc__}")
