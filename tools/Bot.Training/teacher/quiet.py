"""Danger told quietly and its harmless twins, put together of parts like those of compositions.py and for the same end: what was settled, given away or
held to the skin says nothing by itself; whether somebody dies or moves house, whether it was meant or slipped, does. Written for this project, for the
training alone: nobody is shown any of it, and it has no more detail than a message that must be understood."""

PARTS = {
    "kin": "son|daughter|brother|sister|mom|dad|husband|wife|girlfriend|boyfriend|roommate|cousin|neighbor|aunt|best friend",
    "day": "friday|sunday|tonight|tomorrow|the weekend|monday|easter|my birthday|the first|thursday",
    "keen": "a blade|the razor|a piece of glass|a pin|a thumbtack|the scissors|a nail file|the tin lid|my keys|a screw|a paper clip|the peeler|my nails|a fork|a wire|a broken ruler|a needle|sandpaper",
    "hot": "a lighter|the iron|the curling iron|a hot spoon|the radiator|a cigarette|the kettle|the oven rack|a candle|the light bulb|the glue gun",
    "hard": "the wall|the door|the mirror|a hammer|my fists|the desk|a bottle|the floor|a shoe|the bed frame",
    "skin": "my arm|my wrist|my thigh|my hip|my leg|my ankle|my stomach|my ribs|my palm|my foot|my shoulder|my calf|my knuckles|my forearm|my knee",
    "deed": "press {hot} on {skin}|hold {hot} to {skin}|drag {keen} over {skin}|push {keen} into {skin}|dig {keen} into {skin}|scratch {skin} with {keen}|hit {skin} with {hard}|rub {skin} raw|bite {skin}|pick {skin} open|burn {skin}|slam {skin} into {hard}|tie string round {skin} till it goes purple|open the old cuts on {skin}|pinch {skin} black and blue|score {skin} with {keen}",
    "relief": "until it bleeds|until i feel something|on purpose|to punish myself|and it calms me|every night|when they shout|so i can sleep|where nobody sees|because i deserve it|when my head gets loud|and hide it under long sleeves|deeper every time|and i can't stop|for every mistake|and tell people it was the cat",
    "mishap": "burned {skin} on {hot}, cooking|cut {skin} on {keen} by accident|bumped {skin} on {hard} again, clumsy me|scraped {skin} on {hard}, plaster's on|hit {skin} on {hard} in the dark|scratched {skin} on the rose bush|nicked {skin} shaving|twisted {skin} at soccer|got a splinter in {skin}|got sunburn on {skin}|got a tattoo on {skin} and it itches|slipped and {hard} got {skin}",
    "mend": "it's fine now|nothing serious|ice is on it|the nurse had a look|we laughed|it's healing well|lesson learned|still dancing saturday|my own fault, wrong shoes|mom put a bandage on it|swimming can wait a week|",
    "chore": "i use {keen} to open parcels|i hold {hot} and hum while the glue dries|i hung the picture, {hard} needs paint|i dropped {keen} behind the sofa|{keen} goes in the left drawer|where's {keen}, i need it for the costume|{hot} broke, where can i get a new one|my {kin} walked into {hard} and laughed|the physio works on {skin} and i yelp, so good|the nurse took blood from {skin}, quick and easy|waxed {skin}, ouch, worth it|iced {skin} after practice|mosquito bites all over {skin}",
    "pet": "the cat|the dog|my plants|the canary|the fish|my horse|the chickens",
    "settled": "i gave {pet} to my {kin}|i paid the rent ahead|i cleaned the whole house|i returned everything i borrowed|i wrote down all my passwords|i sold my guitar|i gave away my clothes|i signed the papers|i left the keys with my {kin}|i cancelled my appointments|i wrote my {kin} a long letter|i made peace with my {kin}|my desk is cleared|the fridge is empty and off|i put my things in labelled boxes|i fed {pet} one last time|i closed my accounts|i hugged my {kin} for a long time|i handed in my badge|i turned my phone off for good",
    "leave": "i won't be alive after {day}|after {day} there is no me|next is me|i'm ending it {day}|now i can die|the rest is pills|i'm walking into the water {day}|i'm not coming back from the bridge|i only need the courage to do it {day}|that's the last thing before i die|{day} i'll be dead|i want to be gone from this life by {day}|nobody has to find me in a mess|so they don't have to after i'm dead|and then the rope|and {day} i let go of the rail|i'm leaving this world {day}|the roof is next|i won't be needing any of it where i'm going, the ground|so it's easier for them when i've killed myself",
    "trip": "we move to the coast {day}|i start the new job {day}|the flight is {day}|two weeks at the beach now|the movers come {day}|i retire {day}, hooray|back in a month, rested|i feel so organised|the new flat is sunny|and now a nap|spring cleaning feels great|we're off to see my {kin}|the new owners get it {day}|it was time for a change|then we had pizza on the floor|so i can travel light|my new place doesn't allow it|they came to pick it up {day}|i slept like a baby after|the ship sails {day} and i'm so excited",
    "thirdsettled": "gave {pet} away|paid every bill for the year|wrote each of us a letter|cleaned out the whole house|said goodbye to every one of us|handed me the keys|left the wallet and the phone on the table|has been strangely calm since {day}|apologised to everybody|gave away the guitar|returned all the library books|made the bed and left a note",
    "thirdleave": "and says there's no reason to live|and won't be alive by {day}, those were the words|and locked the door and doesn't answer|and took the gun along|and went to the bridge|and talks about being dead soon|and says we'd be better off at a funeral|and drove off toward the lake without a word, i fear the worst|and says it will be over {day}, the life i mean|and asked which pills are enough|and says we won't have to worry after {day}|and wants to be with the dead",
    "thirdtrip": "because they move {day}|because the ship sails {day}|before the long holiday|and retires {day}|and is so happy in the new flat|and joined the navy band|and bought a camper van|and is off to see the grandkids|and came back {day} with a tan|to train for the marathon|and starts university {day}|and now sleeps till noon like a king",
    "bait": "i'm going to end it|i can't go on like this|i want out|i'm done with everything|it's all over|i'm not going to make it|i can't take it anymore|i'm jumping tonight|i won't be here tomorrow|i don't want to be here|i'm at the end of my rope|let me go|i'm falling apart|i've lost all hope|i need it to stop|i can't hold on|goodbye forever|nobody will miss me|i took them all|i swallowed the whole thing|there's blood everywhere|he's not moving|she won't wake up|i'm finally at peace",
    "contract": "phone contract|subscription|gym membership|meeting|war with the squirrels|diet|cable plan|lease on the car",
    "gripe": "the chair squeaks so bad|the wifi drops every hour|these shoes pinch|the recorder practice next door|the elevator music|my hair is a bird's nest|the printer again|my socks never match",
    "chat": "group chat|parking garage|mailing list|carpool|tupperware party|fantasy league|queue",
    "goal": "the six o'clock train|the end of this scarf|mile twenty|the finals in table tennis|the last episode|dessert",
    "off": "it's my day off|i'm at the beach|i fly to grandma|shop's closed|remote day|the kids have a game",
    "racket": "the leaf blower has been on since seven|that drilling|the ice cream truck song|the dog next door|the car alarm|this hiccup",
    "feast": "bag of popcorn|pizza|watermelon slice|burrito|plate of ribs|pie by myself",
    "many": "the stairs, two at a time|the cookies|the extra shifts|the free samples|photos of the whale|the kids to the zoo",
    "red": "the beet salad fell|ketchup packet exploded|red paint|it's a zombie movie set|the jam jar broke",
    "lazy": "it's saturday and school's out|teenagers|night shift yesterday|jet lag|the cat owns the sofa now|nap champion",
    "calm": "the drilling stopped|the twins are asleep|taxes are filed|phone on silent, tea in hand|the in-laws left",
    "old": "sofa|windows 7|brown wallpaper|flip phone|landlord|tonsils|braces",
    "joke": "|lol|haha|no regrets|honestly|sorry",
    "meant": "i mean it, i'm killing myself|i have the pills here|i want to die|i've got a plan and it's {day}|no one is home and i have the rope|i'm on the bridge|i wrote the note|i'm not joking, i'll be dead by {day}|i won't be alive for it|and i know how|please, i'm scared of what i'll do to myself|death is all i think about",
}

MESSAGES = {
    "acute": """
i {deed} {relief}|i {deed} {relief}|i want to {deed}|i can't stop, i {deed} {relief}|when no one is home i {deed}|last night i had to {deed} {relief}|i {deed} and then i {deed}|my {kin} doesn't know that i {deed} {relief}
{settled}, {leave}|{settled} and {settled}, {leave}|{settled}. {leave}|{leave}. {settled}|{settled} because {leave}
my {kin} {thirdsettled} {thirdleave}|my {kin} {thirdsettled} and {thirdsettled} {thirdleave}|{bait}, {meant}|{bait}. {meant}""",
    "none": """
i {mishap}, {mend}|i {mishap}|{mishap} {mend}|my {kin} asked about it, i {mishap}|{chore}|{chore}|ouch, i {mishap}, {mend}
{settled}, {trip}|{settled} and {settled}, {trip}|{settled}. {trip}|{trip}. {settled}|{settled} because {trip}
my {kin} {thirdsettled} {thirdtrip}|my {kin} {thirdsettled} and {thirdsettled} {thirdtrip}|i'm going to end it, this {contract} i mean|i'm going to end this {contract} {day}|i can't go on like this, {gripe}|i can't take it anymore, {gripe}|i want out of this {chat}|i'm done with this {chat}, {joke}|i'm not going to make it to {goal}|i've lost all hope of reaching {goal}|i won't be here {day}, {off}|nobody will miss me {day}, {off}|i need it to stop, {racket}|i can't stand it, {racket}|i swallowed the whole {feast} {joke}|i took them all, {many}|i took all of them, {many} {joke}|there's blood everywhere, {red}|blood on the floor, relax, {red}|he's not moving till noon, {lazy}|she won't wake up before ten, {lazy}|i'm finally at peace, {calm}|it's all over now, {calm}|goodbye forever, {old}|farewell {old}, you won't be missed""",
}

SPANISH_PARTS = {
    "kin": "hijo|hija|hermano|hermana|mamá|papá|esposo|esposa|novio|novia|vecina|prima|compadre|abuelo",
    "day": "el viernes|el domingo|esta noche|mañana|el lunes|en pascua|el día primero|el jueves|hoy",
    "keen": "la navaja|el rastrillo|un vidrio|un alfiler|las tijeras|la lima|la tapa de la lata|las llaves|un tornillo|un clip|el pelador|las uñas|un tenedor|un alambre|la lija",
    "hot": "el encendedor|la plancha|la cuchara caliente|el cigarro|la vela|el foco|el comal|la tetera",
    "hard": "la pared|la puerta|el espejo|el martillo|el piso|el escritorio|un zapato|el barandal",
    "skin": "el brazo|la muñeca|el muslo|la cadera|la pierna|el tobillo|la panza|las costillas|la mano|el pie|el hombro|la rodilla",
    "deed": "me quemo {skin} con {hot}|me paso {keen} por {skin}|me clavo {keen} en {skin}|me rasguño {skin} con {keen}|me pego en {skin} con {hard}|me muerdo {skin}|me abro las costras de {skin}|me tallo {skin} hasta dejarla en carne viva|me golpeo {skin} contra {hard}|me pellizco {skin} hasta el moretón|me hago rayas en {skin} con {keen}|me amarro un hilo en {skin} hasta que se pone morado",
    "relief": "hasta que sangra|para sentir algo|a propósito|para castigarme|y me calma|todas las noches|cuando gritan|para poder dormir|donde nadie ve|porque me lo merezco|cuando la cabeza no se calla|y lo tapo con manga larga|cada vez más hondo|y no puedo parar|y digo que fue el gato",
    "mishap": "me quemé {skin} con {hot} cocinando|me corté {skin} con {keen} sin querer|me pegué en {skin} con {hard} por torpe|me raspé {skin} en la bici|me torcí {skin} jugando|me asoleé y me arde {skin}|me tatué {skin} y me pica|se me clavó una astilla en {skin}|me rasguñó el gato en {skin}|me resbalé y {hard} me dio en {skin}",
    "mend": "ya estoy bien|no fue nada|traigo hielo|ya me vio la enfermera|nos reímos|ya va sanando|mi mamá me puso una curita|el sábado bailo igual|",
    "chore": "uso {keen} para abrir paquetes|se me cayó {keen} atrás del sillón|{keen} va en el cajón de la izquierda|se descompuso {hot}, dónde compro|mi {kin} chocó con {hard} y se rió|el masajista le dio a {skin} y grité, qué alivio|me sacaron sangre del brazo, rapidito|me depilé {skin}, ay, pero valió|traigo piquetes de mosco en {skin}",
    "pet": "el gato|el perro|mis plantas|el canario|los peces|las gallinas|el caballo",
    "settled": "le di {pet} a mi {kin}|pagué la renta por adelantado|limpié toda la casa|devolví todo lo que me prestaron|apunté mis contraseñas|vendí la guitarra|regalé mi ropa|firmé los papeles|dejé las llaves con mi {kin}|cancelé mis citas|le escribí una carta larga a mi {kin}|hice las paces con mi {kin}|mi escritorio ya está vacío|puse mis cosas en cajas con nombres|le di de comer por última vez a {pet}|cerré mis cuentas|abracé mucho rato a mi {kin}|entregué mi gafete",
    "leave": "{day} ya no voy a estar vivo|después ya no hay yo|sigo yo|{day} me mato|ya me puedo morir|lo demás son las pastillas|{day} me meto al mar y no salgo|del puente ya no regreso|nomás me falta valor para hacerlo {day}|es lo último antes de morirme|{day} voy a estar muerta|me quiero ir de esta vida {day}|para que no batallen cuando me maten mis propias manos|y luego la soga|y {day} me suelto del barandal|me voy de este mundo {day}|sigue la azotea|a donde voy no lo ocupo, bajo tierra",
    "trip": "{day} nos mudamos a la costa|{day} empiezo el trabajo nuevo|el vuelo sale {day}|ahora dos semanas de playa|{day} llega la mudanza|{day} me jubilo, qué alegría|regreso en un mes, descansada|qué bien se siente el orden|el depa nuevo tiene sol|y ahora una siesta|vamos a ver a mi {kin}|ya tocaba un cambio|y luego cenamos pizza en el piso|para viajar ligero|pasaron por todo {day}|dormí como bebé",
    "thirdsettled": "regaló {pet}|pagó todas las cuentas del año|nos escribió una carta a cada uno|limpió toda la casa|se despidió de todos|me dio las llaves|dejó la cartera y el celular en la mesa|anda muy tranquilo|le pidió perdón a todos|regaló su guitarra|devolvió los libros|tendió la cama y dejó una nota",
    "thirdleave": "y dice que ya no tiene caso vivir|y dice que {day} ya no va a estar vivo|y se encerró y no contesta|y se llevó la pistola|y se fue al puente|y habla de que pronto se muere|y dice que estaríamos mejor en su velorio|y se fue a la presa sin decir nada, temo lo peor|y preguntó cuántas pastillas bastan|y dice que {day} ya no nos vamos a preocupar|y quiere estar con sus muertos",
    "thirdtrip": "porque {day} se muda|porque {day} sale el barco|antes de las vacaciones|y {day} se jubila|y está feliz en su casa nueva|y se compró una camioneta|y se fue a ver a los nietos|y volvió bronceado|para entrenar el maratón|y {day} empieza la universidad|y ahora duerme hasta mediodía como rey",
    "bait": "ya voy a acabar con esto|ya no puedo más|me quiero ir|se acabó todo|no lo voy a lograr|ya no aguanto|esta noche me tiro|mañana no voy a estar|no quiero estar aquí|ya suéltenme|perdí la esperanza|que ya pare|adiós para siempre|nadie me va a extrañar|me las tomé todas|me tragué todo|hay sangre por todos lados|no se mueve|no despierta|por fin estoy en paz",
    "contract": "contrato del celular|plan de cable|guerra con las ardillas|dieta|junta|suscripción|renta del coche",
    "gripe": "el internet se cae cada hora|estos zapatos aprietan|la flauta del vecino|la silla rechina|la impresora otra vez|mis calcetines no hacen par",
    "chat": "grupo de whatsapp|estacionamiento|fila del banco|reunión de condóminos|quiniela",
    "goal": "al tren de las seis|al final de esta bufanda|al kilómetro veinte|al postre|al último capítulo",
    "off": "es mi día libre|voy a estar en la playa|vuelo con mi abuela|trabajo desde casa|juegan los niños",
    "racket": "el taladro empezó a las siete|la bocina del tianguis|el perro de al lado|la alarma del coche|este hipo",
    "feast": "bolsa de palomitas|pizza|torta ahogada|rosca|charola de tacos",
    "many": "las escaleras de dos en dos|las galletas|los turnos extra|las muestras gratis|las fotos de la ballena",
    "red": "se cayó la salsa de betabel|explotó la catsup|es pintura roja|es una película de zombis|se rompió la mermelada",
    "lazy": "es sábado y no hay escuela|trabajó de noche|el gato ya es dueño del sillón|cosas de adolescentes",
    "calm": "ya calló la obra|ya se durmieron los gemelos|ya entregué la declaración|ya se fueron las visitas",
    "old": "sillón|celular viejo|frenos|papel tapiz café|casero",
    "joke": "|jaja|jajaja|la verdad|perdón|sin culpa",
    "meant": "va en serio, me voy a matar|tengo las pastillas aquí|me quiero morir|tengo un plan y es {day}|no hay nadie y tengo la soga|estoy en el puente|ya escribí la nota|no es broma, {day} estoy muerto|y sé cómo|tengo miedo de lo que me voy a hacer|solo pienso en la muerte",
}

SPANISH_MESSAGES = {
    "acute": """
{deed} {relief}|{deed} {relief}|no puedo parar, {deed} {relief}|cuando no hay nadie {deed}|anoche otra vez {deed}|{deed} y luego {deed}|mi {kin} no sabe que {deed} {relief}
{settled}, {leave}|{settled} y {settled}, {leave}|{settled}. {leave}|{leave}. {settled}
mi {kin} {thirdsettled} {thirdleave}|mi {kin} {thirdsettled} y {thirdsettled} {thirdleave}|{bait}, {meant}|{bait}. {meant}""",
    "none": """
{mishap}, {mend}|{mishap}|mi {kin} preguntó, le dije: {mishap}|{chore}|{chore}|ay, {mishap}, {mend}
{settled}, {trip}|{settled} y {settled}, {trip}|{settled}. {trip}|{trip}. {settled}
mi {kin} {thirdsettled} {thirdtrip}|mi {kin} {thirdsettled} y {thirdsettled} {thirdtrip}|ya voy a acabar con esto, con {contract} digo|{day} acabo con esta {contract}|ya no puedo más, {gripe}|ya no aguanto, {gripe}|me quiero salir de {chat}|no voy a llegar {goal}|perdí la esperanza de llegar {goal}|{day} no voy a estar, {off}|nadie me va a extrañar {day}, {off}|que ya pare, {racket}|me tragué toda la {feast} {joke}|me tomé todas, {many}|me acabé todo, {many} {joke}|hay sangre por todos lados, digo, {red}|hay sangre en el piso, tranquilos, {red}|no se mueve hasta mediodía, {lazy}|no despierta antes de las diez, {lazy}|por fin estoy en paz, {calm}|se acabó todo, {calm}|adiós para siempre, {old}""",
}
