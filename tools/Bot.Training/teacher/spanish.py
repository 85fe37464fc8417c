"""Spanish for a teacher that reads English: Debian's apertium translates, clumsily and always in the same way, and the teacher is tuned on what it makes
of the labelled messages. And Spanish messages that nobody wrote, put together of those that somebody did."""
import random
import re
import subprocess

from compositions import compose_spanish
from variants import cross, together

LOST = 0.08      # words left out
JOINTS = (". ", ", ", " y ", " pero ")
WRITTEN_OUT = (     # what the translator does not know
    ("i", "I"), ("i'?m", "I am"), ("i'?ve", "I have"), ("i'd", "I would"), ("i'll", "I will"), ("dont", "don't"), ("cant", "can't"), ("wont", "won't"), ("didnt", "didn't"),
    ("isnt|ain'?t", "isn't"), ("u", "you"), ("ur", "your"), ("rn", "right now"), ("gonna", "going to"), ("wanna", "want to"), ("she'?s", "she is"), ("he'?s", "he is"),
    ("that'?s", "that is"), ("it's", "it is"), ("im+a", "I am going to"), ("mom", "mother"), ("kms", "kill myself"),
)
SEVERAL = 14000  # messages of several sentences


def translate(texts, direction):
    """Line by line. A full stop keeps the grammar of a line to itself."""
    lines = [re.sub(r"\s+", " ", text).strip() for text in texts]
    lines = [line if line.endswith((".", "?", "!")) else line + "." for line in lines]
    out = subprocess.run(["apertium", "-u", "-f", "line", direction], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return [re.sub("[*#@]", "", line).strip() for line in out.stdout.split("\n")[: len(lines)]]


def to_english(texts):
    return translate(texts, "spa-eng")


def written_out(text):
    for short, long in WRITTEN_OUT:
        text = re.sub(rf"\b(?:{short})\b", long, text, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:]


def to_spanish(texts):
    """What is said in English, in clumsy Spanish with many words that no Spanish message here has."""
    return [line.rstrip(".") for line in translate([written_out(text) for text in texts], "eng-spa")]


def lose(text):
    return " ".join(word for word in text.split() if random.random() > LOST) or text


def make(grave, harmless, prose, composed):
    """Variants of Spanish messages: halves joined to other halves, one beside another, words left out, and messages put together of parts; and prose that
    nobody wrote as a message, by itself and beside them."""
    out = {text for text, _ in compose_spanish(composed)}
    for text in grave:
        for _ in range(14):
            out.update(lose(cross(*pair)) for pair in ((text, random.choice(grave)), (random.choice(harmless), text), (text, random.choice(harmless))))
        for _ in range(3):
            out.add(lose(text))
            out.add(text + random.choice(JOINTS) + random.choice(harmless))
            out.add(random.choice(harmless) + random.choice(JOINTS) + text)
    for text in harmless:
        for _ in range(14):
            out.add(lose(cross(text, random.choice(harmless))))
            out.add(lose(cross(text, random.choice(harmless + grave))))
        out.update(lose(text) for _ in range(3))
    for text in prose:
        out.update((text, lose(text), lose(cross(text, random.choice(harmless))), together(text, random.choice(random.choice((harmless, prose))))))
        if random.random() < 0.6:
            out.add(together(*random.sample((text, random.choice(grave)), 2)))
    for _ in range(SEVERAL):
        parts = [random.choice(random.choice((harmless, prose))) for _ in range(random.choice((2, 2, 3, 4)))]
        if random.random() < 0.4:
            parts[0] = random.choice(grave)
        random.shuffle(parts)
        out.add(together(*parts))
    return sorted(text for text in out if 2 < len(text.split()) < 60)
