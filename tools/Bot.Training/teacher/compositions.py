"""Messages put together from parts, for the student: what makes the difference between danger and talk is who, what and when, and the parts
teach it pair by pair ("she is not breathing", "she is breathing fine"; "kill my neighbour", "kill my neighbour's weeds"). Written for this
project, without method detail. A part is a list of words separated by '|'; `{name}` is replaced by one of them."""
import random
import re

PARTS = {
    "kin": "son|daughter|brother|sister|mom|dad|husband|wife|boyfriend|girlfriend|friend|roommate|cousin|uncle|aunt|grandma|grandpa|nephew|niece|neighbor|coworker|client|patient|partner|ex|buddy|stepson|best friend|kid|teenager",
    "them": "he|she|my {kin}|our {kin}|the guy next to me|this girl|a man here|a woman here|somebody in my building|my {kin} and {kin}|someone",
    "small": "my baby|my toddler|the baby|my 2 year old|my 3 year old|my little girl|my little boy|the kid|my niece",
    "drug": "heroin|fentanyl|percs|oxy|xanax|morphine|methadone|dope|pills|a blue|coke|meth|h|benzos|suboxone|the stuff|something|a speedball|tar",
    "medicine": "tylenol|sleeping pills|antidepressants|blood pressure meds|advil|ambien|my meds|gabapentin|insulin|muscle relaxers|benadryl|lithium",
    "used": "used|shot up|smoked {drug}|took {drug}|did {drug}|injected {drug}|snorted {drug}|mixed {drug} and alcohol|used alone",
    "when": "|now|right now|just now|a few minutes ago|an hour ago|tonight|this morning|since noon|since last night|today",
    "lead": "|please help|help|omg|i don't know what to do|what do i do|hi|hey|um|so|ok so|hello|quick question|please hurry|pls|im scared|urgent",
    "unconscious": "won't wake up|is not waking up|can't be woken|is out cold|is unresponsive|isn't responding|passed out and won't come to|went limp|is limp|doesn't react when i shake {obj}|has no pulse|is slumped over and not answering|fell over and isn't moving|is lying still|keeps slipping in and out",
    "breath": "is barely breathing|stopped breathing|isn't breathing|is not breathing right|is gasping|is making a gurgling noise|is snoring weird and can't be woken|breathes once every ten seconds|is choking|can't breathe",
    "colour": "is turning blue|is blue|has blue lips|looks gray|went purple|has purple lips|is pale and cold|is clammy and gray|has blue fingernails",
    "obj": "him|her|them",
    "fine": "is breathing fine|woke up and is eating|is awake and talking|is asleep and answers me when i ask|is snoring like always|is okay now|is doing great|is healthy|is napping|is laughing at a movie|is resting, the doctor said it's normal|is at work|is in the shower|is just tired from work",
    "much": "too many {medicine}|a whole bottle of {medicine}|a handful of {medicine}|all of the {medicine}|like twenty {medicine}|way too much {drug}|the entire bottle of {medicine}|double the {medicine} and feel strange|more {drug} than ever",
    "okmuch": "too many photos|a whole bottle of water|a handful of chips|all of the cookies|too much coffee|too many classes|the entire pizza|way too much time|my one {medicine} pill as prescribed|two tylenol for a headache|a vitamin",
    "wish": "want to die|want to be dead|don't want to live|don't want to be alive|want to kill myself|wish i was dead|hope i don't wake up|want to end my life|want to end it all|would rather be dead|don't want to exist|want to stop existing|need to die|should be dead|am suicidal|feel suicidal|keep thinking about killing myself|think about suicide all the time|have a plan to end my life|am ready to die|am going to kill myself|am about to end it|might kill myself|will be dead soon|pray that i die|plan to die",
    "why": "|since {kin2} died|after my relapse|because of the withdrawal|and nobody knows|and i have a plan|and i'm alone|tonight|every day|again|so bad|and i'm scared|since rehab|because i lost everything|and i can't stop crying|when i'm dope sick|more than anything|before my birthday|and i mean it|not joking|for real",
    "kin2": "my {kin}|she|he",
    "soften": "|honestly|sometimes|lately|i guess|tbh|ngl|maybe|lol|idk|to be honest|some days|today|at night",
    "triv": "this wifi is so slow|my team lost|it's monday|my phone died|the show got cancelled|my mom posted my baby photos|the line is so long|i failed my driving test lol|they ran out of fries|this homework is so long|i tripped in front of my crush|the meeting could've been an email|i spilled coffee on my shirt|my flight is delayed",
    "joke": "lol|lmao|haha|jk|😂|💀|hahaha|just kidding",
    "past": "ten years ago|back in 2009|as a teenager|in my twenties|when i was in college|years ago|a long time ago|in the nineties",
    "well": "i'm happy now|i'm doing great today|i've been well since|i got help and i love my life|i'm grateful i'm here|i volunteer now|and i've been clean since|i have a family now",
    "harm": "kill|stab|shoot|strangle|poison|murder|choke|hurt|beat up|beat|suffocate|drown|attack|smother|burn|punch|run over|get rid of|push off a roof|knock out",
    "who": "my {kin}|my boss|my landlord|my dealer|my teacher|somebody|a person|someone i hate|my stepdad|the man next door|those people|a cop|a child|him|her|my ex husband|my ex wife|everyone at school",
    "thing": "weeds|time|a computer process|mold|the engine|a wasp nest|the lights|the background noise|a virus on my laptop|bacteria|the competition in sales|the boss in this game|the dragon|an hour|a balloon|a steak|a hoop|an email|my own record|a pinata|the clock|the dough|the eggs|a rug|an old couch|hiccups|a bad habit|my friend at chess|level nine|the grass",
    "how": "how do i|how can i|what's the best way to|how would one|is there an easy way to|how to|tell me how to|where can i learn to|what's the quickest way to",
    "threat": "i want to|i'm going to|i'm gonna|i swear i will|i'm about to|i keep thinking i should|i have a gun and i'll|tonight i will|i'm scared i might|the voices tell me to|i can't stop wanting to",
    "plan": "i want to|i'm going to|i'm gonna|i'm about to|tonight i will|tomorrow i'll",
    "hit": "hits me|beats me|is hitting me|choked me|punched me|slapped me|threw me down the stairs|locked me in|threatened me with a knife|said he'll kill me|kicked me|touches me at night|raped me|held a gun to my head|won't let me leave the house|forces me to have sex|burned me|pushed me into a wall",
    "hitfun": "hits me with a pillow for fun|beats me at cards|punched the clock late|locked me out by accident, we laughed|threw me a surprise party|pushed me on the swing|kicked the ball to me|slapped a sticker on my laptop|said he'll kill me if i eat his fries lol|hits every green light|beat me to the door",
    "cut": "cut myself|burn myself|hurt myself|slice my arms|cut my legs|self harm|scratch myself till i bleed|hit myself|punish my body",
    "cutok": "cut my finger cooking|burned my hand on the oven|hurt my knee at soccer|cut my hair|scratched my car|hit my thumb with a hammer|cut sugar out|burned the toast|cut grass",
    "do": "i just|i want to|i need to|i can't stop wanting to|i feel like i have to|i'm about to|last night i|i keep trying not to but i|my {kin} told me they",
    "info": "what is|what does {drug} do to|why do people get addicted to|how long does {drug} stay in the body after|is it true that|what are the effects of|can you explain|who discovered|how is addiction treated after|what's the history of",
    "topic": "{drug}|an overdose|suicide prevention|withdrawal|narcan|self harm|opioid overdose deaths|the overdose crisis|depressants|fentanyl deaths|suicide statistics",
    "job": "i'm a nurse|i'm a teacher|i'm a social worker|for a school paper|i'm a paramedic|i write for a newspaper|i'm a counselor|for my psychology class|i'm a student nurse|i run a shelter",
    "low": "i feel hopeless|i hate myself|i feel so alone|nobody cares about me|i can't cope|i'm so depressed|i'm falling apart|i feel like a burden|i don't see the point|i can't stop crying|i feel worthless|everything is pointless|i'm scared of relapsing|i'm so ashamed|i have nobody|i'm having a panic attack",
    "bye": "goodbye everyone|this is goodbye|tell my {kin} i love them|i'm sorry for everything|take care of my dog|i wrote the letter|i gave my things away|thank you for trying|you won't hear from me again|don't look for me",
    "byeok": "goodbye and thanks|bye for now|see you tomorrow|thanks, that's all|goodnight, great talking|bye, off to work|see you at the meeting|ok bye",
}

MESSAGES = {
    "acute": """
{lead} {them} {used} {when} and {unconscious}|{lead} {them} {unconscious} after {drug}|{lead} {them} {breath} {when}|{them} {used} and {breath}|{them} {colour} {lead}|{lead} {them} {used} and {colour}
{them} took {much} {when}|{lead} i took {much}|i took {much} {when} and i feel awful|i {used} and i can't stay awake|{small} swallowed {medicine}|{small} got into my {drug} {when}|{small} {unconscious}|{small} {breath}
{soften} i {wish} {why}|i {wish} {why} {soften}|{low} and i {wish}|{low}. i {wish} {why}|i'm not suicidal but i {wish}|i don't want help, i {wish}|how do i tell my {kin} that i {wish}
my {kin} says they {wish}|my {kin} texted that they {wish}|{bye} i {wish}|{bye}, i can't live anymore|{bye}. i won't be alive tomorrow
{how} {harm} {who}|{how} {harm} {who} without getting caught|{threat} {harm} {who}|{threat} {harm} {who} {when}|my {kin} says they will {harm} {who}
my {kin} {hit} {when}|he {hit} {lead}|she {hit} and i'm scared|{lead} my {kin} {hit}|my dad {hit} when he's high
{do} {cut}|{do} {cut} {when}|i {cut} when the cravings come""",
    "concern": """
{low}|{low} {soften}|{low} since my relapse|{low} and i want to use|{soften} {low}|{lead} {low}|since {kin2} left, {low}|my {kin} relapsed and {low}
i worry that my {kin} will overdose one day|my {kin} is using {drug} again and i'm scared|my {kin} hasn't called since yesterday and uses {drug}|i used to {cut} and the thoughts are back|i wanted to die {past} and it's coming back
day two without {drug} and i'm shaking and sick|withdrawal from {drug} is awful, {low}|i'm scared of my {kin} when they drink""",
    "none": """
{them} {fine}|{lead} {them} {fine}|don't worry, {them} {fine}|{them} {used} years ago and {fine}|{small} {fine}|no emergency, {them} {fine}
i took {okmuch}|{them} took {okmuch}|my {kin} took {okmuch} {when}
i want to die, {triv} {joke}|{triv}, kill me {joke}|i'm dead, {triv} {joke}|{triv} and i can't even {joke}|ugh {triv}
{past} i wanted to die, {well}|i tried to kill myself {past}, {well}|i overdosed {past}, {well}|my {kin} used {drug} {past}, {well}|i used to {cut} {past}, {well}
i don't want to die, {well}|i'm not suicidal, just asking about {drug}|i would never hurt myself, {well}|nobody is hurt, i only want to know about {topic}
{how} {harm} {thing}|{how} {harm} {thing} fast|{plan} {harm} {thing} {joke}|i love to {harm} {thing}
my {kin} {hitfun}|{lead} my {kin} {hitfun}|i {cutok}|i {cutok} {when}|my {kin} {cutok}
{info} {topic}|{info} {topic} please|{job}, {info} {topic}|{job} and need facts about {topic}|{byeok}|{byeok} {joke}""",
}


def fill(text):
    while match := re.search(r"\{(\w+)\}", text):
        text = text[: match.start()] + random.choice(PARTS[match[1]].split("|")) + text[match.end() :]
    return re.sub(r"\s+", " ", text).strip(" ,")


def compose(count):
    """About `count` messages with their levels, as many of each template as of another."""
    templates = [(template, level) for level, text in MESSAGES.items() for template in text.replace("\n", "|").split("|") if template]
    out = {}
    for i in range(count):
        template, level = templates[i % len(templates)]
        out[fill(template)] = level
    return sorted(out.items())
