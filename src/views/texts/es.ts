import type { FoundBy, Line, OutcomeKind, OutcomeReason } from '../../domain/outcome.ts';
import type { Texts } from '../texts.ts';
import { giftText } from './gift.ts';

const list = (words: string[]): string => new Intl.ListFormat('es', { type: 'conjunction' }).format(words);
const either = (words: string[]): string => new Intl.ListFormat('es', { type: 'disjunction' }).format(words);
const pieces = (quantity: number, title: string): string => `${quantity} × ${title}`;
const days = (n: number): string => (n === 1 ? 'un día' : `${n} días`);
const hour = (n: number): string => (n === 1 ? `la ${n}:00` : `las ${n}:00`);

/** The handle of an account that is protected or suspended is not kept. */
const as = (handle: string | null): string => (handle ? `como @${handle}` : 'con X');

/** Lo que se dice al donar. */
const donation: Texts['donation'] = {
  outcome: {
    added: (amount, title) => `En tu carrito: tu donación de ${amount} (${title}).`,
    set: (amount, title) => `Tu donación en el carrito es ahora de ${amount} (${title}).`,
    already: (amount, title) =>
      `Tu donación de ${amount} (${title}) ya está en tu carrito, así que no cambió nada.`,
    held: (amount, title) => `Guardada para ti: tu donación de ${amount} (${title}).`,
    missing: (title, least, most) => `¿Cuánto quieres donar (${title})? Puede ser de ${least} a ${most}.`,
    unclear: (title, least, most) =>
      `No estamos seguros de cuánto quieres dar y no queremos adivinarlo (${title}). Puede ser de ${least} a ${most}.`,
    currency: (title, currency, least, most) =>
      `Tu respuesta nombra otro dinero que ${currency}, que es el que se da aquí (${title}). ¿Cuánto ha de ser, de ${least} a ${most}?`,
    bounds: (amount, title, least, most) =>
      `Aquí no se pueden dar ${amount} (${title}): puede ser de ${least} a ${most}. No cambió nada.`,
  },
  amount: 'Cuánto das',
  subjectAsked: (title) => `¿Cuánto? ${title}`,
  tap: 'Toca una cantidad; la confirmas en la página:',
  button: 'Donar',
  give: (amount) => `Dar ${amount}`,
  giveTo: (amount, title) => `Dar ${amount} a ${title}`,
  another: 'Otra cantidad',
  field: (title) => `Otra cantidad para ${title}`,
  change: 'Fijar la cantidad',
  range: (least, most) => `de ${least} a ${most}`,
  bounds: (least, most) => `Puede ser de ${least} a ${most}; no cambió nada.`,
  obstacle: 'ya no se puede dar tanto o tan poco: elige otra cantidad, por favor',
  changed: (title, was, now) => `${title}: ${now} en lugar de ${was}.`,
  confirm: (title) => `${title}: ¿ponemos tu donación en el carrito?`,
  confirmText: 'No se cobra nada hasta que pagues.',
  pay: (total) => `Donar ${total}`,
  paidTitle: 'Gracias por tu donación',
  goesTo: (merchant) => `Las donaciones van a ${merchant}`,
  card: (amounts, tag, merchant) =>
    `Dona ${amounts} a ${merchant}: responde ${tag} y una cantidad en X, o dona aquí.`,
  receipt: (merchant) => `Gracias. ${merchant} ha recibido tu donación:`,
};

/** Everything that people read, in Spanish: "tú", and words that Spain and America share. */
export const es: Texts = {
  language: 'es',
  /** By its own name. */
  languageName: 'Español',

  outcome({ outcome, reason, detail, title, among }) {
    if (detail.donation)
      return giftText(detail.donation, { outcome, reason, title: title ?? '…' }, donation.outcome, 'es');
    const named = title ?? 'este producto';
    const lines = detail.lines ?? [];
    const said = (some: Line[]): string =>
      list(
        some.map((line) =>
          pieces(line.quantity, line.choice ? `${named} (${line.choice.join(', ')})` : named),
        ),
      );
    const quantity = said(lines);
    const waited = said(detail.waitlist ?? []);
    const short = waited
      ? ` No quedan más: estás en la lista de espera para ${waited} y te avisaremos cuando llegue tu turno.`
      : detail.wanted
        ? ` Pediste ${detail.wanted}, pero no quedan más.`
        : '';
    const again = detail.moved_up;
    const outcomes: Partial<Record<OutcomeKind, string>> = {
      added: `${again ? 'Es tu turno: ya está en tu carrito' : 'Añadido'}: ${quantity}.${short}`,
      set: `${again ? 'Es tu turno: ahora' : 'Ahora'} tienes en tu carrito ${quantity}.${short}`,
      removed: [
        quantity && `Quitado: ${quantity}.`,
        waited && `Ya no estás en la lista de espera para ${waited}.`,
      ]
        .filter(Boolean)
        .join(' '),
      waitlisted: `Agotado por ahora. Estás en la lista de espera para ${waited}: pasará a tu carrito por sí solo cuando llegue tu turno, y te avisaremos. No se cobra nada.`,
      bought: `Comprado: ${quantity}.`,
      held: quantity ? `Te guardamos ${quantity}.` : 'Te lo guardamos hasta que vincules tu cuenta.',
      helped:
        'Preguntaste cómo funciona. Responde a la publicación de un producto con su hashtag y el producto te espera en tu carrito; con «x2» serán dos. Pagas más tarde, con el botón del correo, o nunca.',
      failed: 'Algo falló por nuestra parte y lo estamos revisando.',
    };
    const reasons: Partial<Record<OutcomeReason, string>> = {
      already_in_cart: `Ya tienes ${named} en tu carrito, así que no cambió nada. Si quieres más, responde con el número, por ejemplo «x2».`,
      not_in_cart: `No tenías ${named} en tu carrito, así que no había nada que quitar.`,
      which_product: `Esa publicación trata de más de un producto. ¿Cuál quieres: ${either(among)}?`,
      missing_option: `¿Cuál quieres? Hay que elegir para ${named}: ${list(detail.missing ?? [])}.`,
      unknown_option: `Tu respuesta nombra algo que no existe para ${named}. ¿Cuál quieres?`,
      conflicting_option: `Tu respuesta nombra varias opciones a la vez y no queremos adivinar. ¿Cuál quieres de ${named}?`,
      conflicting_quantity: `Tu respuesta tiene más de un número y no queremos adivinar. ¿Cuántas unidades quieres de ${named}?`,
      conflicting_tags: 'Los hashtags de tu respuesta se contradicen, así que no cambió nada.',
      over_limit: `De ${named} puedes pedir como máximo ${detail.limit}, así que no cambió nada.`,
      invalid_quantity:
        'No pudimos usar el número de tu respuesta, así que no cambió nada. Responde con un número entero, por ejemplo «x2».',
      paused: `En este momento, ${named} no está a la venta.`,
      not_started: `Por ahora, ${named} no está a la venta: todavía no ha empezado.`,
      ended: waited
        ? `Ya no se vende ${named}, así que ya no estás en la lista de espera para ${waited}.`
        : `Ya no se vende ${named}.`,
      sold_out: `No quedan unidades de ${named}.`,
      negated: 'Tu respuesta dice que no lo quieres, así que no añadimos nada.',
      quote: 'Citaste la publicación. Responde a la publicación misma y pasará a tu carrito.',
      not_a_product: `La publicación a la que respondiste no vende nada aquí, así que no añadimos nada.${
        detail.kept ? ' Si sale a la venta en el plazo de una semana, tu respuesta cuenta.' : ''
      }`,
      merchant_self: 'Es una respuesta del propio vendedor.',
      opted_out: 'Nos pediste que te dejáramos en paz, así que no añadimos nada.',
      no_trigger: 'No tiene ningún hashtag nuestro.',
      retweet: 'Un repost no es un pedido.',
      bot_self: 'Es una publicación nuestra.',
      not_a_reply: 'No responde a la publicación de un producto.',
    };
    return (reason && reasons[reason]) ?? outcomes[outcome] ?? 'No cambió nada.';
  },

  why({ tag, found_by, quantity, moved_up }) {
    if (tag === undefined) return '';
    const places: Record<FoundBy, string> = {
      parent: 'en respuesta a su publicación',
      ancestor: 'más abajo, en el hilo de su publicación',
      quoted: 'citando su publicación',
      conversation_root: 'en la conversación bajo su publicación',
      conversation: 'en su conversación',
    };
    const place = found_by ? ` ${places[found_by]}` : '';
    const number = quantity === undefined ? '' : `, que leímos como ${quantity}`;
    return `Escribiste #${tag}${place}${number}${moved_up ? '; después llegó tu turno' : ''}.`;
  },

  mail: {
    via: (merchant) => `${merchant} con Replycart`,
    greeting: (handle) => (handle ? `Hola, @${handle}:` : 'Hola:'),
    update: {
      subjectAdded: (title, merchant) => `En tu carrito: ${title} (${merchant})`,
      subjectTurn: (title, merchant) => `Es tu turno: ${title}, ya en tu carrito (${merchant})`,
      subjectWaiting: (title, merchant) => `En lista de espera: ${title} (${merchant})`,
      subjectAsked: (title) => `¿Cuál quieres? ${title}`,
      subjectOther: (merchant) => `Tu respuesta a ${merchant}`,
      subjectPlatform: 'Tu respuesta',
      cartHeading: (merchant) => `Tu carrito en ${merchant}`,
      cartEmpty: (merchant) => `Tu carrito en ${merchant} está vacío.`,
      button: 'Ver el carrito y pagar',
      answerButton: 'Elegir',
      keep: (n) =>
        `No se cobra nada hasta que pagues. El enlace funciona durante ${days(n)}; si un precio no está prometido, cuenta el del día en que pagues.`,
      undoLink: 'Deshacer o cambiar',
      undo: 'En la misma página cambias cantidades y opciones, y quitas lo que no quieras.',
    },
    code: {
      subject: (code) => `${code} es tu código de Replycart`,
      text: 'Alguien, seguramente tú, quiere que el correo sobre sus carritos llegue a esta dirección. Para permitirlo, escribe este código donde te lo pidieron:',
      ignore: 'Si no fuiste tú, no hagas nada: sin el código no pasa nada.',
    },
    links: {
      subject: 'Tus carritos',
      text: 'Nos pediste cómo volver a tus carritos. Aquí los tienes:',
      none: 'Nos pediste cómo volver a tus carritos. En este momento no hay nada en ellos.',
      button: (merchant) => `Abrir el carrito en ${merchant}`,
      ignore: 'Si no lo pediste, puedes ignorar este correo.',
    },
    receipt: {
      subject: (order, merchant) => `Recibo del pedido ${order} (${merchant})`,
      text: (merchant) => `Gracias. ${merchant} ya tiene tu pago y tu pedido:`,
      shipTo: 'Se enviará a',
      questions: (email) => `¿Preguntas sobre el pedido? Escribe a ${email} o responde a este correo.`,
      returns: (text) => `Devoluciones: ${text}`,
    },
    shipped: {
      subject: (order, merchant) => `El pedido ${order} está en camino (${merchant})`,
      text: (merchant, carrier, number) =>
        `${merchant} envió tu pedido${carrier ? ` con ${carrier}` : ''}${number ? `; el número del paquete es ${number}` : ''}.`,
      follow: 'Seguir el paquete',
      shipTo: 'Va dirigido a',
    },
    order: {
      subject: (order) => `Nuevo pedido ${order}: pagado, pendiente de envío`,
      subjectDigital: (order) => `Nuevo pedido ${order}: pagado y entregado`,
      text: 'Este pedido está pagado.',
      shipTo: 'Envíalo a',
      digital: 'Las descargas se enviaron por correo a quien las compró; no hay que enviar nada por ellas.',
      shopper: (handle, email) =>
        `Comprado por: ${[handle && `@${handle}`, email].filter(Boolean).join(', ') || 'desconocido'}`,
    },
    unregistered: {
      subject: (n) =>
        n === 1
          ? 'Una respuesta espera a una publicación que tu catálogo no nombra'
          : `${n} respuestas esperan a una publicación que tu catálogo no nombra`,
      text: (n) =>
        `${n === 1 ? 'Una persona respondió' : `${n} personas respondieron`} con tu hashtag a esta publicación tuya, que no está en la lista de publicaciones de ningún producto, así que no se añadió nada a su carrito:`,
      cure: 'Para vender con ella, pon su dirección en «posts» del producto en tu catálogo y aplica el catálogo. Entonces se atiende lo que se escribió en los últimos 7 días, en el orden en que se escribió. Si la publicación no ofrece nada, no hagas nada.',
    },
    refund: {
      subject: (amount, merchant) => `Te devolvimos ${amount} (${merchant})`,
      text: (amount, whole) =>
        `Te devolvimos ${whole ? `íntegro tu pago de ${amount}` : `${amount} de tu pago`}. Los bancos tardan entre 5 y 10 días en mostrarlo.`,
      reason: {
        cart_already_paid:
          'El mismo carrito se pagó dos veces; el primer pago vale y su pedido está en camino.',
        sold_out: 'Otra persona pagó la última unidad un momento antes. Lo sentimos.',
        requested: 'Así lo decidió el vendedor.',
        cancelled: 'El pedido se canceló.',
      },
      items: (titles) => `Era por: ${list(titles)}.`,
      ended: 'Las descargas y los códigos que incluía ya no se pueden usar.',
    },
    post: {
      subject: 'Sobre una de las publicaciones con las que vendes',
      text: 'Leímos una publicación con la que vendes. Esto es lo que encontramos:',
      findings: {
        missing: () => 'X ya no la muestra: está borrada o protegida. Ahora no se puede pedir nada con ella.',
        foreign: () => 'La escribió una cuenta distinta de la tuya.',
        changed: () => 'Dice otra cosa que cuando la leímos por última vez.',
        no_tag: (tags) => `No dice a sus lectores qué responder: escribe en ella ${list(tags.slice(0, 3))}.`,
        price: (_tags, prices) =>
          `Nombra un precio distinto del de tu catálogo, donde es ${list(prices)}. Se paga el precio del catálogo.`,
      },
      button: 'Ver la publicación',
      heading: 'Ahora dice',
      advice: 'Si todo está como quieres, no hay nada que hacer.',
    },
    sum: {
      subtotal: 'Artículos',
      shipping: 'Envío',
      free: 'gratis',
      total: 'Total',
      each: (price) => `${price} por unidad`,
    },
    why: (merchant) =>
      merchant
        ? `Recibes este correo porque vinculaste tu cuenta de X con Replycart y respondiste a una publicación de ${merchant}.`
        : 'Recibes este correo porque vinculaste tu cuenta de X con Replycart.',
    onBehalf: (name, address) => `Enviado en nombre de ${name}, ${address}`,
    footer: {
      merchant: 'Quién vende',
      privacy: 'Privacidad',
      terms: 'Condiciones',
      cart: '¿Perdiste tu enlace?',
    },
    test: 'TEST: no hay dinero ni mercancía de verdad.',
  },

  page: {
    skip: 'Ir al contenido',
    sandbox: 'Sandbox: aquí todo es un juego. No hay publicaciones, correos, mercancía ni dinero de verdad.',
    test: 'TEST: los pagos aquí no son de verdad.',
    footer: { privacy: 'Privacidad', terms: 'Condiciones', cart: '¿Perdiste tu enlace?' },
    notFound: {
      title: 'Aquí no hay nada',
      text: 'Quizá la dirección esté mal escrita o sea antigua. Si buscas un carrito, podemos enviarte su enlace por correo.',
    },
    error: {
      title: 'Algo salió mal',
      text: 'Fue culpa nuestra, no tuya. No se cobró nada. Vuelve a intentarlo en un momento.',
    },
    forbidden: {
      title: 'Eso no vino de nuestra página',
      text: 'Vuelve atrás, carga la página de nuevo e inténtalo otra vez.',
    },
    back: 'Volver',
  },

  home: {
    title: 'Responde ahora, compra después',
    text: 'Responde con el hashtag a la publicación de un producto en X. El producto te espera en tu carrito, y con el enlace de un correo lo compras cuando quieras.',
    link: 'Vincula tu cuenta de X',
    cart: 'Busca tu carrito',
  },

  link: {
    title: 'Vincula tu cuenta de X',
    lead: 'Tus respuestas pueden llenar un carrito que solo ves tú. Para eso necesitamos saber qué cuenta de X y qué dirección de correo son tuyas.',
    storedTitle: 'Qué guardamos y para qué',
    stored: (n) => [
      ['El número y el nombre de usuario de tu cuenta de X', 'para saber qué respuestas son tuyas'],
      [
        'Tu dirección de correo',
        'para enviarte tu carrito; X nos la dice si se lo permites, y si no, la escribes tú',
      ],
      [
        'Tus respuestas con el hashtag',
        `el texto, ${days(n)}; lo que leímos en él, tanto tiempo como el carrito`,
      ],
    ],
    never:
      'Nunca publicamos en tu nombre, nunca mostramos tus compras a nadie más que al vendedor y nunca cobramos nada hasta que pagues.',
    agree:
      'Al continuar aceptas que relacionemos las dos cosas para este fin. Puedes retirar tu consentimiento en cualquier momento.',
    button: 'Aceptar y entrar con X',
    held: (n, minutes) =>
      `¿Ya respondiste? Lo que pediste se guarda durante ${days(n)} después de tu respuesta, y estará en tu carrito en cuanto vuelvas. De lo que escasea, tu lugar se guarda durante ${minutes === 1 ? 'un minuto' : `${minutes} minutos`} después de tu respuesta; luego le toca a quien sigue.`,
    refusedTitle: 'Sin vincular',
    refused: 'No dejaste que X nos dijera quién eres, así que no se vinculó ni se guardó nada.',
    failed: 'X no confirmó quién eres. Eso pasa cuando la página estuvo abierta demasiado tiempo.',
    again: 'Intentar de nuevo',
  },

  email: {
    title: '¿Adónde enviamos tu correo?',
    lead: (handle) =>
      `Entraste ${as(handle)}. X no nos dijo ninguna dirección de correo, así que escribe una, por favor.`,
    field: 'Dirección de correo',
    button: 'Enviarme un código',
    without: 'Seguir sin correo.',
    withoutMail: 'Entonces no te llega ningún correo: para ver tu carrito, entras con X.',
    invalid: 'Eso no es una dirección de correo.',
    tooMany: 'Fueron muchos códigos para un solo día. Vuelve a intentarlo mañana.',
    codeTitle: 'Escribe el código',
    codeLead: (email) => `Enviamos un código a ${email}. Vale durante 30 minutos.`,
    codeField: 'Código de seis cifras',
    codeButton: 'Confirmar',
    wrongCode: 'Ese no es el código. Míralo otra vez o pide uno nuevo.',
    another: 'Usar otra dirección',
  },

  cart: {
    title: (merchant) => `Tu carrito en ${merchant}`,
    empty: 'No hay nada en este carrito. Responde a la publicación de un producto y lo habrá.',
    product: 'Producto',
    quantity: 'Cantidad',
    change: 'Cambiar',
    remove: 'Quitar',
    removeOf: (title) => `Quitar ${title}`,
    quantityOf: (title) => `Cantidad de ${title}`,
    was: (price) => `era ${price} cuando respondiste`,
    each: (price) => `${price} por unidad`,
    reply: 'tu respuesta',
    undo: (n) => `Deshacer: volver a ${n}`,
    undoOf: (title, n) => `Deshacer: volver a ${n} de ${title}`,
    heldUntil: (time) => `te lo guardamos hasta: ${time}`,
    inLineTitle: 'Estás esperando',
    waitingFor: pieces,
    ahead: (n) =>
      n === 0
        ? 'La próxima unidad es para ti.'
        : n === 1
          ? 'Hay una unidad antes de tu turno.'
          : `Hay ${n} unidades antes de tu turno.`,
    inLineNote:
      'Pasará a tu carrito por sí solo cuando llegue tu turno, y te enviaremos un correo. No se cobra nada.',
    leave: 'Dejar de esperar',
    leaveOf: (title) => `Dejar de esperar ${title}`,
    subtotal: 'Artículos',
    shipping: 'Envío',
    free: 'gratis',
    total: 'Total',
    pay: (total) => `Pagar ${total}`,
    payNote: 'Pagas en Stripe; nunca vemos tu tarjeta. Allí se pide la dirección, si hay algo que enviarte.',
    chooseTitle: 'Elige, por favor',
    choose: (title) => `¿Cuál quieres de ${title}?`,
    add: 'Añadir al carrito',
    soldOut: 'agotado',
    unavailable: {
      paused: 'no está a la venta en este momento',
      not_started: 'todavía no está a la venta',
      ended: 'ya no está a la venta',
      withdrawn: 'ya no está a la venta',
      sold_out: 'agotado',
    },
    left: (n) => (n === 1 ? 'solo queda 1' : `solo quedan ${n}`),
    changed: {
      title: 'Mira otra vez, por favor',
      text: 'Algo cambió desde que abriste esta página, así que todavía no se pagó nada. Así está el carrito ahora:',
      totals: (before, now) => `El total era ${before}; ahora es ${now}.`,
      unavailable: 'No todo se puede comprar tal como está. Cambia o quita lo que está marcado.',
    },
    refused: {
      over_limit: (n) => `Como máximo ${n} por persona.`,
      sold_out: (n) => (n > 1 ? `Solo quedan ${n}.` : n === 1 ? 'Solo queda 1.' : 'Agotado.'),
      unavailable: 'Esto no está a la venta ahora.',
    },
    paidTitle: 'Gracias, ya es tuyo',
    paid: (order, merchant) =>
      `El pedido ${order} está pagado. Ya lo tiene ${merchant}, y tu recibo va de camino por correo.`,
    waitingTitle: 'Estamos confirmando tu pago',
    waiting:
      'Tarda unos segundos. La página se actualiza sola; también puedes cerrarla: el recibo llega por correo.',
    refundedTitle: 'Te devolvimos tu pago',
    refunded: (amount) =>
      `Te devolvimos ${amount}, el importe íntegro. El correo que te enviamos explica por qué.`,
    soldBy: (merchant) => `Vendido por ${merchant}`,
    oldLink: {
      title: 'Este enlace no abre ningún carrito',
      text: 'Puede que sea antiguo o que le falte una parte. Podemos enviarte uno nuevo por correo.',
    },
  },

  ways: {
    post: 'la publicación del producto',
    chosenHere: 'Lo elegiste en esta página.',
    timeLeft: (hours, minutes) =>
      hours >= 48
        ? `quedan ${Math.floor(hours / 24)} días`
        : hours > 0
          ? `${hours === 1 ? 'queda' : 'quedan'} ${hours} h${minutes > 0 ? ` ${minutes} min` : ''}`
          : `${minutes === 1 ? 'queda' : 'quedan'} ${minutes} min`,
    option: {
      label: (title) => `Otra opción para ${title}`,
      button: 'Cambiar de opción',
      soldOut: (label) => `${label} (agotado)`,
      closed: (label) => `${label} (no está a la venta ahora)`,
    },
    takenOut: {
      title: 'Quitado del carrito',
      line: pieces,
      back: (n) => `Volver a poner ${n}`,
      backOf: (n, title) => `Volver a poner ${pieces(n, title)}`,
    },
    since: {
      title: (time) => `Desde nuestro correo (${time})`,
      gone: (title) => `${title} ya no está en el carrito.`,
      added: (n, title) => `Nuevo en el carrito: ${pieces(n, title)}.`,
      byReply: (title, was, now) =>
        `${title}: ahora ${now} en vez de ${was}, por una respuesta tuya posterior.`,
      byPage: (title, was, now) => `${title}: ahora ${now} en vez de ${was}, por un cambio en esta página.`,
      obstacle: (title, what) => `${title}: ${what}.`,
    },
    left: {
      title: 'No todo se puede comprar ahora',
      rest: (total) => `Pagar ${total} por lo que queda`,
      restNote: (lines) => `Compras ${list(lines)}. Lo demás se quita del carrito.`,
      wait: 'Poner lo demás en la lista de espera',
      waitNote: (lines) =>
        `Te apuntamos en la lista de espera para ${list(lines)}. Pasará a tu carrito por sí solo cuando llegue tu turno, y no se cobra nada.`,
      trim: 'Ajustar el carrito a lo que queda',
      trimNote: 'Lo que no se puede comprar se quita, y revisas el carrito una vez más.',
      nothing: 'Ahora no se puede comprar nada de esto.',
    },
    choose: {
      title: (title) => `¿Quieres poner ${title} en el carrito?`,
      quantity: (n, each) => `${n} × ${each}`,
      button: 'Poner en el carrito',
      soldOut: 'Esta opción ya se agotó.',
      closed: 'Esta opción no está a la venta ahora.',
      there: 'Ya tienes esta opción en tu carrito.',
      back: 'Ver el carrito y las otras opciones',
    },
    only: {
      title: (n, title) => `¿${n === 2 ? 'Las dos opciones' : 'Todas las opciones'}, o solo ${title}?`,
      lead: 'El mismo producto está más de una vez en tu carrito:',
      only: (title) => `Solo ${title}`,
      onlyNote: 'Las demás opciones se quitan; puedes volver a ponerlas.',
      all: (n) => (n === 2 ? 'Dejar las dos' : 'Dejarlas todas'),
    },
    empty: {
      title: (merchant) => `¿Quitar todo de tu carrito en ${merchant}?`,
      button: 'Quitar todo',
      keep: 'Dejar el carrito como está',
    },
    mail: {
      also: (added, others) =>
        `También tienes ${list(others)} en tu carrito. ¿Quieres ${others.length === 1 ? 'las dos opciones' : 'todas las opciones'}, o solo ${added}?`,
      all: (others) => (others === 1 ? 'Las dos' : 'Todas'),
      only: (title) => `Solo ${title}`,
      choose: 'Toca lo que quieras; lo confirmas en la página:',
      empty: 'Quitar todo del carrito',
      emptyOf: (merchant) => `Quitar todo del carrito en ${merchant}`,
      deleting: 'Borrar tu respuesta en X no vacía el carrito; este enlace sí, después de que lo confirmes:',
      waiting: 'Ver lo que esperas, o dejar de esperar',
    },
  },

  prices: {
    moved: {
      title: 'Un precio distinto al de antes',
      mailed: (time) => `Antes: en nuestro correo (${time}).`,
      line: (title, was, now, why) => `${title}: antes ${was}, ahora ${now}; ${why}.`,
    },
    why: {
      changed: 'el vendedor lo cambió después, y cuenta el precio del día en que pagues',
      lower: 'cuenta el menor de los dos precios, como se prometió',
      promise_over: 'terminó el plazo durante el que se prometía el precio',
      offer_over: 'la oferta de la publicación a la que respondiste ha terminado',
      anew: 'lo cambiaste después, y cuenta el precio de ese momento',
    },
    promised: (until) => `Este precio está prometido hasta: ${until}.`,
    lower: (price) => `Pagas ${price} o el precio del día, el que sea menor.`,
    lowerUntil: (price, until) => `Pagas ${price} o el precio del día, el que sea menor, hasta: ${until}.`,
    today: (price) => `Para los demás cuesta hoy ${price}.`,
    offer: 'Es la oferta de la publicación a la que respondiste.',
    bought: (title, hours) =>
      hours === 0
        ? `Compraste esto hace menos de una hora: ${title}.`
        : `Compraste esto hace ${hours === 1 ? 'una hora' : `${hours} horas`}: ${title}.`,
    boughtNote: 'Si lo quieres otra vez, sigue adelante. Si no, quítalo del carrito.',
  },

  product: {
    add: 'Añadir al carrito',
    buy: 'Comprar',
    wait: 'Apuntarse a la lista de espera',
    onTheWay:
      'Por el camino inicias sesión con X. No se publica nada, y no se cobra nada antes de que pagues en Stripe.',
    quantityNote: 'Tantos habrá en tu carrito.',
    stock: {
      plenty: 'Disponible.',
      few: (n) => (n === 1 ? 'Queda una unidad.' : `Solo quedan ${n}.`),
      waiting: 'Agotado por ahora. Quien se apunta a la lista de espera lo recibe por turno, y le avisamos.',
      soldOut: 'Agotado.',
    },
    waitFor: (value) => `${value} (lista de espera)`,
    soldOut: (value) => `${value} (agotado)`,
    opens: (time) => `A la venta desde: ${time}.`,
    closes: (time) => `A la venta hasta: ${time}.`,
    offered: (price) => `Es la oferta de una publicación: en otros sitios cuesta ${price}.`,
    promised: (hours) => `El precio al que lo añades está prometido durante ${hours}.`,
    lower: 'Pagas el precio al que lo añades o el del día, el que sea menor.',
    lowerFor: (hours) => `Durante ${hours} pagas el precio al que lo añades o el del día, el que sea menor.`,
    how: 'En X',
    comes: {
      digital: 'Es una descarga: el enlace llega por correo en cuanto está pagado.',
      service: 'El código llega por correo en cuanto está pagado: enséñalo cuando vengas.',
    },
    howText: (tag) => `Responde ${tag} a una publicación que lo ofrece, y te espera en el carrito:`,
    post: (day) => `Publicación del ${day}`,
    shipping: (rate) => `Se suma el envío: ${rate}, una vez por pedido.`,
    shippingFrom: (rate) => `Se suma el envío: desde ${rate}, una vez por pedido.`,
    postOffer: (price) => `al responder a esta cuesta ${price}`,
    offerHere: 'llevártelo aquí a este precio',
    card: (price, tag, merchant) =>
      `${price}. Responde ${tag} en X y te espera en el carrito, o cómpralo aquí. Vende ${merchant}.`,
    refused: 'No ha funcionado',
    optedOut: 'Nos pediste que paráramos, así que no se añadió nada. Puedes volver en tu propia página.',
    me: 'Tu propia página',
    thenAdd: (title) => `Después, ${title} va a tu carrito.`,
    thenBuy: (title) => `Después puedes pagar ${title}.`,
    gone: {
      title: 'Ya no se vende',
      text: (title) => `${title} ya no está a la venta.`,
      more: (merchant) => `Lo que vende ahora ${merchant}`,
    },
    all: 'Productos',
    none: 'No hay nada a la venta por ahora.',
  },

  lost: {
    title: 'Busca tu carrito',
    lead: 'Escribe la dirección de correo a la que llegan tus carritos, o entra con X.',
    field: 'Dirección de correo',
    button: 'Enviarme los enlaces',
    done: 'Si conocemos esta dirección, un correo con los enlaces a sus carritos va en camino.',
    signIn: 'Entrar con X',
  },

  me: {
    title: 'Tus carritos',
    signedIn: (handle) => `Entraste ${as(handle)}`,
    mail: (email) => `El correo llega a ${email}.`,
    noMail: 'No tenemos ninguna dirección de correo tuya, así que no te llega correo.',
    addMail: 'Dinos una dirección',
    none: 'No tienes nada en ningún carrito. Responde a la publicación de un producto y lo tendrás.',
    open: (merchant) => `Abrir el carrito en ${merchant}`,
    signOut: 'Salir',
  },

  account: {
    saved: 'Queda anotado.',
    busy: 'En este momento otras personas están descargando sus datos. Vuelve a intentarlo en un minuto.',
    optedOut: {
      title: 'Nos pediste que paráramos',
      text: 'Escribiste en X un hashtag para parar, así que tus respuestas no cuentan y no te llega correo sobre carritos. Si vuelves, cuentan otra vez las respuestas que escribas a partir de ahora. Las que escribiste mientras tanto se quedan como están, y tus carritos están donde los dejaste.',
      button: 'Quiero volver',
    },
    mailTitle: 'Correo',
    another: 'Usar otra dirección',
    anotherLead: (handle, email) =>
      `Entraste ${as(handle)} y tu correo llega a ${email}. Llegará a la dirección nueva en cuanto escribas el código que enviaremos allí.`,
    removeAddress: 'Nada de correo: quitar mi dirección',
    removedNote: 'Pediste que quitáramos tu dirección. Los recibos llegan a la dirección que des al pagar.',
    cartMails: {
      on: 'Te contamos por correo qué pasa con tus respuestas.',
      off: 'No te enviamos correo sobre tus carritos. Los recibos de lo que pagas, sí.',
      start: 'Quiero correo sobre mis carritos',
      stop: 'No quiero correo sobre mis carritos',
    },
    reminders: {
      on: 'Te recordamos lo que espera en un carrito.',
      off: 'No te recordamos lo que espera en un carrito. Si aceptas, lo hacemos por correo, de vez en cuando, hasta que digas basta.',
      start: 'Acepto: quiero recordatorios',
      stop: 'Sin recordatorios',
    },
    language: {
      label: 'Idioma de nuestros correos y de esta página',
      browser: 'El que diga mi navegador',
      button: 'Guardar',
    },
    timezone: {
      label: 'Tu zona horaria: para las horas sin recordatorios y las horas que damos',
      merchants: 'La del vendedor de cada carrito',
      button: 'Guardar la zona horaria',
    },
    heldTitle: 'Lo que tenemos de ti',
    held: {
      account: 'Cuenta de X',
      accountText: (handle, id) => `${handle ? `@${handle}, ` : ''}número ${id}`,
      email: 'Dirección de correo',
      none: 'ninguna',
      typed: (email) => `${email}, que espera su código`,
      linked: 'Vinculada el',
      locale: 'Idioma de tu navegador la última vez que entraste',
      consents: 'Aceptaste',
      consent: { linking: 'vincular tu cuenta de X', reminders: 'recibir recordatorios' },
      withdrawn: (time) => `lo retiraste el ${time}`,
      sessions: 'Navegadores con la sesión abierta',
      replies: (n) => `Tus respuestas (${n})`,
      said: (text) => `«${text}»`,
      gone: 'Su texto ya está borrado.',
      orders: (n) => `Tus pedidos (${n})`,
      order: (order, merchant, total) => `Pedido ${order} en ${merchant}: ${total}`,
      sentTo: (address) => `Para ${address}`,
      receiptTo: (email) => `Recibo a ${email}`,
      mails: (n) => `Correos para ti (${n})`,
      mail: {
        update: 'Sobre tus respuestas',
        code: 'Un código',
        links: 'Enlaces a tus carritos',
        receipt: 'Recibo',
        refund: 'Un pago devuelto',
        delivery: 'Descargas y códigos',
        buying: 'Sobre una compra por respuesta',
        unbought: 'Una compra que no se hizo',
        reminder: 'Un recordatorio',
        shipped: 'Un pedido en camino',
        swapped: 'Un pedido que cambió',
        payment_failed: 'Un pago que no se hizo',
      },
      status: {
        sent: 'enviado',
        pending: 'todavía sin enviar',
        sending: 'en camino',
        skipped: 'no se envió',
        failed: 'no se pudo enviar',
      },
    },
    download: 'Descargar todo',
    downloadNote:
      'Un archivo con todo lo que hay sobre ti, hasta la última letra, que los programas pueden leer (JSON).',
    leaveTitle: 'Irse',
    everywhere: 'Salir en todos los navegadores',
    unlink: {
      title: 'Desvincular tu cuenta de X',
      link: 'Desvincular mi cuenta de X …',
      text: [
        'Se borran tu dirección de correo, tus consentimientos, tus carritos abiertos y lo que te guardamos en ellos, y se cierra tu sesión en todos los navegadores. Es como si nunca hubieras vinculado la cuenta.',
        'Tus pedidos se quedan, y sus recibos también.',
        'Si vuelves a responder a la publicación de un producto, lo guardamos unos días hasta que la vincules, como con cualquiera que llega por primera vez.',
      ],
      button: 'Desvincular',
      doneTitle: 'Cuenta desvinculada',
      done: 'Tu cuenta de X ya no está vinculada. Para retirar lo que permitiste en X, ve allí a Configuración, Seguridad y acceso a la cuenta, Aplicaciones y sesiones.',
    },
    erase: {
      title: 'Borrar todo',
      link: 'Borrar todo …',
      text: (n) => [
        'Se borra todo lo que tenemos de ti: la dirección, los consentimientos, los carritos, el texto de tus respuestas, los correos. Nadie puede recuperarlo, ni siquiera tú.',
        `Los pedidos se quedan en los libros, como pide la ley, sin tu cuenta de X ni tu dirección de correo. El nombre y la dirección a los que va un pedido se quedan durante ${days(n)} después del pedido, para que te llegue; después se borran también.`,
        'Los recibos y las descargas que no hayas guardado ya no se pueden conseguir. Quizá el vendedor tenga tu pedido anotado en otro lugar: pregúntale también.',
        'Las respuestas que escribiste hasta ahora no vuelven a contar nunca. Si un día vinculas tu cuenta, empiezas de cero.',
      ],
      sure: 'Sí, borrar todo',
      button: 'Borrar',
      doneTitle: 'Todo borrado',
      done: 'Te hemos olvidado. Para retirar lo que permitiste en X, ve allí a Configuración, Seguridad y acceso a la cuenta, Aplicaciones y sesiones.',
    },
    keep: 'No, volver atrás',
  },

  merchant: {
    title: (name) => `Quién vende: ${name}`,
    onX: 'En X',
    address: 'Dirección postal',
    support: 'Preguntas y reclamaciones',
    returns: 'Devoluciones',
    shipping: 'Envío',
    shippingText: (rate, free, countries) =>
      `${rate} a ${countries}${free ? `; gratis a partir de ${free}` : ''}.`,
    noShipping: 'No se envía nada.',
    how: 'Cómo comprar',
    howText: (tag) =>
      `Responde ${tag} a una de las publicaciones de productos del vendedor en X. El producto te espera en tu carrito y pagas cuando quieras.`,
  },

  public: {
    hint: [
      '¡Gracias! Falta un paso: abre, por favor, el enlace de nuestro perfil.',
      'Qué bueno leerte. Para seguir, entra en el enlace de nuestro perfil; basta con una vez.',
      '¡Gracias por tu respuesta! El enlace de nuestro perfil te lleva al siguiente paso.',
      'Ya casi está: con el enlace de nuestro perfil nos dices adónde escribirte. Solo lo necesitas una vez.',
      '¡Hola, y gracias! Antes tenemos que hablar contigo en privado: mira el enlace de nuestro perfil.',
    ],
    link: [
      (url) => `¡Gracias! Falta un paso: ${url}`,
      (url) => `Qué bueno leerte. Para seguir, abre este enlace; basta con una vez: ${url}`,
      (url) => `¡Gracias por tu respuesta! El siguiente paso está aquí: ${url}`,
      (url) => `Ya casi está: dinos, por favor, adónde escribirte. Solo hace falta una vez: ${url}`,
      (url) => `¡Hola, y gracias! Antes tenemos que hablar contigo en privado: ${url}`,
    ],
    problem: [
      '¡Gracias! Nos gustaría preguntarte algo: mira tu correo, por favor.',
      'Tenemos una duda sobre esto y te la enviamos por correo.',
      '¡Gracias! Todavía no está todo resuelto: en tu correo te contamos qué falta.',
      'Vimos tu respuesta y necesitamos que nos digas algo más. Por favor, revisa tu correo.',
      '¡Hola! Échale un vistazo a tu correo, por favor: allí te espera algo.',
    ],
    done: [
      '¡Gracias! Todo queda anotado, y lo demás está en tu correo.',
      '¡Listo! Mira tu correo, por favor.',
      'Vimos tu respuesta y te enviamos un correo al respecto.',
      '¡Muchas gracias! Los detalles te esperan en tu correo.',
      'Tomamos nota, gracias. Te escribimos por correo.',
    ],
  },

  merchantSignIn: {
    title: (handle) => `Respuestas de @${handle}`,
    signedIn: (handle) => `@${handle} ya entró con X: esta cuenta publica las respuestas.`,
    lost: (handle) =>
      `@${handle} tiene que volver a entrar: X ya no acepta la última autorización, y hasta entonces no se publica nada.`,
    lead: 'Quien compra busca una contestación allí donde respondió. Si entras con X, puede darla tu propia cuenta. Según tu catálogo de ahora:',
    says: (first, acknowledge) => [
      {
        hint: 'A quien responde por primera vez se le dice, como máximo una vez por semana, que el enlace de tu perfil es el siguiente paso.',
        link: 'A quien responde por primera vez se le dice, como máximo una vez por semana, la dirección del siguiente paso. X cobra $0.20 por cada una de esas respuestas.',
        none: 'A quien responde por primera vez no se le dice nada en público.',
      }[first],
      {
        none: 'Quien ya vinculó su cuenta recibe correo, y ninguna contestación en público.',
        problems:
          'Quien ya vinculó su cuenta recibe una contestación en público cuando hace falta que diga algo más; correo, en todo caso.',
        all: 'Quien ya vinculó su cuenta recibe una contestación en público a cada pedido; correo, en todo caso.',
      }[acknowledge],
      'Ninguna contestación nombra un producto, una opción o un precio, y no se confirman en público los pedidos de lo que marcaste como delicado.',
    ],
    button: 'Entrar con X',
    anew: 'Volver a entrar',
    which: (handle) => `Entra como @${handle}: no se acepta otra cuenta.`,
    grantedTitle: 'Lo que nos permites',
    granted: [
      [
        'Ver publicaciones y cuentas',
        'para ver si ya está publicada una contestación nuestra antes de enviarla otra vez',
      ],
      [
        'Publicar por ti',
        'para contestar a las respuestas a tus publicaciones de productos, una vez a cada una como máximo',
      ],
      ['Mantener la conexión', 'para que no tengas que entrar cada dos horas; hasta que cierres la sesión'],
    ],
    never:
      'Nunca publicamos otra cosa, nunca leemos tus mensajes y nunca seguimos, damos «me gusta» ni borramos nada. X quiere que lleven una etiqueta las cuentas que contestan solas: actívala en la configuración de tu cuenta, en Automatización.',
    profile: 'Las contestaciones hablan del enlace de tu perfil. Pon allí esta dirección:',
    signOut: 'Salir',
    toSignOut:
      'Para salir, primero vuelve a entrar, así sabemos que eres tú. O retíralo en X: Configuración, Seguridad y acceso a la cuenta, Aplicaciones y sesiones.',
    refusedTitle: 'No entraste',
    declined: 'No nos dejaste publicar por ti, así que no se guardó nada.',
    failed: 'X no confirmó quién eres. Eso pasa cuando la página estuvo abierta demasiado tiempo.',
    otherAccount: (came, wanted) =>
      `Volviste como @${came}, pero el catálogo nombra a @${wanted}. No se guardó nada. Cambia a @${wanted} en X e inténtalo de nuevo; si la correcta es @${came}, pon su número en el catálogo.`,
    tooLittle:
      'X nos dio menos de lo que pedimos, así que no se guardó nada. Vuelve a intentarlo, por favor.',
    again: 'Intentar de nuevo',
  },

  privacy: {
    title: 'Privacidad',
    text: (days) => [
      {
        heading: 'Qué hace este servicio',
        paragraphs: [
          'Replycart pone productos en un carrito cuando respondes con un hashtag a la publicación de un vendedor en X, y te envía por correo un enlace con el que puedes pagar más tarde. Para eso tiene que saber que una respuesta es tuya y adónde escribirte.',
        ],
      },
      {
        heading: 'Qué guardamos y durante cuánto tiempo',
        paragraphs: [
          'El número y el nombre de usuario de tu cuenta de X, tu dirección de correo y los momentos en que lo aceptaste: hasta que nos pidas que te olvidemos.',
          `El texto de las respuestas a publicaciones de productos con nuestros hashtags: ${days.text} días. Lo que leímos en ellas (producto, número) y lo que resultó: tanto tiempo como el carrito o el pedido al que pertenece.`,
          `Si no has vinculado tu cuenta: solo el número de tu cuenta y el de tu respuesta, ${days.held} días, para que pueda convertirse en un carrito si la vinculas.`,
          'Tus pedidos, con el nombre y la dirección que diste a Stripe para ellos: el tiempo durante el que la ley exige al vendedor conservar documentos.',
          'Si guardas una tarjeta: su número lo guarda Stripe. Nosotros guardamos la marca, las cuatro últimas cifras y la caducidad, adónde van tus envíos, y lo que has aceptado que compren tus respuestas, con límites y fecha: hasta que lo quites o nos pidas que te olvidemos.',
          `Los enlaces de nuestros correos abren tu carrito durante ${days.link} días. Quien tenga el enlace ve el carrito y nada más de ti.`,
        ],
      },
      {
        heading: 'Quién recibe qué',
        paragraphs: [
          'El vendedor recibe tus pedidos: qué, cuánto y adónde. Stripe se encarga del pago; nunca vemos tu tarjeta. X nos dice tu nombre de usuario y, si lo permites, tu dirección de correo. Nadie más recibe nada. La cuenta del vendedor puede contestar en público a tu respuesta en X; esa contestación nunca dice qué pediste.',
        ],
      },
      {
        heading: 'Tus derechos',
        paragraphs: [
          'Puedes ver los datos que tenemos, corregirlos, llevártelos o hacer que se borren: entra con X en /me. O escribe a la dirección de atención del vendedor, que está en cada correo, o responde a cualquier correo nuestro.',
          'Cada correo sobre tus carritos lleva un enlace con el que dejas de recibirlos. Los recordatorios solo llegan si los aceptaste, en la página de un carrito, y terminan de la misma manera.',
          'También puedes retirar tu consentimiento en X: Configuración, Seguridad y acceso a la cuenta, Aplicaciones y sesiones.',
        ],
      },
    ],
  },

  terms: {
    title: 'Condiciones',
    text: [
      {
        heading: 'Quién vende',
        paragraphs: [
          'Cada producto lo vende el vendedor que aparece en el carrito, en el correo y en el recibo. Tu contrato es con el vendedor. Replycart transporta el carrito y el pago.',
        ],
      },
      {
        heading: 'Las respuestas no obligan a nadie',
        paragraphs: [
          'Una respuesta con un hashtag pone un producto en un carrito. No es un pedido y no cuesta nada. Haces el pedido al pagar en la página de Stripe; antes ves cada línea, el envío y el total.',
          'Los precios y las existencias son los del momento en que abres la página de pago; si se prometió otro precio, cuenta ese mientras dure la promesa. Si algo cambió desde que viste el carrito, primero te mostramos la diferencia.',
        ],
      },
      {
        heading: 'Si algo sale mal',
        paragraphs: [
          'Si un carrito se paga dos veces, o si otra persona pagó antes la última unidad, el pago se devuelve íntegro y por sí solo, y un correo te lo dice.',
          'Para preguntas, devoluciones y reclamaciones escribe al vendedor; la dirección está en la página del vendedor.',
        ],
      },
    ],
  },

  mailControl: {
    lookButton: 'Ver el carrito',
    subjectBlocked: (title, merchant) =>
      `En tu carrito, pero ahora no se puede comprar: ${title} (${merchant})`,
    footer: { unsubscribe: 'Darme de baja', noReminders: 'No más recordatorios' },
    reminder: {
      subject: (title, merchant) => `Sigue en tu carrito${title === null ? '' : `: ${title}`} (${merchant})`,
      subjectHold: (title, merchant) =>
        `Te lo guardamos solo un poco más${title === null ? '' : `: ${title}`} (${merchant})`,
      text: (merchant) => `Nos pediste un recordatorio. Esto te espera en tu carrito en ${merchant}:`,
      textHold: (merchant, until) =>
        `Nos pediste un recordatorio. Lo que te guardamos en ${merchant} pasa a otras personas el ${until}, si no está pagado antes:`,
      kept: (until) => `Lo que escasea te lo guardamos hasta el ${until}.`,
      most: 'Te recordamos un carrito tres veces como máximo, y nunca después de que esté pagado.',
    },
    unsubscribe: {
      title: 'Correo sobre tus carritos',
      ask: '¿Quieres dejar de recibirlo?',
      ends: 'Esto termina: el correo sobre qué pasó con tus respuestas y qué hay en tus carritos, y los recordatorios. Tus respuestas siguen llenando tus carritos.',
      stays:
        'Esto sigue llegando: los recibos y todo lo demás sobre lo que pagaste, y los códigos y enlaces que pidas.',
      button: 'Darme de baja',
      return: 'Puedes volver a recibirlo cuando quieras: en esta misma página o en',
      me: 'tu propia página',
      doneTitle: 'Te diste de baja',
      done: 'Ya no recibes correo sobre tus carritos ni recordatorios.',
      returnButton: 'Quiero otra vez correo sobre mis carritos',
      stoppedTitle: 'Nos pediste que paráramos',
      stopped:
        'Nos escribiste que te dejáramos en paz. Desde entonces tus respuestas no ponen nada en ningún carrito, y solo te llega correo sobre lo que pagaste.',
      stoppedReturn:
        'Si vuelves, tus respuestas cuentan otra vez a partir de ese momento, y te contamos por correo qué pasa con ellas.',
      stoppedButton: 'Quiero volver',
      remindersTitle: 'Recordatorios',
      remindersAsk:
        '¿Quieres dejar de recibir recordatorios de lo que espera en tus carritos? El resto del correo sobre tus carritos sigue llegando.',
      remindersButton: 'No más recordatorios',
      remindersOff:
        'No recibes recordatorios. Si los quieres otra vez, la página de cada carrito tiene un botón para eso.',
    },
    cart: {
      unsubscribed: 'No recibes correo sobre este carrito, porque te diste de baja.',
      stopped: 'No recibes correo sobre este carrito, porque nos pediste que paráramos.',
      change: 'Cambiar eso',
      title: '¿Quieres que te lo recordemos?',
      agree: (quiet) =>
        `Si aceptas, te enviamos por correo recordatorios de lo que espera en tus carritos, con cualquier vendedor: una hora y un día después del último cambio, y media hora antes de que dejemos de guardarte algo. Tres como máximo por carrito${
          quiet
            ? `, y ninguno entre ${hour(quiet.from)} y ${hour(quiet.to)}, según ${quiet.own ? 'tu reloj' : 'el reloj del vendedor'}`
            : ''
        }. Puedes terminarlo en cualquier momento, con el enlace de cada recordatorio o aquí.`,
      remind: 'Acepto: quiero recordatorios',
      on: 'Te recordamos lo que espera en tus carritos.',
      refused: (email) =>
        `No logramos escribirte a ${email}: su servidor no acepta correo para esa dirección. Hasta que nos des otra, no podemos escribirte sobre este carrito, y puede que un recibo no te llegue.`,
      another: 'Dar otra dirección',
    },
    refusedLead: (handle, email) =>
      `Entraste ${as(handle)}. No logramos escribirte a ${email}: su servidor no acepta correo para esa dirección. Escribe otra, por favor, o la misma si ya vuelve a funcionar.`,
  },
  after: {
    order: {
      title: (order) => `Pedido ${order}`,
      stateTitle: 'Cómo está',
      state: {
        paid: 'Pagado. Todavía no está en camino.',
        delivered: 'Pagado y entregado.',
        settled: 'Pagado. No hay nada que enviar.',
        shipped: 'Está en camino.',
        cancelled: 'Cancelado. Se te devuelve el pago.',
        refunding: 'Se te está devolviendo todo el pago.',
        refunded: 'Se te ha devuelto todo el pago.',
      },
      ordered: 'Hecho',
      sent: 'Enviado',
      parcel: 'El paquete',
      to: 'Va a',
      given: 'Devuelto',
      givenText: (amount, time) => `${amount}, ${time}`,
      piecesGiven: (pieces) => `reembolsados: ${pieces}`,
      changes: 'Cambios',
      changed: (n, from, to) => `${n} × ${to} en lugar de ${from}`,
      questions: (email) => `¿Preguntas sobre el pedido? Escribe a ${email}.`,
      see: 'Ver el pedido',
      oldLink: {
        title: 'Este enlace no abre ningún pedido',
        text: 'Puede que sea antiguo o que le falte una parte. Si entras con X, encuentras tus pedidos en tu página.',
        button: 'A mi página',
      },
    },
    swap: {
      title: '¿Prefieres otra opción?',
      text: 'Mientras el pedido no esté en camino puedes cambiar, al mismo precio. Por eso no se cobra ni se devuelve nada.',
      label: (title) => `En lugar de ${title}`,
      soldOut: (title) => `${title}: agotado`,
      button: 'Cambiar',
      buttonOf: (title) => `Cambiar ${title}`,
      done: 'Cambiado. El vendedor ya lo sabe.',
      refused: {
        sold_out: 'De eso no quedan bastantes piezas, así que no se ha cambiado nada.',
        over_limit:
          'El vendedor no vende tantas piezas de eso a una persona, así que no se ha cambiado nada.',
        no_option: 'Eso ya no se puede pedir, así que no se ha cambiado nada.',
        shipped: 'El pedido ya está en camino, así que no se ha cambiado nada.',
        cancelled: 'El pedido está cancelado, así que no se ha cambiado nada.',
        given_back: 'El pago se te devuelve, así que no se ha cambiado nada.',
        unknown: 'No existe ese pedido.',
      },
    },
    cancel: {
      link: 'Cancelar este pedido …',
      until: (time, unless) =>
        `Puedes cancelar el pedido hasta el ${time}${unless.length > 0 ? `, mientras ${list(unless)}` : ''}.`,
      unless: { sent: 'no esté en camino', used: 'no se haya descargado ni usado nada de él' },
      title: (order) => `¿Cancelar el pedido ${order}?`,
      text: (amount) =>
        `Se cancela todo el pedido, y ${amount} vuelven a donde estaban. Los bancos tardan de 5 a 10 días en mostrarlo.`,
      button: 'Sí, cancelar el pedido',
      keep: 'No, lo quiero',
      done: 'El pedido está cancelado. Un correo te avisa cuando tu dinero esté de vuelta.',
      refused: {
        cancelled: 'El pedido ya está cancelado.',
        given_back: 'El pago ya se devolvió.',
        shipped: 'El pedido ya está en camino. Si no lo quieres, escribe al vendedor.',
        disputed: 'Tu banco está revisando este pago, así que el pedido no se puede cancelar aquí.',
        used: 'Una parte ya se entregó, así que el pedido no se puede cancelar aquí. Escribe al vendedor.',
        never: 'Los pedidos de este vendedor no se cancelan aquí. Escribe al vendedor.',
        too_late: 'El plazo para cancelar ha terminado. Escribe al vendedor.',
        unknown: 'No existe ese pedido.',
      },
    },
    processing: {
      title: 'Tu banco todavía está en ello',
      text: 'La forma en que has pagado tarda unos días. Lo que escasea se te guarda mientras tanto. Cuando llegue el dinero, recibes el recibo por correo; si tu banco lo rechaza, también te escribimos, y el carrito queda abierto otra vez.',
      cart: 'Ver el carrito',
      again: (amount) =>
        `Un pago de ${amount} por este carrito está en marcha. Si pagas otra vez y llegan los dos, uno se te devuelve.`,
    },
    mail: {
      cancel: 'Cancelar este pedido',
      cancelled: {
        subject: (order) => `El pedido ${order} está cancelado: no lo envíes`,
        subjectDigital: (order) => `El pedido ${order} está cancelado`,
        byShopper: 'El comprador ha cancelado este pedido, y el pago se devuelve.',
        byStaff: 'Hemos cancelado este pedido, y el pago se devuelve.',
        physical: 'No lo envíes.',
        digital: 'Sus descargas han terminado.',
        service: 'Sus códigos que aún no se habían usado ya no valen: no los aceptes.',
        stock: 'Sus piezas están otra vez en tus existencias.',
      },
      swapped: {
        subject: (order, merchant) => `El pedido ${order} ha cambiado (${merchant})`,
        text: 'Esto ha cambiado en tu pedido. Por eso no se cobra ni se devuelve nada:',
      },
      orderSwapped: {
        subject: (order) => `El pedido ${order} ha cambiado: envía otra opción, por favor`,
        byShopper: 'El comprador prefiere otra opción, al mismo precio. Por favor, envía:',
        byStaff: 'Hemos cambiado el pedido a otra opción, al mismo precio. Por favor, envía:',
        item: (n, to, from) => `${n} × ${to}, no ${from}`,
      },
      failed: {
        subject: (merchant) => `Tu banco ha rechazado el pago (${merchant})`,
        text: 'Tu banco no ha pagado tu carrito, así que no se ha cobrado ni pedido nada. Todo está otra vez en tu carrito, y puedes pagar de otra manera:',
      },
      dispute: {
        subject: {
          warning: (amount) => `Un pago de ${amount} puede ser un fraude`,
          inquiry: (amount) => `Un banco pregunta por un pago de ${amount}`,
          open: (amount) => `Un pago de ${amount} está en disputa`,
          won: (amount) => `La disputa por ${amount} está ganada`,
          lost: (amount) => `La disputa por ${amount} está perdida`,
          over: (amount) => `La disputa por ${amount} ha terminado`,
        },
        text: {
          warning:
            'La red de la tarjeta toma este pago por un fraude. Todavía no se ha movido dinero. Devolverlo antes de enviar nada evita la mayoría de las disputas y su coste.',
          inquiry:
            'El banco del comprador pregunta para qué era este pago. Todavía no se ha movido dinero, y una buena respuesta a tiempo puede evitar una disputa.',
          open: 'El banco del comprador ha retirado el dinero hasta que decida. Quien tenga pruebas, por ejemplo de la entrega, las presenta en Stripe. No devuelvas el dinero además: se devolvería dos veces.',
          won: 'El banco ha decidido en contra del comprador, y el dinero ha vuelto.',
          lost: 'El banco ha dado la razón al comprador, y el dinero se ha perdido.',
          over: 'Ha terminado sin que se haya movido dinero.',
        },
        order: (order) => `Pedido ${order}`,
        noOrder: 'De este pago no salió ningún pedido.',
        payment: (id) => `Pago ${id} en Stripe`,
        reason: (reason) => `Motivo: ${reason}`,
        until: (time) => `Respuesta hasta el ${time}`,
      },
    },
    ship: {
      title: (merchant) => `Pedidos por enviar: ${merchant}`,
      link: 'Ver los pedidos por enviar',
      none: 'No hay nada que enviar.',
      carrier: 'Transportista',
      tracking: 'El número del paquete, o la dirección que lo sigue',
      button: 'Está en camino',
      buttonOf: (order) => `El pedido ${order} está en camino`,
      done: (order) => `El pedido ${order} está en camino, y el comprador recibe un aviso.`,
      refused: (order) =>
        `No envíes el pedido ${order}: se acaba de cancelar o devolver, o ya se había enviado.`,
      note: 'Los más antiguos van primero, 100 como mucho. Durante una hora después de entrar, este navegador puede verlos.',
    },
  },
  /** Where it is sent to, the tax, and merchants' own accounts at Stripe. */
  connect: {
    tax: 'Impuestos',
    taxIncluded: 'Impuestos, incluidos',
    taxLater: 'Los impuestos se suman aparte: se calculan al pagar, según dónde estés.',
    ours: (part: string, rest: string) => `Nos quedamos con ${part}; ${rest} van a tu cuenta en Stripe.`,
    pricesWithTax: 'Los precios incluyen los impuestos.',
    shippingTo: (country: string) => `Envío (${country})`,
    shipTo: 'Enviar a',
    shipToButton: 'Cambiar de país',
    notReady: (merchant: string) =>
      `${merchant} no puede cobrar en este momento. Tu carrito se queda como está: puedes pagar más tarde, con el mismo enlace.`,
    tooMuch: (most: string) =>
      `Es más de lo que se puede pagar de una vez: como máximo, ${most}. Saca algo y págalo aparte.`,
    account: {
      title: (merchant: string) => `La cuenta en la que cobra ${merchant}`,
      lead: 'La lleva Stripe. Te pregunta quién eres y cuál es tu cuenta bancaria, y te ingresa lo que vendes; nosotros no vemos nada de eso.',
      fee: (percent: string) =>
        `Nos quedamos con el ${percent} del precio de lo que vendes, sin envío ni impuestos. Con cada reembolso se devuelve.`,
      ready: 'La cuenta está lista. Lo que vendes se paga en ella.',
      noPayouts: 'Stripe ya cobra por ti, pero todavía no lo ingresa en tu banco: aún quiere saber algo.',
      unfinished:
        'Stripe aún quiere saber algo. Hasta entonces nadie puede pagarte; los carritos se guardan mientras tanto.',
      checking:
        'Has contestado a todo. Stripe lo está comprobando; hasta que termine nadie puede pagarte. Los carritos se guardan mientras tanto.',
      gone: 'La cuenta está cerrada, o nos quitaron el acceso, así que nadie puede pagarte. Escríbenos para tener otra.',
      button: 'Seguir en Stripe',
      change: 'Cambiar algo en Stripe',
      oldTitle: 'Este enlace ya no sirve',
      old: 'Escríbenos para recibir uno nuevo.',
    },
    stopped: {
      subject: 'De momento nadie puede pagarte: Stripe lo ha suspendido',
      text: 'Stripe ha dejado de cobrar en tu cuenta. Hasta que vuelva a hacerlo no se vende nada en tu nombre: las respuestas llenan carritos, y los compradores leen que podrán pagar más adelante con el mismo enlace.',
      button: 'Ver qué quiere saber Stripe',
      until: (date: string) =>
        `El botón lleva a la página de tu cuenta, hasta el ${date}. Quien tenga este correo puede contestar por ti, así que no lo reenvíes.`,
    },
  },

  buyNow: {
    doubt: {
      over_order:
        'Cuesta más de lo que puede costar un pedido hecho con una respuesta: ese límite lo pusiste tú.',
      over_day: 'Con esto, tus respuestas comprarían en un día por más de lo que permites.',
      late: 'Tu respuesta nos llegó tarde. Preguntamos si todavía lo quieres.',
      sensitive: 'Es algo que no compramos sin preguntar.',
      first_here: 'Es lo primero que compras a este vendedor con una respuesta, por eso preguntamos.',
      again: 'Compraste o pediste esto hace unos minutos. Para saber si lo quieres otra vez, preguntamos.',
      unsure:
        'Tu respuesta no está justo debajo de la publicación del producto, por eso preguntamos si te refieres a esto.',
    },
    mail: {
      subjectBuying: (merchant) => `Compra en curso en ${merchant}: deshazla si no es correcta`,
      subjectConfirm: (merchant) => `Confirma tu compra en ${merchant}`,
      subjectUnbought: (merchant) => `Aún sin comprar: tu pedido en ${merchant}`,
      buying: (card, seconds) =>
        `Pediste comprar esto ahora. ${seconds} segundos después de este correo cobramos en tu ${card}, a no ser que lo deshagas.`,
      nothingYet: 'No se cobra nada si no lo confirmas.',
      shipTo: (address) => `Se envía a: ${address}`,
      undo: 'Deshacer',
      undoNote:
        'O responde con la etiqueta que lo quita. Lo que deshaces se queda en tu carrito, y no se cobra nada.',
      confirm: 'Ver y confirmar',
      otherwise: 'Si no haces nada, espera en tu carrito.',
      reply: 'La respuesta que lo pidió',
      stop: 'Aceptaste que tus respuestas puedan comprar aquí. Puedes terminarlo cuando quieras:',
      stopLink: 'Tus tarjetas y límites',
      unbought: {
        authentication: 'Tu banco quiere preguntarte antes de pagar, así que no se ha cobrado nada.',
        declined: 'El pago con tu tarjeta no ha funcionado, así que no se ha cobrado nada.',
        unavailable: 'Lo que pediste no se pudo comprar como se anunció, así que no se ha cobrado nada.',
      },
      inCart: 'Espera en tu carrito.',
      finish: {
        authentication: 'Terminar el pago',
        declined: 'Pagar de otra manera',
        unavailable: 'Ver el carrito',
      },
      invite: (merchant) =>
        `Pediste comprar al momento. Para eso ${merchant} y nosotros necesitamos tu permiso una vez: tarjeta, dirección y límites. Después basta con una respuesta así.`,
      inviteLink: 'Prepararlo',
    },
    page: {
      title: {
        waiting: (merchant) => `Compra en curso en ${merchant}`,
        confirming: (merchant) => `¿Comprar esto en ${merchant}?`,
        charging: (merchant) => `Pagando en ${merchant}`,
        bought: (merchant) => `Comprado en ${merchant}`,
        declined: (merchant) => `No comprado en ${merchant}`,
        undone: (merchant) => `Deshecho en ${merchant}`,
        lapsed: (merchant) => `No comprado en ${merchant}`,
      },
      until: (time, zone) => `Puedes deshacerlo hasta las ${time} (${zone}).`,
      soon: 'El correo que te lo dice está en camino. Puedes deshacerlo ya.',
      after: {
        charging: 'Se está cobrando en tu tarjeta. Tarda un momento.',
        bought: 'Es tuyo. El recibo llega por correo.',
        declined: 'El pago no ha funcionado y no se ha cobrado nada. Espera en tu carrito.',
        undone: 'No se cobra nada. Lo que no has quitado espera en tu carrito.',
        lapsed: 'Ya no se pudo comprar, y no se ha cobrado nada.',
      },
      total: (money) => `Con el envío: ${money}`,
      confirm: (money) => `Comprar ahora y pagar ${money}`,
      signIn: 'Inicia sesión con X para confirmar',
      undo: 'Deshacer',
      doNotBuy: 'No comprarlo',
      undoNote: 'Se queda en tu carrito.',
      toCart: 'Al carrito',
    },
    cart: {
      pay: (money, card) => `Comprar ahora y pagar ${money} con ${card}`,
      sendTo: (address) => `Se envía a ${address}.`,
      change: 'Otra dirección',
      noAddress: 'Para pagar con la tarjeta que guardas aquí, dinos adónde va.',
      addAddress: 'Añadir una dirección',
      another: 'Pagar de otra manera',
      signIn: 'Inicia sesión con X para pagar con una tarjeta que guardas aquí, o para guardar una',
      declined:
        'El pago con esta tarjeta no ha funcionado y no se ha cobrado nada. Prueba con otra, o paga de otra manera.',
      buyingTitle: 'Tus respuestas están a punto de comprar',
      toUndo: 'ver o deshacer',
      toConfirm: 'confirmar',
    },
    address: {
      title: 'Adónde va',
      lead: 'Lo que pagas con una tarjeta que guardas aquí va a esta dirección.',
      name: 'Nombre completo',
      line1: 'Calle y número',
      line2: 'Piso, puerta',
      postalCode: 'Código postal',
      city: 'Ciudad',
      state: 'Provincia o región',
      country: 'País',
      optional: '(opcional)',
      invalid: 'Rellena nombre, calle, ciudad y país, por favor.',
      button: 'Guardar la dirección',
      remove: 'Borrar la dirección',
    },
    list: {
      title: 'Comprar con una respuesta',
      lead: 'En estos vendedores una respuesta puede comprar al momento, si lo aceptas:',
      none: 'Ahora mismo ningún vendedor lo ofrece aquí.',
    },
    enrol: {
      title: (tag, merchant) => `Comprar con ${tag} en ${merchant}`,
      lead: (tag, merchant, seconds) =>
        `Responde ${tag} a una publicación de producto de ${merchant} y queda comprado: con la tarjeta, a la dirección y hasta los límites que pones aquí. Antes te lo dice un correo, y durante ${seconds} segundos puedes deshacerlo.`,
      holds: (perOrder, perDay) => `Lo has aceptado: hasta ${perOrder} por pedido y ${perDay} al día.`,
      noCard:
        'Primero guarda una tarjeta: en una página de Stripe, donde no se cobra nada. Nunca vemos su número.',
      waiting: 'Tu tarjeta está en camino. Esta página se carga sola de nuevo.',
      keepCard: 'Guardar una tarjeta',
      anotherCard: 'Guardar otra tarjeta',
      keepCardNote: 'Stripe guarda la tarjeta por nosotros. Puedes quitarla cuando quieras en tu página.',
      card: 'Tarjeta',
      cardUntil: (card, month, year) => `${card}, válida hasta ${String(month).padStart(2, '0')}/${year}`,
      limits: 'Límites',
      perOrder: (currency) => `Como máximo por pedido, con envío (${currency})`,
      perDay: (currency) => `Como máximo en 24 horas (${currency})`,
      limitsNote: 'Por encima de eso no se compra nada antes de que lo confirmes.',
      consentTitle: 'Qué aceptas',
      consent: (tag, merchant, seconds) => [
        `Podemos cobrar en la tarjeta que elijas lo que pidas a ${merchant} con respuestas con ${tag}, sin preguntarte cada vez.`,
        `Cuándo: cada vez que escribas una respuesta así, ${seconds} segundos después del correo que lo anuncia. Nunca sin una respuesta tuya.`,
        'Cuánto: el precio que el producto tiene para ti cuando respondes, por la cantidad, con envío e impuestos; como máximo lo que permites aquí por pedido y en 24 horas.',
        'Cómo pararlo: deshaz una compra con el enlace de su correo, o con una respuesta que la quite. Termina este permiso cuando quieras aquí o en tu página; quitar la tarjeta también lo termina. Termina solo después de un año.',
        'Una vez pagado, valen las reglas de devolución del vendedor.',
      ],
      returns: (merchant) => `Devoluciones en ${merchant}`,
      agree: 'Acepto que las compras de mis respuestas se cobren en esta tarjeta, como se describe aquí.',
      button: 'Aceptar',
      change: 'Aceptar los cambios',
      stop: (merchant) => `Terminarlo en ${merchant}`,
      invalid: {
        limits: 'Pon los dos límites como importes; el de un día no puede ser menor que el de un pedido.',
        form: 'Elige una tarjeta y marca que aceptas, por favor.',
      },
    },
    me: {
      title: 'Tarjetas y dirección de envío',
      noCards: 'No guardas ninguna tarjeta aquí. Cuando pagues, puedes hacer que se guarde.',
      remove: 'Quitar la tarjeta',
      removeOf: (card) => `Quitar la tarjeta ${card}`,
      sendTo: (address) => `Los envíos van a ${address}.`,
      noAddress: 'No sabemos ninguna dirección tuya.',
      changeAddress: 'Cambiar la dirección',
      grantsTitle: 'Dónde pueden comprar tus respuestas',
      noGrants: 'En ningún sitio.',
      grant: (merchant, perOrder, perDay, until) =>
        `${merchant}: hasta ${perOrder} por pedido y ${perDay} al día, hasta el ${until}`,
      enrol: 'Permitir que una respuesta compre',
    },
  },
  delivery: {
    mail: {
      subject: (order, merchant) => `Aquí tienes lo que compraste: pedido ${order} (${merchant})`,
      text: (merchant) => `Esto viene con tu pedido en ${merchant}:`,
      again: (merchant) =>
        `Otra vez, esto viene con tu pedido en ${merchant}. Los enlaces de descarga que te enviamos antes ya no funcionan.`,
      download: (title) => `Descargar: ${title}`,
      until: (n, date) =>
        n === 1
          ? `Puedes descargarlo una vez, hasta el ${date}.`
          : `Puedes descargarlo ${n} veces, hasta el ${date}.`,
      codes: (merchant) =>
        `Muestra un código a la gente de ${merchant}, o léeselo: cada uno vale por una pieza, una sola vez. Quien lo tenga puede usarlo, así que guárdalo para ti.`,
      used: 'Su código ya se usó.',
      follows: 'Las descargas y los códigos llegan en un correo aparte.',
      service:
        'El comprador recibió un código por cada servicio. Búscalo cuando te lo muestren y márcalo como usado: cada código vale una vez.',
      donation: 'Donaciones: no hay nada que enviar por ellas.',
    },
    page: {
      from: (merchant, order) => `De ${merchant}, pedido ${order}`,
      left: (n, date) =>
        n === 1
          ? `Puedes descargarlo una vez más, hasta el ${date}.`
          : `Puedes descargarlo ${n} veces más, hasta el ${date}.`,
      button: 'Descargar',
      note: 'Si se corta la conexión, continúa en las próximas horas o pulsa otra vez antes de diez minutos: cuenta una sola vez.',
      usesTitle: 'Descargas hechas',
      ended: {
        refunded: 'Te devolvimos lo que costó, así que ya no puede descargarse.',
        expired: 'El plazo para descargarlo terminó.',
        used_up: 'Ya se descargó tantas veces como se podía.',
      },
      missing: 'El archivo no está donde debería. La culpa es nuestra, no se contó, y lo estamos revisando.',
      ask: (email) => `Si lo necesitas otra vez, escribe a ${email}.`,
      oldLink: {
        title: 'Este enlace no descarga nada',
        text: 'Puede que le falte una parte. Ábrelo otra vez desde el correo que lo trajo.',
      },
    },
    order: {
      downloads: 'Tus descargas',
      left: (n) => (n === 1 ? 'una vez más' : `${n} veces más`),
      ended: { refunded: 'devuelto', expired: 'caducado', used_up: 'agotado' },
      uses: (times) => `descargado: ${list(times)}`,
      codes: 'Tus códigos',
      codesNote: 'Están en el correo que sigue al recibo.',
      open: 'sin usar todavía',
      used: (time) => `usado: ${time}`,
      void: 'anulado: se devolvió su importe',
    },
    held: {
      downloaded: (title) => `Descargaste: ${title}`,
      used: (title) => `Código usado: ${title}`,
    },
  },

  donation,
};
