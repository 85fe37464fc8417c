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
    "selfq": "how much {drug} would kill me|what happens if i take all my {medicine}|would {much} be enough to kill me|is it painless to die from {drug}|how do i make sure i don't wake up|how do i die|how to kill myself|what's the easiest way to die|how long would i suffer if i took {much}|will i die if i take {much}|who takes my dog if i kill myself|will my family get the insurance if i kill myself|how do i write a suicide note|is it a sin to kill myself|do i go to hell if i kill myself|why can't i just die|give me a reason not to kill myself|is it normal to want to die|how do i tell my {kin} i'm suicidal|how can i make it look like an accident when i die|will it hurt when i die|how do i keep them from saving me|which way to die hurts least|how do people go through with suicide, i keep stopping|who would find me if i did it here|what do i write in my goodbye note|what happens to my kids if i'm dead by friday|does it count as suicide if i let {drug} take me|would anyone miss me if i was dead|is there a gentle way to stop existing|what reason do i have to stay alive|can you help me die|how long until they find my body|would god forgive me for killing myself|why shouldn't i do it tonight|is it selfish to want to be dead|do they tell my family how i died|what if i just never wake up|which of these makes sure i'm gone|does my {kin} get anything if i end my life|how do i say goodbye to my kids for good|am i allowed to give up on living",
    "infoq": "how many people die from {drug} each year|what happens to the body when someone takes too much {drug}|can {drug} kill you|is {drug} deadly|do people die from {drug} withdrawal|how does {drug} stop breathing|why do people overdose on {drug}|how do you tell that someone has overdosed|how does narcan work on {drug}|what are the signs of a {drug} overdose|does life insurance cover {drug} treatment|is it a sin to take {drug}, a student asked|do {drug} users have more suicidal thoughts|how do counselors talk with suicidal patients|how do i tell my {kin} i'm going to rehab|is it normal to crave sugar after {drug}|why can't people just stop {drug}|does detox from {drug} hurt|what do i write in the card for my {kin}'s sober birthday|how long does a person sleep after {drug} detox|why do overdose victims turn blue|how is suicide prevented in rehab|do crisis lines call the police|what do coroners look for after an overdose|are suicide notes common|does insurance pay after an overdose death|how do schools talk about suicide|what do i write in a thank you note to my nurse|who finds housing for people in recovery|how long until the article is updated|would anyone mind if i printed this|what reason do doctors have to prescribe {drug}|is there a gentle way to taper, my doctor asked|what happens to kids when their parents are in rehab|why shouldn't {drug} be mixed with alcohol|can overdose victims be saved after an hour|do families get told when a patient leaves|does {drug} make you sleep|which of these drugs is a depressant|how do i say goodbye to my group after rehab",
    "place": "in room 4|in the lobby|in the restroom|on the second floor|at the front desk|in group|in my class|in my cab|in our shelter|at work",
    "person": "a client|a resident|a patient|a student|a customer|a guest|one of our clients|a man|a woman|someone|the new guy",
    "needs": "wants a vegetarian menu|asked for a copy of the article|needs the wifi password|wants to extend the stay|asked when visiting hours are|lost a sweater|asked about stimulants|is ready for discharge|would like a later appointment|needs a bus pass|is asleep after the night shift|celebrates a year clean today",
    "farewell": "i won't be here tomorrow|tonight is my last night|i won't see the morning|soon it will all be over for me|i've made my decision, it ends tonight|i'm leaving this world|i'm going to join my {kin} in heaven tonight|i'm ready to go for good, everything is prepared|nobody will have to worry about me after tonight|i won't need anything anymore|when you read this i'll be gone|i'm at the edge and ready to let go|i have what i need to end it|i've picked the day i go|there is no next week for me|i won't be anyone's problem after midnight|i'm putting an end to my story|i'm going to sleep for good|by morning there will be one less of me|i've said goodbye to everyone but the dog|i'm stepping off for good|they'll be free of me soon|i won't live to see my birthday|i'm done being alive|i'm letting the river take me|my {kin} is waiting on the other side and i'm coming|i'm switching myself off|this is the last page of me|i paid for my own funeral, it's this week|i'm at peace because it ends today",
    "leaving": "i won't be here tomorrow, i'm off|tonight is my last night at the hotel|i won't see the morning show, i sleep late|soon it will be over, the exam i mean|i've made my decision, i take the blue car|i'm leaving this town for a new job|i'm going to join my {kin} for dinner tonight|i'm ready to go, the bags are in the car|nobody has to worry about the dishes|i won't need a bag, thanks|when you read this i'll be on the plane|i'm at the edge of the canyon taking photos|i have what i need to finish the shelf|i've picked the day of the party|there is no class for me next week, i'm on vacation|i'm nobody's problem at work after midnight, shift's over|i'm putting an end to my gym membership|i'm going to sleep, good night|by morning there will be one less pizza|i've said goodbye to everyone at the office but the dog|i'm stepping off at the next bus stop|they'll be free of me soon, i graduate|i won't be home on my birthday, we're in rome|i'm done being a smoker|we're letting the kids play by the river|my {kin} is waiting on the other side of the street and i'm coming|i'm switching my phone off|this is the last page of my essay|i paid for my {kin}'s wedding, it's this week|i'm at peace because the semester ends today",
    "notcrisis": "i'm not suicidal|nobody overdosed|she isn't hurting herself|he didn't take anything|i'm not in danger|no one hit me|he's not unconscious|i don't want to die|i didn't swallow anything|there's no gun here|it's not an overdose|we don't need an ambulance|i'm not cutting|she's not missing|nobody is dying|he never threatened me|i'm not planning anything|she didn't stop breathing|there is no emergency|it isn't blood|i never tried to kill myself|my kids are safe|i'm not having a crisis|no one jumped",
    "instead": "it was a drill|she's asleep and grumbles when i poke her|he's only tired|i just want facts|it was a scene in a movie|that was autocorrect|it's for school|he's at work|it was ketchup|she's acting in a play|i pressed the wrong button|it's a costume|the dog did it|those are song lyrics|you misread me|my toddler had the phone|i was testing you|he's awake and eating|it was a false alarm|we checked",
    "thirdok": "passed out laughing|is on the roof fixing the antenna|jumped off the diving board|is dead tired after practice|took all the cookies|has a gun in the video game|is hanging pictures|said goodbye before the flight|left a note, back at six|won't wake up before ten on sundays|is cold, forgot the jacket|turned blue in face paint|swallowed a pea|shot a great video|overdid it at the gym|choked on the penalty kick|burned the toast|is in the garage fixing the car|went into the woods to pick mushrooms|gave away the old toys|sold the guitar to buy a bike|won't answer, phone is charging|is out cold after the night shift|beat me at chess|hit a home run|got stabbed by a cactus|is drowning in homework|died in the game again|is on the bridge taking photos|locked the bathroom to do hair|took two vitamins|is leaving for good, retirement|had too many tacos|is gone till sunday",
    "thirdgrave": "is on the roof and wants to die|went into the woods with a rope|left a goodbye note and is gone|gave everything away and said goodbye|locked the bathroom and took pills|has a gun and is crying|is on the bridge and won't come down|said there won't be a tomorrow and turned the phone off|is in the garage with the engine running and the door shut|wrote goodbye letters to the kids|texted that it's over for good|says the next dose will be the last thing|has picked a date to die|is loading the rifle and talking about dying|took a whole bottle and locked the door|asked how to die without pain|says we won't have to worry after tonight|stopped eating to die|says we will all see on monday what it's like without them|was searching how to kill yourself",
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
{do} {cut}|{do} {cut} {when}|i {cut} when the cravings come
{notcrisis} but i {wish}|{notcrisis} but {them} {breath}|{notcrisis}, {them} {unconscious}|my {kin} {thirdgrave}|{lead} my {kin} {thirdgrave}|{them} {thirdgrave} {when}|{person} {place} {thirdgrave}
{selfq}|{selfq} {lead}|{selfq}, i'm serious|{low}, {selfq}|{farewell}|{farewell}, {bye}|{bye}, {farewell}|{soften} {farewell}|{low}. {farewell}
{person} {place} {unconscious}|{person} {place} {breath}|{person} {place} {used} and {unconscious}|{person} {place} says they {wish}|{person} {place} threatens to {harm} {who}""",
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
{info} {topic}|{info} {topic} please|{job}, {info} {topic}|{job} and need facts about {topic}|{byeok}|{byeok} {joke}
{notcrisis}, {instead}|{lead} {notcrisis}, {instead}|{notcrisis} {joke}|relax, {notcrisis}|{instead}, {notcrisis}|stop asking, {notcrisis}|{notcrisis}|{notcrisis}, {infoq}
my {kin} {thirdok}|{lead} my {kin} {thirdok}|{them} {thirdok}|my {kin} {thirdok} {joke}|{person} {place} {thirdok}
{infoq}|{infoq} {lead}|{job}, {infoq}|{leaving}|{leaving} {joke}|{soften} {leaving}|{person} {place} {needs}|{lead} {person} {place} {needs}|{person} {place} {fine}""",
}


SPANISH_PARTS = {
    "kin": "hijo|hija|hermano|hermana|mamá|papá|esposo|esposa|novio|novia|amigo|amiga|primo|prima|tío|tía|abuela|abuelo|vecino|vecina|compañero|compañera|compa|cliente|pareja|ex|cuñado|sobrino|nieta",
    "them": "él|ella|mi {kin}|mi {kin}|nuestro vecino|un señor aquí|una muchacha|alguien en mi edificio|mi mejor amigo",
    "small": "mi bebé|mi niño|mi niña|el bebé|mi hijo de dos años|mi hija de tres años|la nena",
    "drug": "heroína|fentanilo|pastillas|morfina|metadona|cristal|coca|xanax|oxi|algo|speed|chiva|tramadol",
    "medicine": "paracetamol|pastillas para dormir|antidepresivos|pastillas de la presión|mis medicinas|insulina|clonazepam|tramadol|gabapentina",
    "used": "se inyectó|consumió {drug}|se metió {drug}|tomó {drug}|fumó {drug}|mezcló {drug} con alcohol|se pinchó|inhaló {drug}",
    "when": "|ahora|ahora mismo|hace un rato|hace una hora|hoy|esta noche|desde anoche|esta mañana|hace poco",
    "lead": "|ayuda|por favor ayuda|auxilio|no sé qué hacer|qué hago|hola|oye|urgente|por favor rápido|tengo miedo|dios mío|disculpa|buenas",
    "down": "no despierta|no se despierta|no responde|no reacciona|está inconsciente|se desmayó y no vuelve en sí|no lo puedo despertar|no la podemos despertar|está tirado y no se mueve|no tiene pulso|no contesta y está frío|se quedó tieso|apenas abre los ojos y se va|está como muerto",
    "breath": "no respira|no está respirando|casi no respira|dejó de respirar|respira muy raro|ronca raro y no despierta|respira cada diez segundos|se está ahogando|hace ruidos al respirar y no despierta|no puede respirar",
    "colour": "está morado|tiene los labios azules|tiene los labios morados|está gris|está pálido y frío|se está poniendo azul|tiene las uñas azules|está sudando frío y gris",
    "fine": "respira bien|ya despertó y está comiendo|está despierto y platicando|está dormido y me contesta|ronca como siempre|ya está bien|está sano|está tomando una siesta|se está riendo con la tele|está en el trabajo|está cansado nada más|salió bien del doctor|está jugando en el parque",
    "much": "demasiadas pastillas|todo el frasco de {medicine}|un puño de {medicine}|todas las {medicine}|como veinte pastillas|demasiada {drug}|el doble de {medicine} y me siento raro|más {drug} que nunca",
    "okmuch": "demasiado café|una botella entera de agua|muchas fotos|todas las galletas|mi pastilla de la presión como siempre|dos paracetamoles para el dolor de cabeza|una vitamina|demasiadas clases|toda la pizza",
    "wish": "me quiero morir|quiero morirme|quiero morir|ya no quiero vivir|no quiero seguir viviendo|quisiera estar muerto|quisiera estar muerta|me quiero matar|quiero matarme|voy a matarme|me voy a matar|me quiero quitar la vida|quiero acabar con mi vida|voy a acabar con todo|ojalá no despierte mañana|ojalá me muera|prefiero estar muerto|pienso en suicidarme|pienso en el suicidio todos los días|tengo un plan para matarme|no quiero existir|quiero dejar de existir|estoy lista para morir|quiero dormir y no despertar nunca|deseo morirme|hoy me muero|me voy a suicidar|planeo suicidarme|kiero morirme|ya no kiero vivir",
    "why": "|desde que murió mi {kin}|por la recaída|por la abstinencia|y nadie lo sabe|y tengo un plan|y estoy solo|y estoy sola|esta noche|todos los días|otra vez|y tengo miedo|porque lo perdí todo|y no paro de llorar|cuando estoy con el mono|de verdad|y no es broma|y ya lo decidí",
    "wish3": "se quiere morir|se quiere matar|se va a matar|ya no quiere vivir|se va a suicidar|quiere quitarse la vida|se va a quitar la vida|quiere estar muerto|se va a tirar del puente|se va a ahorcar|tiene un plan para matarse",
    "soften": "|la verdad|a veces|últimamente|creo|no sé|tal vez|sinceramente|hay días que|por las noches|jaja",
    "triv": "este internet está lentísimo|perdió mi equipo|es lunes|se murió mi celular|cancelaron la serie|mi mamá subió mis fotos de bebé|hay un tráfico horrible|se acabaron los tacos|reprobé el examen|me tropecé frente a todos|mandé el mensaje al grupo equivocado|la fila no avanza",
    "joke": "jaja|jajaja|jajaj|😂|💀|jeje|es broma|lol",
    "past": "hace diez años|en 2009|de adolescente|a los veinte|cuando iba en la universidad|hace mucho tiempo|en los noventa|de joven",
    "well": "hoy soy feliz|hoy estoy muy bien|recibí ayuda y amo mi vida|hoy ayudo a otros|agradezco estar aquí|llevo ocho años limpio|tengo una familia hermosa|ya quedó atrás",
    "harm": "matar|apuñalar|disparar|ahorcar|envenenar|golpear|lastimar|quemar|ahogar|asfixiar|atropellar|acuchillar|desaparecer",
    "who": "a mi {kin}|a mi jefe|al vecino|a mi maestra|a alguien|a una persona|al que me vendió|a mi padrastro|a esa gente|a un policía|a un niño|a todos en la escuela|a mi ex",
    "thing": "las hormigas|el tiempo|las cucarachas|las malas hierbas|un proceso en la computadora|el ruido|el mosquito|una hora|la batería|el dragón del juego|los zancudos|el hambre|la sed|las plagas de mi planta|la piñata|el aburrimiento",
    "how": "cómo puedo|cómo se puede|cuál es la mejor manera de|cómo|dime cómo|hay una forma fácil de|cuál es la forma más rápida de",
    "threat": "quiero|voy a|te juro que voy a|estoy a punto de|tengo ganas de|tengo una pistola y voy a|esta noche voy a|tengo miedo de|las voces me dicen que debo|no aguanto las ganas de",
    "plan": "quiero|voy a|mañana voy a|me encanta|tengo que",
    "hit": "me pega|me golpea|me está pegando|me quiso ahorcar|me apretó el cuello|me amenaza con un cuchillo|dice que me va a matar|me violó|me tiene encerrada|no me deja salir|me patea|me tocó en la noche|me aventó por las escaleras|me quemó con un cigarro|me obliga a tener relaciones|me apunta con la pistola",
    "hitfun": "me pega con la almohada jugando|me ganó en las cartas|me hizo una fiesta sorpresa|me empuja en el columpio|me pega una calcomanía|me golpeó sin querer con la pelota y nos reímos|me mata de risa|me tiene harta con sus chistes jaja|me amenazó con más tarea|me encerró sin querer en el balcón, nos reímos",
    "cut": "me corto|me estoy cortando|me quemo|me hago daño|me lastimo|me corto los brazos|me corto las piernas|me golpeo la cabeza|me araño hasta sangrar|quiero cortarme|quiero hacerme daño|necesito cortarme",
    "cutok": "me corté el dedo cocinando|me quemé con el horno|me lastimé la rodilla jugando|me corté el pelo|rayé mi carro|me pegué en el dedo con el martillo|dejé el azúcar|se me quemó el pan|me raspé en la bici",
    "info": "qué es|qué hace|por qué la gente se vuelve adicta a|cuánto dura en el cuerpo|es verdad que existe|cuáles son los efectos de|me explicas|cómo se trata la adicción a|cuál es la historia de",
    "topic": "la heroína|la sobredosis|la prevención del suicidio|la abstinencia|la naloxona|el fentanilo|los depresores|las muertes por opioides|la autolesión",
    "job": "soy enfermera|soy maestro|soy trabajadora social|es para una tarea|soy paramédico|escribo para un periódico|soy terapeuta|es para mi clase de psicología|trabajo en un albergue",
    "low": "me siento sin esperanza|me odio|me siento muy solo|me siento muy sola|a nadie le importo|no puedo con esto|estoy muy deprimida|me estoy derrumbando|soy una carga|no le veo sentido a nada|no puedo parar de llorar|no valgo nada|tengo miedo de recaer|me da mucha vergüenza|no tengo a nadie|tengo un ataque de pánico",
    "bye": "adiós a todos|me despido|díganle a mi {kin} que lo quiero|perdón por todo|cuiden a mi perro|ya escribí la carta|ya regalé mis cosas|gracias por intentarlo|no me busquen",
    "notcrisis": "no soy suicida|nadie tuvo una sobredosis|no se está haciendo daño|no tomó nada|no estoy en peligro|nadie me pegó|no está inconsciente|no me quiero morir|no hay ninguna pistola|no necesitamos ambulancia|no me corto|nadie se está muriendo|nunca me amenazó|no estoy planeando nada|no es una emergencia|no es sangre|nunca intenté matarme|mis hijos están bien",
    "instead": "fue un simulacro|está dormido y gruñe si lo muevo|solo está cansado|solo quiero información|era una escena de una película|fue el autocorrector|es para la escuela|está en el trabajo|era salsa de tomate|está actuando en una obra|me equivoqué de botón|es un disfraz|fue el perro|es la letra de una canción|me entendiste mal|mi niño agarró el teléfono|ya despertó y está comiendo|fue una falsa alarma",
    "thirdok": "se desmayó de la risa|está en el techo arreglando la antena|se tiró del trampolín|está muerto de cansancio|se tomó todo el café|trae una pistola en el videojuego|está colgando cuadros|se despidió antes del vuelo|dejó una nota, vuelve a las seis|no se levanta antes de las diez|está frío, se metió a la alberca|tiene la lengua azul por la paleta|se pasó en el gimnasio|se fue al bosque por hongos|regaló sus juguetes viejos|vendió la guitarra para comprar una bici|no contesta, está en clase|me ganó en ajedrez|se ahoga en tarea|murió otra vez en el juego|está en el puente tomando fotos|se encerró en el baño a peinarse|se fue hasta el domingo",
    "thirdgrave": "está en la azotea y se quiere morir|se fue al monte con una soga|dejó una carta de despedida y no aparece|regaló todo y se despidió|se encerró en el baño con las pastillas|tiene una pistola y está llorando|está en el puente y no se baja|dijo que mañana no va a estar y apagó el teléfono|está en la cochera con el carro prendido y la puerta cerrada|les escribió cartas de despedida a los niños|dice que la próxima dosis es la última|ya tiene fecha para morirse|se tomó todo el frasco y cerró la puerta|dice que después de hoy ya no nos preocupemos|buscó en internet cómo matarse",
    "selfq": "cómo me muero sin dolor|cuántas pastillas para no despertar|quién se queda con mis hijos si me mato|qué pongo en mi carta de despedida|dios me perdona si me mato|me dolería morirme|por qué no debería hacerlo esta noche|cuánto tardan en encontrarme|es egoísta querer morirse|me ayudas a morir|para qué sigo vivo|mi familia cobra el seguro si me mato|cómo hago para que parezca un accidente cuando me muera|hay una forma tranquila de dejar de existir|alguien me extrañaría si me muero",
    "infoq": "cuánta gente muere de {drug} al año|por qué se ponen azules en una sobredosis|cómo actúa la naloxona|se puede morir por {drug}|qué señales hay de una sobredosis|cómo se previene el suicidio en los centros|por qué {drug} da sueño|qué pasa con los hijos cuando los papás están en rehabilitación|qué pongo en la tarjeta de cumpleaños de mi {kin}|cuánto tardan en contestar|es normal tener antojo de dulce después de {drug}|el seguro cubre el tratamiento|hay más suicidios entre quienes usan {drug}|cómo hablo con mi {kin} de las drogas|se puede dejar {drug} sin dolor",
    "farewell": "mañana ya no voy a estar|esta es mi última noche|ya no voy a ver el amanecer|me voy de este mundo|me voy con mi {kin} al cielo esta noche|después de hoy ya no soy problema de nadie|me voy a dormir para siempre|ya decidí, hoy se acaba mi vida|cuando lean esto ya no voy a estar vivo|ya me despedí de todos, hoy me voy|estoy en la orilla y me voy a soltar|ya elegí el día en que me voy de la vida|voy a dejar de doler",
    "leaving": "mañana no voy a estar, es mi día libre|esta es mi última noche en el hotel|no voy a ver el amanecer, me levanto tarde|me voy de esta ciudad, cambio de trabajo|me voy con mi {kin} a cenar esta noche|después de hoy ya no soy el jefe, me jubilo|me voy a dormir, buenas noches|ya decidí, compro el carro azul|cuando lean esto ya voy en el avión|ya me despedí de todos, mañana me mudo|estoy en la orilla del río pescando|ya elegí el día de la fiesta|voy a dejar de fumar",
    "byeok": "adiós y gracias|hasta mañana|gracias, es todo|buenas noches|nos vemos|bueno, me voy a trabajar|hasta luego, buen día",
}

SPANISH_MESSAGES = {
    "acute": """
{lead} {them} {used} {when} y {down}|{lead} {them} {down} por {drug}|{lead} {them} {breath} {when}|{them} {used} y {breath}|{them} {colour} {lead}|{lead} {them} {used} y {colour}|{lead} {them} {down}
{them} se tomó {much} {when}|{lead} me tomé {much}|tomé {much} {when} y me siento muy mal|me inyecté {drug} y no puedo mantenerme despierto|{small} se tragó {medicine}|{small} agarró mi {drug} {when}|{small} {down}|{small} {breath}
{soften} {wish} {why}|{wish} {why} {soften}|{low} y {wish}|{low}. {wish} {why}|no soy suicida pero {wish}|no quiero ayuda, {wish}|cómo le digo a mi {kin} que {wish}
mi {kin} {wish3}|mi {kin} dice que {wish3} {when}|{bye}, {wish}|{bye}, ya no puedo vivir así|{bye}. mañana no voy a estar vivo
{how} {harm} {who}|{how} {harm} {who} sin que se enteren|{threat} {harm} {who}|{threat} {harm} {who} {when}|mi {kin} dice que va a {harm} {who}
mi {kin} {hit} {when}|{hit} {lead}|mi {kin} {hit} y tengo miedo|{lead} mi {kin} {hit}|mi papá {hit} cuando está drogado
{cut} {when}|{cut} cuando tengo ganas de consumir|{cut} y no puedo parar
{selfq}|{selfq}, {lead}|{low}, {selfq}|{farewell}|{farewell}, {bye}|{soften} {farewell}|mi {kin} {thirdgrave}|{lead} mi {kin} {thirdgrave}|{them} {thirdgrave} {when}|{notcrisis}, pero {wish}|{notcrisis} pero {them} {breath}""",
    "concern": """
{low}|{low} {soften}|{low} desde la recaída|{low} y quiero consumir|{soften} {low}|{lead} {low}|desde que se fue, {low}|mi {kin} recayó y {low}
me da miedo que mi {kin} tenga una sobredosis un día|mi {kin} está consumiendo {drug} otra vez y tengo miedo|mi {kin} no llama desde ayer y consume {drug}|antes me cortaba y vuelve la idea|quise morirme {past} y me está volviendo
llevo dos días sin {drug} y estoy temblando y enfermo|la abstinencia de {drug} es horrible, {low}|le tengo miedo a mi {kin} cuando toma""",
    "none": """
{them} {fine}|{lead} {them} {fine}|tranquilos, {them} {fine}|{them} {used} hace años y {fine}|{small} {fine}|no es emergencia, {them} {fine}
me tomé {okmuch}|{them} se tomó {okmuch}|mi {kin} se tomó {okmuch} {when}
me quiero morir, {triv} {joke}|{triv}, mátenme {joke}|estoy muerta, {triv} {joke}|{triv} y ya no puedo {joke}|ay no, {triv}
{past} me quise morir, {well}|{past} intenté matarme, {well}|tuve una sobredosis {past}, {well}|mi {kin} consumía {drug} {past}, {well}|me cortaba {past}, {well}
no me quiero morir, {well}|no soy suicida, solo pregunto por {topic}|nunca me haría daño, {well}|nadie está herido, solo quiero saber de {topic}
{how} {harm} {thing}|{how} {harm} {thing} rápido|{plan} {harm} {thing} {joke}
mi {kin} {hitfun}|{lead} mi {kin} {hitfun}|{cutok}|{cutok} {when}|mi {kin} dice: {cutok}
{info} {topic}|{info} {topic} por favor|{job}, {info} {topic}|{job} y necesito datos sobre {topic}|{byeok}|{byeok} {joke}
{notcrisis}, {instead}|{lead} {notcrisis}, {instead}|{notcrisis} {joke}|{instead}, {notcrisis}|{notcrisis}|mi {kin} {thirdok}|{lead} mi {kin} {thirdok}|{them} {thirdok} {joke}|{infoq}|{job}, {infoq}|{leaving}|{leaving} {joke}|{soften} {leaving}""",
}


def fill(text, parts):
    while match := re.search(r"\{(\w+)\}", text):
        text = text[: match.start()] + random.choice(parts[match[1]].split("|")) + text[match.end() :]
    return re.sub(r"\s+", " ", text).strip(" ,")


def compose(count, messages=None, parts=None):
    """About `count` messages with their levels, as many of each template as of another. English, unless other parts are given."""
    templates = [(template, level) for level, text in (messages or MESSAGES).items() for template in text.replace("\n", "|").split("|") if template]
    out = {}
    for i in range(count):
        template, level = templates[i % len(templates)]
        out[fill(template, parts or PARTS)] = level
    return sorted(out.items())


def compose_spanish(count):
    """The same in Spanish, which the teacher does not know."""
    return compose(count, SPANISH_MESSAGES, SPANISH_PARTS)


# What people say beside what they came to say. It neither makes danger nor takes it away.
SMALL_TALK = (
    "hi", "hello", "hey there", "good morning", "good evening", "thanks", "thank you", "thank you so much", "thanks for your help", "thank you for reading this",
    "thanks in advance", "thank you for listening", "I appreciate it", "I appreciate your time", "sorry", "sorry for the long message", "sorry to bother you",
    "sorry for my english", "please", "please help", "please answer", "please reply soon", "can you help me", "can somebody help", "what should I do", "what do I do",
    "what now", "any advice", "I don't know who else to ask", "I don't know where to turn", "I found your page online", "I read your article", "your article is good",
    "great article", "I have a question", "quick question", "one more question", "just asking", "I hope you can help", "hope you are well", "have a good day", "have a nice evening",
    "good night", "bye", "see you", "take care", "god bless", "that's all", "that's it", "anyway", "by the way", "to be honest", "I'm from ohio", "I'm new here",
    "I'm typing on my phone", "my battery is low", "it's late", "it's raining here", "is anyone there", "are you a real person", "how much does it cost", "do you take insurance",
    "what are your hours", "where are you located", "what is heroin", "is heroin a stimulant", "is heroin a depressant", "what is naloxone", "how does treatment work", "do you have a phone number",
)
SMALL_TALK_SPANISH = (
    "hola", "buenas noches", "buenos días", "gracias", "muchas gracias", "gracias por su ayuda", "gracias por leerme", "gracias de antemano", "perdón", "perdón por molestar", "por favor",
    "por favor contesten", "me pueden ayudar", "qué hago", "no sé a quién preguntar", "leí su artículo", "tengo una pregunta", "una pregunta más", "que tengan buen día", "buenas", "adiós",
    "hasta luego", "eso es todo", "por cierto", "hay alguien ahí", "cuánto cuesta", "aceptan seguro", "a qué hora abren", "dónde están", "qué es la heroína", "la heroína es estimulante", "qué es la naloxona",
)
