"""What families, staff and people in treatment ask, put together of parts like those of compositions.py: short questions about him, her and me that
name no danger, beside the same people in danger. A question about a visit, a pill bottle's cap or a first day home is what this product is for, and
a judge that has seen mostly danger reads a grave word into it. Written for this project, for the training alone: nobody is shown any of it."""

PARTS = {
    "who": "he|she|my son|my daughter|my brother|my sister|my husband|my wife|my dad|my mom|my nephew|my niece|my cousin|my boyfriend|my girlfriend|my friend|my roommate|my grandson|my partner|my uncle",
    "me": "i|we|i|we|my mother|the kids",
    "obj": "him|her|my son|my daughter|my brother|my sister|my husband|my wife|my dad|my mom|my nephew|my friend",
    "place": "the center|rehab|detox|the program|treatment|the clinic|sober living|the halfway house|outpatient care",
    "when": "on sunday|this week|at night|the first day|after thirty days|over the holidays|in the mornings|on weekends|when it's over|tomorrow|before the weekend|",
    "do": "bring {gift} to {obj}|visit {obj} {when}|call {obj} {when}|write to {obj}|pick {obj} up {when}|pay for {place}|talk to a counselor|go in with {obj}|tell {obj} about {news}|trust {obj} again|lend {obj} money|hide my purse|search the room|change the locks|ask {obj} every day|let {obj} see the baby|let {obj} drive|forgive {obj}|celebrate with {obj}|say no to {obj}|set rules for {obj}|keep the room the same|explain it to the kids|stop paying {obj}'s fines|make {obj} go|say to {obj} on the phone|wear to a family session|expect {when}",
    "they": "have a phone in {place}|come home {when}|leave when it gets hard|smoke at {place}|keep the dog|work during {place}|go back to school|sleep that much after {place}|be so angry {when}|cry on the phone {when}|want to come home|relapse after {place}|hold the baby|drive after a dose|get a job again|lose so much weight|scratch so much|wear long sleeves|hide things|lie about it|eat so much sugar|take cough syrup|have a tooth pulled without opioids|travel with methadone|stay clean this time|need {place}|share a room at {place}|write letters from {place}",
    "gift": "a guitar|socks|books|a cake|cigarettes|pictures|a blanket|the baby|letters|a radio|warm clothes",
    "news": "the new house|grandpa's birthday|the divorce|my pregnancy|the old friends|the job|the dog",
    "found": "foil in the trash|a burned spoon|little bags|a straw with powder|white powder on the mirror|a pill with a number on it|pill bottles without a label|a lighter and cotton|needles in a can|a bent spoon in the drawer",
    "ask": "what is that|what does it mean|is that from drugs|what do i do with it|where do i throw it away|how do i bring it up|should i ask|is it a sign",
    "med": "suboxone|methadone|naltrexone|buprenorphine|the shot|the patch|cough syrup|tramadol|melatonin",
    "medask": "is {med} safe with alcohol|how long do people stay on {med}|does {med} make you sleepy|can i drive on {med}|is {med} a drug too|does insurance cover {med}|do i take {med} with food|is {med} an opioid|does {med} show on a test|can i get {med} without a prescription|what if {who} misses a dose of {med}",
    "self": "lose my job if i go|lose my apartment|bring my phone|keep my dog|smoke there|see my kids {when}|leave when i want|have to talk in group|go if i only use on weekends|come back a second time|travel in recovery|date in recovery|drink one beer|work in a bar|tell my boss|tell my doctor|tell a date|find a sponsor|skip a meeting|get my license back|fix my teeth|gain weight|sleep again|remember last year|get my money back",
    "cost": "how much is {place}|how long is {place}|what happens in {place} {when}|who pays for {place}|is there a bed {when}|what do i pack for {place}|what are visiting hours|how far is {place}|is {place} religious|do they take insurance at {place}|is there a doctor at {place} {when}|what do they do all day in {place}|what's the food like at {place}|is {place} only for heroin",
    "fine": "{who} has a month clean and sleeps a lot, is that normal|{who} comes home from {place} {when}, what do we cook|{who} came home thin and hungry|{who} went to a first meeting and brought home cookies|{who} is ninety days today|{who} is at {place} and likes it|{who} started {med} and feels fine|{who} says {place} is boring|{who} is shy in group|{who} asked what fentanyl is|{who} is embarrassed to come to church|{who} wants to move back in|{who} quit and is in a good mood|{who} got a job after {place}|i miss {obj} while {place} lasts|i told {obj} about {news} and it went fine",
    "danger": "won't wake up|is not breathing right|is blue and cold|took all the pills|is gurgling and out cold|collapsed in the bathroom|wants to die|says the plan is tonight|wrote a goodbye note|has a gun and locked the door|is having a seizure|is choking me|hits me and the kids",
    "grave": "i want to die|i have the pills in my hand and i'm going to take them|i won't be alive {when2}|i'm going to kill myself|i can't live and i know how i'll do it|i have the rope|i want to overdose and not wake up",
    "when2": "tomorrow|by friday|on monday|tonight",
}

MESSAGES = {
    "none": """
should {me} {do}|can {me} {do}|do {me} {do}|when can {me} {do}|how do {me} {do}|is it ok to {do}|is it my job to {do}|what do {me} {do}|can you help me {do}
will {who} {they}|can {who} {they}|why does {who} {they}|does {who} {they}|is it normal that they {they}|what if {who} can't {they}|should {who} {they}|how long until {who} can {they}
i found {found}, {ask}|i found {found} in {obj}'s room, {ask}|there was {found}, {ask}|{medask}|{medask}|{cost}|{cost}|{cost}|will i {self}|can i {self}|do i {self}|how do i {self}|when can i {self}|{fine}|{fine}|{fine}|{fine}. {cost}|is it my fault that {who} is in {place}|am i enabling {obj}""",
    "acute": """
{who} came home from {place} and {danger}|{who} {danger}, should i wait|i found {found} and {who} {danger}|is it normal that {who} {danger}|{cost}, {who} {danger}|what do i do, {who} {danger}
{cost}, {grave}|will i {self}, no, {grave}|is it my fault, {grave}|{who} is in {place} and {grave}|when can i {self}. it doesn't matter, {grave}""",
}

SPANISH_PARTS = {
    "who": "él|ella|mi hijo|mi hija|mi hermano|mi hermana|mi esposo|mi esposa|mi papá|mi mamá|mi sobrino|mi sobrina|mi primo|mi novio|mi novia|mi amiga|mi roomie|mi nieto|mi pareja|mi tío|mi cuñado|mi nuera",
    "place": "el centro|la clínica|el programa|el anexo|la desintoxicación|el tratamiento|la casa de medio camino|ahí",
    "when": "el domingo|esta semana|en la noche|el primer día|a los treinta días|en navidad|en las mañanas|los fines|cuando acabe|mañana|",
    "gift": "su guitarra|calcetines|libros|un pastel|cigarros|fotos|una cobija|a la bebé|cartas|ropa abrigada",
    "news": "la casa nueva|el cumpleaños del abuelo|el divorcio|mi embarazo|los amigos de antes|el trabajo|el perro",
    "do": "le llevo {gift}|lo visito {when}|la visito {when}|le hablo {when}|le escribo|paso por él {when}|paso por ella {when}|pago {place}|hablo con un consejero|entro con él|entro con ella|le cuento de {news}|le vuelvo a tener confianza|le presto dinero|escondo mi bolsa|reviso su cuarto|cambio las chapas|le pregunto diario|dejo que vea a la bebé|dejo que maneje|lo perdono|la perdono|festejo con él|le digo que no|le pongo reglas|dejo su cuarto igual|les explico a los niños|dejo de pagar sus multas|lo convenzo de ir|la convenzo de ir",
    "they": "usar el celular en {place}|regresar a la casa {when}|salirse cuando quiera|fumar en {place}|trabajar durante {place}|volver a la escuela|dormir tanto|llorar por teléfono {when}|querer salirse|recaer después de {place}|cargar a la bebé|manejar después de su dosis|conseguir trabajo|bajar tanto de peso|rascarse tanto|traer mangas largas|esconder cosas|decir mentiras|comer tanto dulce|tomar jarabe|viajar con metadona|escribir cartas desde {place}|compartir cuarto",
    "found": "papel aluminio en la basura|una cuchara quemada|bolsitas|un popote con polvo|polvo blanco en el espejo|una pastilla con número|frascos sin etiqueta|un encendedor y algodón|jeringas en un bote|una cuchara doblada en el cajón",
    "ask": "qué es eso|qué significa|es de drogas|qué hago con eso|dónde se tira|cómo se lo digo|le pregunto|es señal de algo",
    "med": "la buprenorfina|la metadona|la naltrexona|la inyección|el parche|el jarabe|el tramadol|la melatonina",
    "medask": "es segura {med} con alcohol|cuánto tiempo se toma {med}|{med} da sueño|puedo manejar con {med}|{med} también es droga|el seguro cubre {med}|se toma con comida {med}|{med} es opioide|{med} sale en el antidoping|venden {med} sin receta|qué pasa si {who} se salta {med}",
    "self": "me corren del trabajo si voy|pierdo mi departamento|puedo llevar celular|puedo fumar ahí|puedo ver a mis hijos {when}|me puedo salir cuando quiera|tengo que hablar en el grupo|puedo ir si nomás consumo los fines|puedo regresar otra vez|puedo viajar en recuperación|le digo a mi jefe|le digo a mi doctor|cómo encuentro padrino|puedo faltar a una junta|cuenta una cerveza|voy a subir de peso|cuándo vuelvo a dormir bien|vuelve la memoria|quién me arregla los dientes|ya es tarde para dejarla",
    "cost": "cuánto cuesta {place}|cuánto dura {place}|qué pasa en {place} {when}|quién paga {place}|hay cama {when}|qué se lleva a {place}|cuáles son las horas de visita|dónde queda {place}|{place} es de religión|aceptan seguro en {place}|hay doctor en {place} {when}|qué hacen todo el día en {place}|qué dan de comer en {place}|{place} es nada más para heroína",
    "fine": "{who} lleva un mes sin consumir y duerme mucho, es normal|{who} sale de {place} {when}, qué cocinamos|{who} salió flaco y con hambre|{who} fue a su primera junta y trajo galletas|{who} cumple noventa días|{who} está en {place} y le gusta|{who} empezó con {med} y va bien|{who} dice que {place} aburre|a {who} le da pena hablar en el grupo|{who} preguntó qué es el fentanilo|{who} quiere regresar a la casa|{who} ya la dejó y anda de buenas|{who} consiguió trabajo después de {place}|lo extraño mientras está en {place}|le conté de {news} y todo bien",
    "danger": "no despierta|no respira bien|está azul y frío|se tomó todas las pastillas|hace gárgaras y no reacciona|se desplomó en el baño|se quiere morir|dice que es hoy|dejó una carta de despedida|trae una pistola y se encerró|está convulsionando|me está ahorcando|nos pega a mí y a los niños",
    "grave": "me quiero morir|tengo las pastillas en la mano y me las voy a tomar|{when2} ya no voy a estar vivo|me voy a matar|ya no puedo vivir y ya sé cómo hacerlo|tengo la soga|quiero una sobredosis y no despertar",
    "when2": "mañana|el viernes|el lunes|en la noche",
}

SPANISH_MESSAGES = {
    "none": """
{do}|{do} o no|está bien si {do}|cuándo {do}|cómo {do}|por qué no {do}|me toca a mí si {do}|qué pasa si {do}
puede {who} {they}|por qué ha de {they} {who}|es normal {they}|va a {they} {who}|y si {who} no quiere {they}|debe {who} {they}|cuándo va a {they} {who}
encontré {found}, {ask}|encontré {found} en su cuarto, {ask}|había {found}, {ask}|{medask}|{medask}|{cost}|{cost}|{cost}|{self}|{self}|{self}|{fine}|{fine}|{fine}|{fine}. {cost}|es mi culpa que {who} esté en {place}|lo estoy consintiendo""",
    "acute": """
{who} regresó de {place} y {danger}|{who} {danger}, espero o no|encontré {found} y {who} {danger}|es normal que {who} {danger}|{cost}, {who} {danger}|qué hago, {who} {danger}
{cost}, {grave}|{self}, no, {grave}|es mi culpa, {grave}|{who} está en {place} y {grave}|{self}. ya qué, {grave}""",
}
