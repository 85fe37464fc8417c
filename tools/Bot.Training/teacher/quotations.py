"""Sayings, jokes and proverbs that people collected (Debian: fortunes, BSD; fortunes-es, public domain): prose of every kind that nobody wrote for this
model, full of death, drink and war, and no call for help. One half teaches; the other half only measures false alarms:

    python3 quotations.py OUT.tsv       the half that measures, for `evaluate crisis`"""
import hashlib
import os
import re
import sys

FOLDERS = {"en": "/usr/share/games/fortunes", "es": "/usr/share/games/fortunes/es"}
LEFT_OUT = ("ascii-art", "computers", "debian", "disclaimer", "linux", "perl", "riddles", "translate-me")     # drawings, code, lists
SHORTEST, LONGEST, MOST_CHARACTERS = 4, 60, 300     # words; characters


def read(language):
    found = {}
    for name in sorted(os.listdir(FOLDERS[language])):
        file = os.path.join(FOLDERS[language], name)
        if os.path.isdir(file) or os.path.islink(file) or name.endswith(".dat") or name in LEFT_OUT:
            continue
        for saying in re.split(r"\n%\n", open(file, encoding="utf-8", errors="ignore").read()):
            text = re.sub(r"\s+", " ", re.sub(r"\n\s*(?:--|\u2014)\s.*", "", saying, flags=re.S)).strip()
            if SHORTEST <= len(text.split()) <= LONGEST and len(text) <= MOST_CHARACTERS and sum(map(str.isalpha, text)) > 0.7 * len(text):
                found.setdefault(text.lower(), text)
    return list(found.values())


def measures(text):
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 0


def taught(language):
    return [text for text in read(language) if not measures(text)]


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write("id\ttext\tlang\tcategory\tlevel\tsource\ttag\n")
        for language in FOLDERS:
            out.writelines(f"{language}-{i}\t{text}\t{language}\tnone\tnone\tfortunes\t\n" for i, text in enumerate(filter(measures, read(language))))
