"""Everything that teaches and measures, as word numbers, for a machine with a GPU that has neither the product nor the translator:

    python3 numbered.py DATA FOLDER PAIRS.tsv...      three minutes; writes teachers.npz, student.npz, words.txt

PAIRS are Spanish variants with their translations (`teacher.py variants`). A text is its words as Bot.Training's `tokens` verb gives them, and the marks
between its clauses, which the teacher reads and the student does not. Seeded; of tests/crisis/fresh.tsv only totals are ever shown (online.py)."""
import collections
import random
import re
import sys

import numpy as np

import prose
import quotations
import spanish
import student
from bert import Tokenizer
from compositions import compose, compose_spanish
from sentence import fnv, tokenize
from teacher import CATEGORIES, LEVELS, ROOT, UNNAMED, column, lessons, ordinary_questions, read, rows, word_vectors
from variants import NEAREST, NearWords, sentences

MARKS = ".,?!"                      # word numbers 1 to 4; 0 is no word
FIRST_WORD = len(MARKS) + 1
CLAUSE = re.compile(r"([.,!?;:\u2026\n]+)(?=\s|$)")
LONGEST, MOST_PIECES, MOST_RUNS = 90, 12, 40
LESSONS = 3                         # drawn with as many seeds: a teacher reads another one each epoch
COMPOSED, COMPOSED_SPANISH = 90000, 70000
MEASURED_SETS = ("banking77", "hint3-curekart", "stackfaq")
MISSPELT = 4                        # wrong forms of each frequent word


def mark_of(signs):
    """The strongest of some signs: a question, a call, the end of a sentence, of a clause."""
    return next((number for sign, number in (("?", 3), ("!", 4), (".", 1), (";", 1), ("\u2026", 1), ("\n", 1)) if sign in signs), 2)


class Numbers:
    """Numbers words as they come."""

    def __init__(self):
        self.of = {mark: i for i, mark in enumerate(("", *MARKS))}

    def sequences(self, texts):
        parts = [CLAUSE.split(text) for text in texts]
        words = iter(tokenize([part for split in parts for part in split[::2] if part.strip()]))
        out = []
        for split in parts:
            sequence = []
            for i, part in enumerate(split):
                if i % 2 and sequence:
                    sequence.append(mark_of(part))
                elif i % 2 == 0 and part.strip():
                    sequence += [self.of.setdefault(word, len(self.of)) for word in next(words)]
            out.append(np.array(sequence[:LONGEST], np.int32))
        return out


def flat(sequences):
    return np.concatenate(sequences), np.array([len(sequence) for sequence in sequences], np.uint8)


def near_words(numbers, seen):
    """Of each word those that mean nearly the same, and how near they are."""
    near = NearWords(*word_vectors(30000))
    others = {word: found for word, number in list(numbers.of.items()) if word.isalpha() and word.isascii() and number in seen and (found := near.of(word))}
    names = sorted({name for found in others.values() for name, _ in found})
    single = {name: int(sequence[0]) for name, sequence in zip(names, numbers.sequences(names)) if len(sequence) == 1}
    return {numbers.of[word]: [(single[name], likeness**3) for name, likeness in found if name in single][:NEAREST] for word, found in others.items()}


def wrong_forms(numbers, seen):
    names, wrong = list(numbers.of), collections.defaultdict(list)
    frequent = [i for i, count in seen.most_common() if count > 1 and i >= FIRST_WORD and len(names[i]) > 3 and names[i].isalpha()][:25000]
    forms = [(i, form) for i in frequent for form in (student.misspell(names[i]) for _ in range(MISSPELT)) if form.strip() and " " not in form]
    for (i, _), sequence in zip(forms, numbers.sequences([form for _, form in forms])):
        if len(sequence) == 1:
            wrong[i].append(int(sequence[0]))
    return wrong


def table(count, width, lists, kind):
    out = np.zeros((count, width), kind)
    for number, values in lists.items():
        out[number, : len(values)] = values
    return out


def measured(data):
    """What online.py shows totals of: the lines set aside, ordinary questions, sayings, the developers' set."""
    yield "fresh", rows(f"{ROOT}/tests/crisis/fresh.tsv")
    yield "ordinary", [["", text, "en", "", "none"] for name in MEASURED_SETS for text in column(f"{data}/matching/{name}/test.tsv")]
    yield "sayings", [["", text, language, "", "none"] for language in quotations.FOLDERS for text in quotations.read(language) if quotations.measures(text)]
    yield "dev", rows(f"{data}/crisis/crisis-dev.tsv")


def main(data, folder, *pair_files):
    numbers, for_teachers, for_student = Numbers(), {}, {}

    def put(out, name, texts, **columns):
        out[name], out[name + "_lengths"] = flat(numbers.sequences(texts))
        out.update({f"{name}_{column}": np.array(values) for column, values in columns.items()})
        print(name, len(texts), flush=True)

    random.seed(77)
    labelled, look_alikes, phrasings, few, many = read(data)
    for name, chosen in (("english", [row for row in labelled if row[2] == "en"]), ("spanish", [row for row in labelled if row[2] != "en"])):
        put(for_student, name, [row[1] for row in chosen], level=[LEVELS[row[4]] for row in chosen])
    put(for_student, "harmless", look_alikes + phrasings)
    put(for_student, "ordinary", sorted(set(ordinary_questions(data))))
    random.shuffle(many)
    put(for_student, "questions", sorted(set(many[:16000] + few)))
    put(for_student, "prose", sentences() + quotations.taught("en") + prose.taught())
    for name, composed in (("composed", compose(COMPOSED)), ("composed_spanish", compose_spanish(COMPOSED_SPANISH))):
        put(for_student, name, [text for text, _ in composed], level=[LEVELS[level] for _, level in composed])
    pairs = dict(line.rstrip("\n").split("\t") for file in pair_files for line in open(file, encoding="utf-8"))
    pairs = sorted((text, read_as) for text, read_as in pairs.items() if text != read_as)
    random.shuffle(pairs)
    put(for_student, "pairs", [text for text, _ in pairs])
    put(for_teachers, "translations", [read_as for _, read_as in pairs])
    drawn, draw = [], lessons(data)
    for seed in range(LESSONS):
        random.seed(seed)
        drawn.append(draw())
    all_of = [lesson for each in drawn for lesson in each]
    put(for_teachers, "lessons", [text for text, *_ in all_of], level=[LEVELS[row[1]] for row in all_of], category=[UNNAMED if row[2] is None else CATEGORIES.index(row[2]) for row in all_of],
        weight=[row[3] for row in all_of], drawn=[len(each) for each in drawn])
    for name, lines in measured(data):
        texts, other = [row[1] for row in lines], [i for i, row in enumerate(lines) if row[2] != "en"]
        put(for_student, "measured_" + name, texts)
        for i, read_as in zip(other, spanish.to_english([texts[i] for i in other]) if other else []):
            texts[i] = read_as
        put(for_teachers, "measured_" + name, texts, level=[LEVELS[row[4]] for row in lines], spanish=[row[2] != "en" for row in lines])
    seen = collections.Counter(np.concatenate([for_student[name] for name in ("english", "spanish", "harmless", "questions", "prose")]).tolist())
    near = near_words(numbers, seen)
    random.seed(5)
    wrong = wrong_forms(numbers, seen)
    names, pieces = list(numbers.of), Tokenizer()
    seen += collections.Counter(np.concatenate([for_student[name] for name in ("ordinary", "composed", "composed_spanish", "pairs")]).tolist())
    vocabulary = student.choose([[names[i]] * min(count, 2) for i, count in seen.most_common() if i >= FIRST_WORD])
    for_teachers["pieces"], for_teachers["pieces_lengths"] = flat([np.array(found[:MOST_PIECES], np.int32) for found in [[0], *(pieces.of_word(name) for name in names[1:])]])
    runs = {i: [fnv(f" {name} "[at : at + n], buckets=student.BUCKETS) for n in (3, 4, 5) for at in range(len(name) + 3 - n)][:MOST_RUNS] for i, name in enumerate(names) if i >= FIRST_WORD}
    for_student.update(
        near=table(len(names), NEAREST, {i: [other for other, _ in found] for i, found in near.items()}, np.int32),
        nearness=table(len(names), NEAREST, {i: [likeness for _, likeness in found] for i, found in near.items()}, np.float32),
        wrong=table(len(names), MISSPELT, {i: (forms * MISSPELT)[:MISSPELT] for i, forms in wrong.items()}, np.int32),
        runs=table(len(names), MOST_RUNS, runs, np.int16),
        runs_lengths=np.array([len(runs.get(i, ())) for i in range(len(names))]),
        rows=np.array([vocabulary.get(name, 0) for name in names], np.int32),
        vectors=student.first_vectors(vocabulary).astype(np.float16))
    np.savez_compressed(f"{folder}/teachers.npz", **for_teachers)
    np.savez_compressed(f"{folder}/student.npz", **for_student)
    with open(f"{folder}/words.txt", "w", encoding="utf-8") as out:
        out.writelines(word + "\n" for word in vocabulary)
    print(f"{len(names)} words, {len(vocabulary)} of them with a vector of their own")


if __name__ == "__main__":
    main(*sys.argv[1:])
