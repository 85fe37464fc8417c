// Everything the chat itself says, in both languages. What the bot says comes from the server.
export const strings = {
  en: {
    title: 'Questions about the article', close: 'Close the chat', log: 'Conversation', label: 'Your question', send: 'Send', choices: 'Choose a reply',
    help: 'Get help now', more: 'Who answers?', less: 'Fewer numbers', copy: 'Copy', copied: 'Copied', protocol: 'What this chat does in a crisis', questions: 'All questions and answers', privacy: 'What is kept, and for how long',
    connecting: 'Connecting…', offline: 'No connection. The numbers above work without it. What you write is sent when it is back.', ended: 'The earlier chat was forgotten. A new one begins.', looking: 'Looking for the answer…',
    you: 'You:', bot: 'Automatic answer:', waiting: 'Not sent yet. It goes out by itself.', notSent: 'Not sent.', retry: 'Send now', tooLong: 'Too long to send. Please shorten it.', tooMany: 'Too many at once. It goes out in a moment.',
    read: 'Read it in the article', here: 'Help is here', helpful: 'Was this helpful?', yes: 'Yes', no: 'No', thanks: 'Thank you. Only the count is kept.',
    leave: 'Leave this page', tip: 'To leave this page fast, press Shift three times or “Leave this page”. It blanks the page and deletes this chat. It cannot erase your browser history, call log or texts.', understood: 'OK',
    menu: 'More', language: 'Español', keep: 'Keep this chat when I reload', kept: 'Kept in this tab until you close it.', unkept: 'Not kept any more.', noStorage: 'This browser does not allow it.', download: 'Save a copy', file: 'chat.txt',
    remove: 'Delete this chat', sure: 'Delete everything here, on this screen and on the server?', removeIt: 'Delete', stay: 'Do not delete', removed: 'Deleted, here and on the server. You can begin again below.', notRemoved: 'The server could not be reached. It forgets the chat by itself; the time is under “What is kept”.',
  },
  es: {
    title: 'Preguntas sobre el artículo', close: 'Cerrar el chat', log: 'Conversación', label: 'Su pregunta', send: 'Enviar', choices: 'Elija una respuesta',
    help: 'Ayuda ahora', more: '¿Quién contesta?', less: 'Menos números', copy: 'Copiar', copied: 'Copiado', protocol: 'Qué hace este chat en una crisis (en inglés)', questions: 'Todas las preguntas y respuestas', privacy: 'Qué se guarda y cuánto tiempo (en inglés)',
    connecting: 'Conectando…', offline: 'Sin conexión. Los números de arriba funcionan igual. Lo que escriba se envía cuando vuelva.', ended: 'El chat anterior ya se borró. Empieza uno nuevo.', looking: 'Buscando la respuesta…',
    you: 'Usted:', bot: 'Respuesta automática:', waiting: 'Todavía no se envió. Sale por sí solo.', notSent: 'No se envió.', retry: 'Enviar ahora', tooLong: 'Demasiado largo. Acórtelo, por favor.', tooMany: 'Demasiados mensajes. Sale en un momento.',
    read: 'Leerlo en el artículo', here: 'Aquí hay ayuda', helpful: '¿Le sirvió?', yes: 'Sí', no: 'No', thanks: 'Gracias. Solo se guarda la cuenta.',
    leave: 'Salir de esta página', tip: 'Para salir rápido, oprima Mayús tres veces o “Salir de esta página”. La página queda en blanco y este chat se borra. No puede borrar el historial del navegador, ni las llamadas ni los mensajes de texto.', understood: 'De acuerdo',
    menu: 'Más', language: 'English', keep: 'Conservar este chat al recargar', kept: 'Se conserva en esta pestaña hasta que la cierre.', unkept: 'Ya no se conserva.', noStorage: 'Este navegador no lo permite.', download: 'Guardar una copia', file: 'chat.txt',
    remove: 'Borrar este chat', sure: '¿Borrar todo, en esta pantalla y en el servidor?', removeIt: 'Borrar', stay: 'No borrar', removed: 'Borrado, aquí y en el servidor. Puede empezar de nuevo abajo.', notRemoved: 'No se pudo llegar al servidor. El chat se borra allí por sí solo; el plazo está en “Qué se guarda”.',
  },
};
