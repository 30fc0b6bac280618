import type { FoundBy, Line, OutcomeKind, OutcomeReason } from '../../domain/outcome.ts';
import type { Texts } from '../texts.ts';
import { giftText } from './gift.ts';

const list = (words: string[]): string => new Intl.ListFormat('it', { type: 'conjunction' }).format(words);
const either = (words: string[]): string => new Intl.ListFormat('it', { type: 'disjunction' }).format(words);
const pieces = (quantity: number, title: string): string => `${quantity} × ${title}`;
const days = (n: number): string => (n === 1 ? 'un giorno' : `${n} giorni`);

/** The handle of an account that is protected or suspended is not kept. */
const as = (handle: string | null): string => (handle ? `come @${handle}` : 'con X');

/** Quello che si dice quando si dona. */
const donation: Texts['donation'] = {
  outcome: {
    added: (amount, title) => `Nel tuo carrello: la tua donazione di ${amount} (${title}).`,
    set: (amount, title) => `La tua donazione nel carrello adesso è di ${amount} (${title}).`,
    already: (amount, title) =>
      `La tua donazione di ${amount} (${title}) è già nel carrello, quindi non è cambiato nulla.`,
    held: (amount, title) => `Tenuta da parte per te: la tua donazione di ${amount} (${title}).`,
    missing: (title, least, most) => `Quanto vuoi donare (${title})? Può essere da ${least} a ${most}.`,
    unclear: (title, least, most) =>
      `Non siamo sicuri di quanto intendi, e non vogliamo indovinare (${title}). Può essere da ${least} a ${most}.`,
    currency: (title, currency, least, most) =>
      `La tua risposta nomina una moneta diversa da ${currency}, che è quella usata qui (${title}). Quanto dev’essere, da ${least} a ${most}?`,
    bounds: (amount, title, least, most) =>
      `Qui non si possono dare ${amount} (${title}): può essere da ${least} a ${most}. Non è cambiato nulla.`,
  },
  amount: 'Quanto doni',
  subjectAsked: (title) => `Quanto? ${title}`,
  tap: 'Tocca una cifra; la confermi nella pagina:',
  button: 'Dona',
  give: (amount) => `Dona ${amount}`,
  giveTo: (amount, title) => `Dona ${amount} a ${title}`,
  another: 'Un’altra cifra',
  field: (title) => `Un’altra cifra per ${title}`,
  change: 'Imposta la cifra',
  range: (least, most) => `da ${least} a ${most}`,
  bounds: (least, most) => `Può essere da ${least} a ${most}; non è cambiato nulla.`,
  obstacle: 'una cifra così non si può più dare: scegline un’altra',
  changed: (title, was, now) => `${title}: ${now} invece di ${was}.`,
  confirm: (title) => `${title}: mettiamo la tua donazione nel carrello?`,
  confirmText: 'Non si addebita nulla finché non paghi.',
  pay: (total) => `Dona ${total}`,
  paidTitle: 'Grazie per la tua donazione',
  goesTo: (merchant) => `Le donazioni vanno a ${merchant}`,
  card: (amounts, tag, merchant) =>
    `Dona ${amounts} a ${merchant}: rispondi ${tag} e un importo su X, o dona qui.`,
  receipt: (merchant) => `Grazie. ${merchant} ha ricevuto la tua donazione:`,
};

/** Everything that people read, in Italian: "tu". */
export const it: Texts = {
  language: 'it',
  /** By its own name. */
  languageName: 'Italiano',

  outcome({ outcome, reason, detail, title, among }) {
    if (detail.donation)
      return giftText(detail.donation, { outcome, reason, title: title ?? '…' }, donation.outcome, 'it');
    const named = title ?? 'questo prodotto';
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
      ? ` Non ce ne sono altri: sei in lista d’attesa per ${waited} e ti avviseremo quando sarà il tuo turno.`
      : detail.wanted
        ? ` Ne hai chiesti ${detail.wanted}, ma non ce ne sono altri.`
        : '';
    const again = detail.moved_up;
    const outcomes: Partial<Record<OutcomeKind, string>> = {
      added: `${again ? 'È il tuo turno, nel carrello trovi' : 'Aggiunto'}: ${quantity}.${short}`,
      set: `${again ? 'È il tuo turno: ora' : 'Ora'} nel carrello hai ${quantity}.${short}`,
      removed: [quantity && `Tolto: ${quantity}.`, waited && `Non sei più in lista d’attesa per ${waited}.`]
        .filter(Boolean)
        .join(' '),
      waitlisted: `Per ora è esaurito. Sei in lista d’attesa per ${waited}: passerà nel carrello da solo quando sarà il tuo turno, e ti avviseremo. Non si addebita nulla.`,
      bought: `Comprato: ${quantity}.`,
      held: quantity
        ? `Tenuto da parte per te: ${quantity}.`
        : 'Lo teniamo da parte finché non colleghi il tuo account.',
      helped:
        'Hai chiesto come funziona. Rispondi al post di un prodotto con il suo hashtag e il prodotto ti aspetta nel carrello; con «x2» diventano due. Paghi più tardi, con il pulsante nell’e-mail, oppure mai.',
      failed: 'Qualcosa è andato storto da parte nostra e lo stiamo controllando.',
    };
    const reasons: Partial<Record<OutcomeReason, string>> = {
      already_in_cart: `Nel carrello hai già ${named}, quindi non è cambiato nulla. Se ne vuoi di più, rispondi con il numero, per esempio «x2».`,
      not_in_cart: `Nel carrello non avevi ${named}, quindi non c’era nulla da togliere.`,
      which_product: `Quel post parla di più di un prodotto. Quale vuoi: ${either(among)}?`,
      missing_option: `Quale vuoi? Per ${named} bisogna scegliere: ${list(detail.missing ?? [])}.`,
      unknown_option: `La tua risposta nomina qualcosa che per ${named} non esiste. Quale vuoi?`,
      conflicting_option: `La tua risposta nomina più opzioni insieme e non vogliamo tirare a indovinare. Quale vuoi di ${named}?`,
      conflicting_quantity: `Nella tua risposta c’è più di un numero e non vogliamo tirare a indovinare. Quanti pezzi vuoi di ${named}?`,
      conflicting_tags: 'Gli hashtag della tua risposta si contraddicono, quindi non è cambiato nulla.',
      over_limit: `Di ${named} puoi averne al massimo ${detail.limit}, quindi non è cambiato nulla.`,
      invalid_quantity:
        'Non abbiamo potuto usare il numero della tua risposta, quindi non è cambiato nulla. Rispondi con un numero intero, per esempio «x2».',
      paused: `Al momento ${named} non è in vendita.`,
      not_started: `La vendita di ${named} non è ancora cominciata.`,
      ended: waited
        ? `La vendita di ${named} è finita, quindi non sei più in lista d’attesa per ${waited}.`
        : `La vendita di ${named} è finita.`,
      sold_out: `Non ci sono più pezzi di ${named}.`,
      negated: 'La tua risposta dice che non lo vuoi, quindi non abbiamo aggiunto nulla.',
      quote: 'Hai citato il post. Rispondi al post stesso e il prodotto passa nel carrello.',
      not_a_product: `Il post a cui hai risposto qui non vende nulla, quindi non abbiamo aggiunto nulla.${
        detail.kept ? ' Se va in vendita entro una settimana, la tua risposta vale.' : ''
      }`,
      merchant_self: 'È una risposta del venditore stesso.',
      opted_out: 'Ci hai chiesto di lasciarti in pace, quindi non abbiamo aggiunto nulla.',
      no_trigger: 'Non contiene nessuno dei nostri hashtag.',
      retweet: 'Un repost non è un ordine.',
      bot_self: 'È un nostro post.',
      not_a_reply: 'Non risponde al post di un prodotto.',
    };
    return (reason && reasons[reason]) ?? outcomes[outcome] ?? 'Non è cambiato nulla.';
  },

  why({ tag, found_by, quantity, moved_up }) {
    if (tag === undefined) return '';
    const places: Record<FoundBy, string> = {
      parent: 'in risposta al suo post',
      ancestor: 'più in basso, sotto il suo post',
      quoted: 'citando il suo post',
      conversation_root: 'nella conversazione sotto il suo post',
      conversation: 'nella sua conversazione',
    };
    const place = found_by ? ` ${places[found_by]}` : '';
    const number = quantity === undefined ? '' : `, che abbiamo letto come ${quantity}`;
    return `Hai scritto #${tag}${place}${number}${moved_up ? '; poi è arrivato il tuo turno' : ''}.`;
  },

  mail: {
    via: (merchant) => `${merchant} tramite Replycart`,
    greeting: (handle) => (handle ? `Ciao @${handle},` : 'Ciao,'),
    update: {
      subjectAdded: (title, merchant) => `Nel tuo carrello: ${title} (${merchant})`,
      subjectTurn: (title, merchant) => `È il tuo turno: ${title}, già nel carrello (${merchant})`,
      subjectWaiting: (title, merchant) => `In lista d’attesa: ${title} (${merchant})`,
      subjectAsked: (title) => `Quale vuoi? ${title}`,
      subjectOther: (merchant) => `La tua risposta a ${merchant}`,
      subjectPlatform: 'La tua risposta',
      cartHeading: (merchant) => `Il tuo carrello da ${merchant}`,
      cartEmpty: (merchant) => `Il tuo carrello da ${merchant} è vuoto.`,
      button: 'Vai al carrello e paga',
      answerButton: 'Scegli',
      keep: (n) =>
        `Non si addebita nulla finché non paghi. Il link funziona per ${days(n)}; se un prezzo non è promesso, vale quello del giorno in cui paghi.`,
      undoLink: 'Annulla o modifica',
      undo: 'Nella stessa pagina modifichi quantità e opzioni e togli ciò che non vuoi.',
    },
    code: {
      subject: (code) => `${code} è il tuo codice Replycart`,
      text: 'Qualcuno, quasi certamente tu, vuole ricevere a questo indirizzo le e-mail sui propri carrelli. Per permetterlo, scrivi questo codice dove ti è stato chiesto:',
      ignore: 'Se la richiesta non è tua, non fare nulla: senza il codice non succede niente.',
    },
    links: {
      subject: 'I tuoi carrelli',
      text: 'Ci hai chiesto come ritrovare i tuoi carrelli. Eccoli:',
      none: 'Ci hai chiesto come ritrovare i tuoi carrelli. Al momento sono vuoti.',
      button: (merchant) => `Apri il carrello da ${merchant}`,
      ignore: 'Se non l’hai chiesto tu, puoi ignorare questa e-mail.',
    },
    receipt: {
      subject: (order, merchant) => `Ricevuta dell’ordine ${order} (${merchant})`,
      text: (merchant) => `Grazie. ${merchant} ha ricevuto il tuo pagamento e il tuo ordine:`,
      shipTo: 'Sarà spedito a',
      questions: (email) => `Domande sull’ordine? Scrivi a ${email} o rispondi a questa e-mail.`,
      returns: (text) => `Resi: ${text}`,
    },
    shipped: {
      subject: (order, merchant) => `L’ordine ${order} è in viaggio (${merchant})`,
      text: (merchant, carrier, number) =>
        `${merchant} ha spedito il tuo ordine${carrier ? ` con ${carrier}` : ''}${number ? `; il numero del pacco è ${number}` : ''}.`,
      follow: 'Segui il pacco',
      shipTo: 'Arriverà a',
    },
    order: {
      subject: (order) => `Nuovo ordine ${order}: pagato, da spedire`,
      subjectDigital: (order) => `Nuovo ordine ${order}: pagato e consegnato`,
      text: 'Questo ordine è pagato.',
      shipTo: 'Da spedire a',
      digital:
        'I download sono stati inviati per e-mail a chi li ha comprati; per questi non c’è nulla da spedire.',
      shopper: (handle, email) =>
        `Comprato da: ${[handle && `@${handle}`, email].filter(Boolean).join(', ') || 'sconosciuto'}`,
    },
    unregistered: {
      subject: (n) =>
        n === 1
          ? 'Una risposta aspetta un post che il tuo catalogo non nomina'
          : `${n} risposte aspettano un post che il tuo catalogo non nomina`,
      text: (n) =>
        `${n === 1 ? 'Una persona ha risposto' : `${n} persone hanno risposto`} con il tuo hashtag a questo tuo post, che non è nell’elenco dei post di nessun prodotto; per questo non è stato aggiunto nulla al carrello:`,
      cure: 'Per vendere con questo post, metti il suo indirizzo in «posts» del prodotto nel tuo catalogo e applica il catalogo. Allora viene elaborato ciò che è stato scritto negli ultimi 7 giorni, nell’ordine in cui è stato scritto. Se il post non offre nulla, non fare nulla.',
    },
    refund: {
      subject: (amount, merchant) => `Ti abbiamo rimborsato ${amount} (${merchant})`,
      text: (amount, whole) =>
        `Ti abbiamo rimborsato ${whole ? `per intero il pagamento di ${amount}` : `${amount} del tuo pagamento`}. Le banche lo mostrano dopo 5-10 giorni.`,
      reason: {
        cart_already_paid:
          'Lo stesso carrello è stato pagato due volte; il primo pagamento vale e il suo ordine è in arrivo.',
        sold_out: 'Un’altra persona ha pagato l’ultimo pezzo un attimo prima. Ci dispiace.',
        requested: 'Lo ha deciso il venditore.',
        cancelled: 'L’ordine è stato annullato.',
      },
      items: (titles) => `Era per: ${list(titles)}.`,
      ended: 'I download e i codici che comprendeva non si possono più usare.',
    },
    post: {
      subject: 'A proposito di uno dei post con cui vendi',
      text: 'Abbiamo letto un post con cui vendi. Ecco che cosa abbiamo trovato:',
      findings: {
        missing: () =>
          'X non lo mostra più: è stato cancellato o è protetto. Ora con questo post non si può ordinare nulla.',
        foreign: () => 'È stato scritto da un account diverso dal tuo.',
        changed: () => 'Dice qualcosa di diverso da quando l’abbiamo letto l’ultima volta.',
        no_tag: (tags) => `Non dice a chi legge che cosa rispondere: scrivici ${list(tags.slice(0, 3))}.`,
        price: (_tags, prices) =>
          `Nomina un prezzo diverso da quello del tuo catalogo, dove è ${list(prices)}. Si paga il prezzo del catalogo.`,
      },
      button: 'Vedi il post',
      heading: 'Ora dice',
      advice: 'Se va tutto bene così, non c’è nulla da fare.',
    },
    sum: {
      subtotal: 'Articoli',
      shipping: 'Spedizione',
      free: 'gratis',
      total: 'Totale',
      each: (price) => `${price} al pezzo`,
    },
    why: (merchant) =>
      merchant
        ? `Ricevi questa e-mail perché hai collegato il tuo account X a Replycart e hai risposto a un post di ${merchant}.`
        : 'Ricevi questa e-mail perché hai collegato il tuo account X a Replycart.',
    onBehalf: (name, address) => `Inviato per conto di ${name}, ${address}`,
    footer: { merchant: 'Chi vende', privacy: 'Privacy', terms: 'Condizioni', cart: 'Hai perso il link?' },
    test: 'TEST: niente denaro vero e niente merce vera.',
  },

  page: {
    skip: 'Vai al contenuto',
    sandbox: 'Sandbox: qui è tutto un gioco. Niente post, e-mail, merce o denaro veri.',
    test: 'TEST: qui i pagamenti non sono veri.',
    footer: { privacy: 'Privacy', terms: 'Condizioni', cart: 'Hai perso il link?' },
    notFound: {
      title: 'Qui non c’è nulla',
      text: 'Forse l’indirizzo è sbagliato o vecchio. Se cerchi un carrello, possiamo inviarti il suo link per e-mail.',
    },
    error: {
      title: 'Qualcosa è andato storto',
      text: 'È stata colpa nostra, non tua. Non è stato addebitato nulla. Riprova tra un momento.',
    },
    forbidden: {
      title: 'Questo non è arrivato dalla nostra pagina',
      text: 'Torna indietro, ricarica la pagina e prova ancora una volta.',
    },
    back: 'Indietro',
  },

  home: {
    title: 'Rispondi ora, compra dopo',
    text: 'Rispondi con l’hashtag al post di un prodotto su X. Il prodotto ti aspetta nel carrello e con il link in un’e-mail lo compri quando vuoi.',
    link: 'Collega il tuo account X',
    cart: 'Trova il tuo carrello',
  },

  link: {
    title: 'Collega il tuo account X',
    lead: 'Le tue risposte possono riempire un carrello che vedi solo tu. Per questo dobbiamo sapere quale account X e quale indirizzo e-mail sono i tuoi.',
    storedTitle: 'Che cosa conserviamo e perché',
    stored: (n) => [
      ['Il numero e il nome utente del tuo account X', 'per sapere quali risposte sono tue'],
      [
        'Il tuo indirizzo e-mail',
        'per inviarti il tuo carrello; ce lo dice X se lo permetti, altrimenti lo scrivi tu',
      ],
      [
        'Le tue risposte con l’hashtag',
        `il testo per ${days(n)}; ciò che vi abbiamo letto finché esiste il carrello`,
      ],
    ],
    never:
      'Non pubblichiamo mai a tuo nome, non mostriamo mai i tuoi acquisti a nessuno tranne il venditore e non addebitiamo mai nulla finché non paghi.',
    agree:
      'Se continui, accetti che colleghiamo le due cose per questo scopo. Puoi ritirare il consenso in qualsiasi momento.',
    button: 'Accetta e accedi con X',
    held: (n, minutes) =>
      `Hai già risposto? Ciò che hai chiesto è conservato per ${days(n)} dopo la risposta, e sarà nel carrello appena torni. Per ciò che scarseggia, il tuo posto resta tuo per ${minutes === 1 ? 'un minuto' : `${minutes} minuti`} dopo la risposta; poi tocca a chi viene dopo.`,
    refusedTitle: 'Non collegato',
    refused: 'Non hai permesso a X di dirci chi sei, quindi non è stato collegato né conservato nulla.',
    failed: 'X non ha confermato chi sei. Succede quando la pagina è rimasta aperta troppo a lungo.',
    again: 'Riprova',
  },

  email: {
    title: 'Dove ti scriviamo?',
    lead: (handle) =>
      `Hai effettuato l’accesso ${as(handle)}. X non ci ha detto nessun indirizzo e-mail, quindi scrivine uno, per favore.`,
    field: 'Indirizzo e-mail',
    button: 'Inviami un codice',
    without: 'Continua senza e-mail.',
    withoutMail: 'Allora non ti arrivano e-mail: al carrello arrivi accedendo con X.',
    invalid: 'Questo non è un indirizzo e-mail.',
    tooMany: 'Sono stati troppi codici per un solo giorno. Riprova domani.',
    codeTitle: 'Scrivi il codice',
    codeLead: (email) => `Abbiamo inviato un codice a ${email}. Vale per 30 minuti.`,
    codeField: 'Codice di sei cifre',
    codeButton: 'Conferma',
    wrongCode: 'Il codice non è questo. Controlla di nuovo o chiedine uno nuovo.',
    another: 'Usa un altro indirizzo',
  },

  cart: {
    title: (merchant) => `Il tuo carrello da ${merchant}`,
    empty: 'In questo carrello non c’è nulla. Rispondi al post di un prodotto e ci sarà.',
    product: 'Prodotto',
    quantity: 'Quantità',
    change: 'Modifica',
    remove: 'Togli',
    removeOf: (title) => `Togli ${title}`,
    quantityOf: (title) => `Quantità di ${title}`,
    was: (price) => `era ${price} quando hai risposto`,
    each: (price) => `${price} al pezzo`,
    reply: 'la tua risposta',
    undo: (n) => `Annulla: torna a ${n}`,
    undoOf: (title, n) => `Annulla: torna a ${n} di ${title}`,
    heldUntil: (time) => `tenuto da parte per te fino a: ${time}`,
    inLineTitle: 'Stai aspettando',
    waitingFor: pieces,
    ahead: (n) =>
      n === 0
        ? 'Il prossimo pezzo è per te.'
        : n === 1
          ? 'C’è un pezzo prima del tuo turno.'
          : `Ci sono ${n} pezzi prima del tuo turno.`,
    inLineNote:
      'Passa nel carrello da solo quando è il tuo turno, e ti scriviamo un’e-mail. Non si addebita nulla.',
    leave: 'Smetti di aspettare',
    leaveOf: (title) => `Smetti di aspettare ${title}`,
    subtotal: 'Articoli',
    shipping: 'Spedizione',
    free: 'gratis',
    total: 'Totale',
    pay: (total) => `Paga ${total}`,
    payNote:
      'Paghi su Stripe; noi non vediamo mai la tua carta. L’indirizzo si chiede lì, se c’è qualcosa da spedirti.',
    chooseTitle: 'Scegli, per favore',
    choose: (title) => `Quale vuoi di ${title}?`,
    add: 'Aggiungi al carrello',
    soldOut: 'esaurito',
    unavailable: {
      paused: 'al momento non è in vendita',
      not_started: 'non è ancora in vendita',
      ended: 'non è più in vendita',
      withdrawn: 'non è più in vendita',
      sold_out: 'esaurito',
    },
    left: (n) => (n === 1 ? 'ne resta solo 1' : `ne restano solo ${n}`),
    changed: {
      title: 'Guarda ancora una volta, per favore',
      text: 'Qualcosa è cambiato da quando hai aperto questa pagina, quindi non è stato ancora pagato nulla. Ora il carrello è così:',
      totals: (before, now) => `Il totale era ${before}; ora è ${now}.`,
      unavailable: 'Non tutto si può comprare così com’è. Modifica o togli ciò che è segnato.',
    },
    refused: {
      over_limit: (n) => `Al massimo ${n} a persona.`,
      sold_out: (n) => (n > 1 ? `Ne restano solo ${n}.` : n === 1 ? 'Ne resta solo 1.' : 'Esaurito.'),
      unavailable: 'Ora non è in vendita.',
    },
    paidTitle: 'Grazie, è tuo',
    paid: (order, merchant) =>
      `L’ordine ${order} è pagato. Ora è nelle mani di ${merchant}, e la ricevuta ti arriva per e-mail.`,
    waitingTitle: 'Stiamo confermando il tuo pagamento',
    waiting:
      'Ci vuole qualche secondo. La pagina si aggiorna da sola; puoi anche chiuderla: la ricevuta arriva per e-mail.',
    refundedTitle: 'Il tuo pagamento è stato rimborsato',
    refunded: (amount) =>
      `Ti abbiamo rimborsato ${amount}, l’intero importo. L’e-mail che ti abbiamo inviato dice perché.`,
    soldBy: (merchant) => `Venduto da ${merchant}`,
    oldLink: {
      title: 'Questo link non apre nessun carrello',
      text: 'Forse è vecchio, oppure ne manca una parte. Possiamo inviartene uno nuovo per e-mail.',
    },
  },

  ways: {
    post: 'il post del prodotto',
    chosenHere: 'L’hai scelto in questa pagina.',
    timeLeft: (hours, minutes) =>
      hours >= 48
        ? `ancora ${Math.floor(hours / 24)} giorni`
        : hours > 0
          ? `ancora ${hours} h${minutes > 0 ? ` ${minutes} min` : ''}`
          : `ancora ${minutes} min`,
    option: {
      label: (title) => `Un’altra opzione per ${title}`,
      button: 'Cambia opzione',
      soldOut: (label) => `${label} (esaurito)`,
      closed: (label) => `${label} (ora non è in vendita)`,
    },
    takenOut: {
      title: 'Tolti dal carrello',
      line: (n, title) => pieces(n, title),
      back: (n) => `Rimetti ${n}`,
      backOf: (n, title) => `Rimetti ${pieces(n, title)}`,
    },
    since: {
      title: (time) => `Che cosa è cambiato dopo la nostra e-mail (${time})`,
      gone: (title) => `${title}: non è più nel carrello.`,
      added: (n, title) => `Nuovo nel carrello: ${pieces(n, title)}.`,
      byReply: (title, was, now) => `${title}: ${now} invece di ${was}, per una tua risposta successiva.`,
      byPage: (title, was, now) => `${title}: ${now} invece di ${was}, per una modifica in questa pagina.`,
      obstacle: (title, what) => `${title}: ${what}.`,
    },
    left: {
      title: 'Ora non si può comprare tutto',
      rest: (total) => `Paga ${total} per ciò che resta`,
      restNote: (lines) => `Cioè: ${list(lines)}. Il resto viene tolto dal carrello.`,
      wait: 'Metti il resto in lista d’attesa',
      waitNote: (lines) =>
        `Aspetti: ${list(lines)}. Passa nel carrello da solo quando è il tuo turno, e non si addebita nulla.`,
      trim: 'Riduci il carrello a ciò che resta',
      trimNote: 'Ciò che non si può comprare viene tolto, e guardi il carrello ancora una volta.',
      nothing: 'Ora non si può comprare nulla di tutto questo.',
    },
    choose: {
      title: (title) => `${title}: lo metti nel carrello?`,
      quantity: (n, each) => `${n} × ${each}`,
      button: 'Metti nel carrello',
      soldOut: 'Questo nel frattempo è esaurito.',
      closed: 'Questo ora non è in vendita.',
      there: 'È già nel tuo carrello.',
      back: 'Vedi il carrello e le altre opzioni',
    },
    only: {
      title: (n, title) => `${n === 2 ? 'Entrambi' : 'Tutti'}, o solo ${title}?`,
      lead: 'Nel carrello hai lo stesso prodotto più di una volta:',
      only: (title) => `Solo ${title}`,
      onlyNote: 'Gli altri vengono tolti; puoi rimetterli.',
      all: (n) => (n === 2 ? 'Tienili entrambi' : 'Tienili tutti'),
    },
    empty: {
      title: (merchant) => `Vuoi svuotare il tuo carrello da ${merchant}?`,
      button: 'Svuota il carrello',
      keep: 'Lascia il carrello com’è',
    },
    mail: {
      also: (added, others) =>
        `Nel carrello hai anche ${list(others)}. Vuoi ${others.length === 1 ? 'entrambi' : 'tutti'}, o solo ${added}?`,
      all: (others) => (others === 1 ? 'Entrambi' : 'Tutti'),
      only: (title) => `Solo ${title}`,
      choose: 'Tocca ciò che vuoi; lo confermi nella pagina:',
      empty: 'Svuota il carrello',
      emptyOf: (merchant) => `Svuota il carrello da ${merchant}`,
      deleting:
        'Cancellare la tua risposta su X non svuota il carrello; questo link sì, dopo la tua conferma:',
      waiting: 'Vedi che cosa aspetti, o smetti di aspettare',
    },
  },

  prices: {
    moved: {
      title: 'Un prezzo diverso da prima',
      mailed: (time) => `Prima: nella nostra e-mail (${time}).`,
      line: (title, was, now, why) => `${title}: prima ${was}, ora ${now}; ${why}.`,
    },
    why: {
      changed: 'il venditore l’ha cambiato da allora, e vale il prezzo del giorno in cui paghi',
      lower: 'vale il più basso dei due prezzi, come promesso',
      promise_over: 'il tempo per cui il prezzo era promesso è finito',
      offer_over: 'l’offerta del post a cui hai risposto è finita',
      anew: 'l’hai cambiato da allora, e vale il prezzo di quel momento',
    },
    promised: (until) => `Questo prezzo è promesso fino a: ${until}.`,
    lower: (price) => `Paghi ${price} o il prezzo del giorno, quello più basso.`,
    lowerUntil: (price, until) =>
      `Paghi ${price} o il prezzo del giorno, quello più basso, fino a: ${until}.`,
    today: (price) => `Agli altri oggi costa ${price}.`,
    offer: 'È l’offerta del post a cui hai risposto.',
    bought: (title, hours) =>
      hours === 0
        ? `L’hai comprato meno di un’ora fa: ${title}.`
        : `L’hai comprato ${hours === 1 ? 'un’ora' : `${hours} ore`} fa: ${title}.`,
    boughtNote: 'Se lo vuoi ancora, vai avanti. Altrimenti toglilo dal carrello.',
  },

  product: {
    add: 'Aggiungi al carrello',
    buy: 'Compra',
    wait: 'Mettiti in lista d’attesa',
    onTheWay:
      'Lungo la strada accedi con X. Non si pubblica nulla, e non si addebita nulla prima che tu paghi su Stripe.',
    quantityNote: 'Tanti ne avrai nel carrello.',
    stock: {
      plenty: 'Disponibile.',
      few: (n) => (n === 1 ? 'Ne resta uno.' : `Ne restano solo ${n}.`),
      waiting: 'Esaurito per ora. Chi si mette in lista d’attesa lo riceve a turno, e lo avvisiamo.',
      soldOut: 'Esaurito.',
    },
    waitFor: (value) => `${value} (lista d’attesa)`,
    soldOut: (value) => `${value} (esaurito)`,
    opens: (time) => `In vendita da: ${time}.`,
    closes: (time) => `In vendita fino a: ${time}.`,
    offered: (price) => `È l’offerta di un solo post: altrove costa ${price}.`,
    promised: (hours) => `Il prezzo al quale lo aggiungi è promesso per ${hours}.`,
    lower: 'Paghi il prezzo al quale lo aggiungi o quello del giorno, il più basso dei due.',
    lowerFor: (hours) =>
      `Per ${hours} paghi il prezzo al quale lo aggiungi o quello del giorno, il più basso dei due.`,
    how: 'Su X',
    comes: {
      digital: 'È un download: il link arriva per e-mail appena è pagato.',
      service: 'Il codice arriva per e-mail appena è pagato: mostralo quando vieni.',
    },
    howText: (tag) => `Rispondi ${tag} a un post che lo offre, e ti aspetta nel carrello:`,
    post: (day) => `Post del ${day}`,
    shipping: (rate) => `Si aggiunge la spedizione: ${rate}, una volta per ordine.`,
    shippingFrom: (rate) => `Si aggiunge la spedizione: da ${rate}, una volta per ordine.`,
    postOffer: (price) => `per chi risponde a questo costa ${price}`,
    offerHere: 'averlo qui a questo prezzo',
    card: (price, tag, merchant) =>
      `${price}. Rispondi ${tag} su X e ti aspetta nel carrello, o compralo qui. Vende ${merchant}.`,
    refused: 'Non è andata',
    optedOut: 'Ci hai chiesto di smettere, quindi non è stato aggiunto nulla. Puoi tornare dalla tua pagina.',
    me: 'La tua pagina',
    thenAdd: (title) => `Dopo, ${title} va nel tuo carrello.`,
    thenBuy: (title) => `Dopo puoi pagare ${title}.`,
    gone: {
      title: 'Non si vende più',
      text: (title) => `${title} non è più in vendita.`,
      more: (merchant) => `Che cosa vende ora ${merchant}`,
    },
    all: 'Prodotti',
    none: 'Al momento non c’è nulla in vendita.',
  },

  lost: {
    title: 'Trova il tuo carrello',
    lead: 'Scrivi l’indirizzo e-mail a cui arrivano i tuoi carrelli, oppure accedi con X.',
    field: 'Indirizzo e-mail',
    button: 'Inviami i link',
    done: 'Se conosciamo questo indirizzo, un’e-mail con i link ai suoi carrelli è in arrivo.',
    signIn: 'Accedi con X',
  },

  me: {
    title: 'I tuoi carrelli',
    signedIn: (handle) => `Hai effettuato l’accesso ${as(handle)}`,
    mail: (email) => `Le e-mail arrivano a ${email}.`,
    noMail: 'Non abbiamo nessun tuo indirizzo e-mail, quindi non ti arrivano e-mail.',
    addMail: 'Dicci un indirizzo',
    none: 'Non hai nulla in nessun carrello. Rispondi al post di un prodotto e ci sarà.',
    open: (merchant) => `Apri il carrello da ${merchant}`,
    signOut: 'Esci',
  },

  account: {
    saved: 'Fatto, ne abbiamo preso nota.',
    busy: 'In questo momento altri stanno scaricando i propri dati. Riprova tra un minuto.',
    optedOut: {
      title: 'Ci hai detto di smettere',
      text: 'Hai scritto su X un hashtag per dirci di smettere: per questo le tue risposte non contano e non arrivano e-mail sui carrelli. Se torni, le risposte che scrivi da ora in poi contano di nuovo. Quelle scritte nel frattempo restano come sono, e i tuoi carrelli sono dove li hai lasciati.',
      button: 'Voglio tornare',
    },
    mailTitle: 'E-mail',
    another: 'Usa un altro indirizzo',
    anotherLead: (handle, email) =>
      `Hai effettuato l’accesso ${as(handle)}, e le tue e-mail arrivano a ${email}. Arriveranno al nuovo indirizzo appena scrivi il codice che inviamo lì.`,
    removeAddress: 'Nessuna e-mail: togliete il mio indirizzo',
    removedNote:
      'Ci hai fatto togliere il tuo indirizzo. Le ricevute arrivano all’indirizzo che dai quando paghi.',
    cartMails: {
      on: 'Ti scriviamo per e-mail che cosa ne è delle tue risposte.',
      off: 'Non ti inviamo e-mail sui tuoi carrelli. Le ricevute di ciò che paghi, invece, sì.',
      start: 'Inviatemi le e-mail sui miei carrelli',
      stop: 'Niente e-mail sui miei carrelli',
    },
    reminders: {
      on: 'Ti ricordiamo ciò che aspetta in un carrello.',
      off: 'Non ti ricordiamo ciò che aspetta in un carrello. Se accetti, lo facciamo per e-mail, ogni tanto, finché non ci dici basta.',
      start: 'Accetto: ricordatemelo',
      stop: 'Niente promemoria',
    },
    language: {
      label: 'Lingua delle nostre e-mail e di questa pagina',
      browser: 'Come dice il mio browser',
      button: 'Salva',
    },
    timezone: {
      label: 'Il tuo fuso orario: per le ore senza promemoria e per gli orari che indichiamo',
      merchants: 'Quello del venditore di ogni carrello',
      button: 'Salva il fuso orario',
    },
    heldTitle: 'Che cosa conserviamo di te',
    held: {
      account: 'Account X',
      accountText: (handle, id) => `${handle ? `@${handle}, ` : ''}numero ${id}`,
      email: 'Indirizzo e-mail',
      none: 'nessuno',
      typed: (email) => `${email}, che aspetta il suo codice`,
      linked: 'Collegato dal',
      locale: 'La lingua del tuo browser all’ultimo accesso',
      consents: 'Hai dato il consenso',
      consent: { linking: 'a collegare il tuo account X', reminders: 'ai promemoria' },
      withdrawn: (time) => `ritirato: ${time}`,
      sessions: 'Browser con l’accesso effettuato',
      replies: (n) => `Le tue risposte (${n})`,
      said: (text) => `«${text}»`,
      gone: 'Il suo testo ormai è cancellato.',
      orders: (n) => `I tuoi ordini (${n})`,
      order: (order, merchant, total) => `Ordine ${order} da ${merchant}: ${total}`,
      sentTo: (address) => `Destinatario: ${address}`,
      receiptTo: (email) => `Ricevuta a ${email}`,
      mails: (n) => `Le e-mail per te (${n})`,
      mail: {
        update: 'Sulle tue risposte',
        code: 'Un codice',
        links: 'Link ai tuoi carrelli',
        receipt: 'Ricevuta',
        refund: 'Un pagamento rimborsato',
        delivery: 'File e codici',
        buying: 'Su un acquisto con una risposta',
        unbought: 'Un acquisto non riuscito',
        reminder: 'Un promemoria',
        shipped: 'Un ordine in viaggio',
        swapped: 'Un ordine che è cambiato',
        payment_failed: 'Un pagamento non riuscito',
      },
      status: {
        sent: 'inviata',
        pending: 'non ancora inviata',
        sending: 'in arrivo',
        skipped: 'non inviata',
        failed: 'non è stato possibile inviarla',
      },
    },
    download: 'Scarica tutto',
    downloadNote:
      'Un file con ogni voce che ti riguarda, fino all’ultima lettera, leggibile dai programmi (JSON).',
    leaveTitle: 'Lasciare il servizio',
    everywhere: 'Esci da tutti i browser',
    unlink: {
      title: 'Scollega il tuo account X',
      link: 'Scollega il mio account X …',
      text: [
        'Cancelliamo il tuo indirizzo e-mail, i tuoi consensi, i tuoi carrelli aperti e ciò che vi è tenuto da parte per te, e chiudiamo l’accesso in tutti i browser. È come se non l’avessi mai collegato.',
        'I tuoi ordini restano, e anche le loro ricevute.',
        'Se rispondi di nuovo al post di un prodotto, teniamo da parte la tua risposta per qualche giorno finché non colleghi l’account, come per chiunque sia nuovo qui.',
      ],
      button: 'Scollega',
      doneTitle: 'Scollegato',
      done: 'Il tuo account X non è più collegato. Per ritirare ciò che hai permesso su X, vai lì in Impostazioni, Sicurezza e accesso all’account, App e sessioni.',
    },
    erase: {
      title: 'Cancella tutto',
      link: 'Cancella tutto …',
      text: (n) => [
        'Cancelliamo tutto ciò che conserviamo di te: indirizzo, consensi, carrelli, il testo delle tue risposte, le e-mail. Nessuno può riportarlo indietro, nemmeno tu.',
        `Gli ordini restano nei registri, come chiede la legge, senza il tuo account X e senza il tuo indirizzo e-mail. Il nome e l’indirizzo a cui va un ordine restano per ${days(n)} dopo l’ordine, perché ti arrivi; poi vengono cancellati anche quelli.`,
        'Le ricevute e i download che non hai salvato non si possono più avere. Il venditore può aver annotato il tuo ordine altrove: chiedi anche lì.',
        'Le risposte che hai scritto finora non conteranno mai più. Se un giorno colleghi il tuo account, ricominci da capo.',
      ],
      sure: 'Sì, cancella tutto',
      button: 'Cancella',
      doneTitle: 'Cancellato',
      done: 'Ti abbiamo dimenticato. Per ritirare ciò che hai permesso su X, vai lì in Impostazioni, Sicurezza e accesso all’account, App e sessioni.',
    },
    keep: 'No, torna indietro',
  },

  merchant: {
    title: (name) => `Chi vende: ${name}`,
    onX: 'Su X',
    address: 'Indirizzo postale',
    support: 'Domande e reclami',
    returns: 'Resi',
    shipping: 'Spedizione',
    shippingText: (rate, free, countries) =>
      `${rate} per ${countries}${free ? `; gratis a partire da ${free}` : ''}.`,
    noShipping: 'Non si spedisce nulla.',
    how: 'Come comprare',
    howText: (tag) =>
      `Rispondi ${tag} a uno dei post di prodotti del venditore su X. Il prodotto ti aspetta nel carrello e paghi quando vuoi.`,
  },

  public: {
    hint: [
      'Grazie! Manca solo un passo: apri il link nel nostro profilo, per favore.',
      'Che bello leggerti. Per continuare segui il link nel nostro profilo, una volta per tutte.',
      'Grazie per la tua risposta! Il link nel nostro profilo ti porta al passo successivo.',
      'Ci siamo quasi: con il link nel nostro profilo ci dici dove scriverti. Serve una volta sola.',
      'Ciao e grazie! Prima vorremmo dirti due parole in privato: trovi il link nel nostro profilo.',
    ],
    link: [
      (url) => `Grazie! Manca solo un passo: ${url}`,
      (url) => `Che bello leggerti. Per continuare segui questo link, una volta per tutte: ${url}`,
      (url) => `Grazie per la tua risposta! Il passo successivo è qui: ${url}`,
      (url) => `Ci siamo quasi: dicci dove possiamo scriverti. Serve una volta sola: ${url}`,
      (url) => `Ciao e grazie! Prima vorremmo dirti due parole in privato: ${url}`,
    ],
    problem: [
      'Grazie! Vorremmo chiederti una cosa: guarda la tua e-mail, per favore.',
      'Abbiamo una domanda su questo e te l’abbiamo inviata per e-mail.',
      'Grazie mille! Non è ancora tutto deciso: la tua e-mail dice che cosa manca.',
      'Abbiamo visto la tua risposta e ci serve ancora una parola da te. Controlla la posta, per favore.',
      'Ciao! Dai un’occhiata alla tua e-mail: c’è qualcosa che ti aspetta.',
    ],
    done: [
      'Grazie! È tutto annotato, e il resto è nella tua e-mail.',
      'Fatto! Guarda la tua e-mail, per favore.',
      'Abbiamo visto la tua risposta e ti abbiamo inviato un’e-mail al riguardo.',
      'Grazie mille! Nella tua e-mail trovi i dettagli.',
      'Preso nota, grazie. Ti abbiamo scritto per e-mail.',
    ],
  },

  merchantSignIn: {
    title: (handle) => `Risposte da @${handle}`,
    signedIn: (handle) => `@${handle} ha effettuato l’accesso: le risposte escono da questo account.`,
    lost: (handle) =>
      `@${handle} deve accedere di nuovo: X non accetta più l’ultimo accesso, e fino ad allora non si pubblica nulla.`,
    lead: 'Chi compra cerca una risposta lì dove ha scritto. Se accedi con X, può darla il tuo stesso account. Secondo il tuo catalogo attuale:',
    says: (first, acknowledge) => [
      {
        hint: 'A chi risponde per la prima volta si dice, al massimo una volta alla settimana, che il passo successivo è il link nel tuo profilo.',
        link: 'A chi risponde per la prima volta si dice, al massimo una volta alla settimana, l’indirizzo del passo successivo. Per ognuna di queste risposte X addebita 0,20 $.',
        none: 'A chi risponde per la prima volta non si dice nulla in pubblico.',
      }[first],
      {
        none: 'Chi ha collegato un account riceve un’e-mail e nessuna risposta in pubblico.',
        problems:
          'Chi ha collegato un account riceve una risposta in pubblico quando serve ancora una sua parola; un’e-mail in ogni caso.',
        all: 'Chi ha collegato un account riceve una risposta in pubblico a ogni ordine; un’e-mail in ogni caso.',
      }[acknowledge],
      'Nessuna risposta nomina un prodotto, un’opzione o un prezzo, e gli ordini di ciò che hai segnato come sensibile non ricevono conferma in pubblico.',
    ],
    button: 'Accedi con X',
    anew: 'Accedi di nuovo',
    which: (handle) => `Accedi come @${handle}: un altro account non è accettato.`,
    grantedTitle: 'Che cosa ci permetti',
    granted: [
      [
        'Vedere post e account',
        'per controllare se una nostra risposta c’è già, prima di inviarla un’altra volta',
      ],
      [
        'Pubblicare per te',
        'per rispondere alle risposte ai tuoi post di prodotti, al massimo una volta a ciascuna',
      ],
      ['Restare collegati', 'perché tu non debba accedere ogni due ore; finché non esci'],
    ],
    never:
      'Non pubblichiamo mai nient’altro, non leggiamo mai i tuoi messaggi, non seguiamo nessuno, non mettiamo «Mi piace» e non cancelliamo nulla. X vuole che gli account che rispondono da soli siano contrassegnati: attivalo nelle impostazioni del tuo account, alla voce Automazione.',
    profile: 'Le risposte parlano del link nel tuo profilo. Mettici questo indirizzo:',
    signOut: 'Esci',
    toSignOut:
      'Per uscire, prima accedi di nuovo, così sappiamo che sei tu. Oppure ritira il permesso su X: Impostazioni, Sicurezza e accesso all’account, App e sessioni.',
    refusedTitle: 'Accesso non riuscito',
    declined: 'Non ci hai permesso di pubblicare per te, quindi non è stato conservato nulla.',
    failed: 'X non ha confermato chi sei. Succede quando la pagina è rimasta aperta troppo a lungo.',
    otherAccount: (came, wanted) =>
      `Hai effettuato l’accesso come @${came}, ma il catalogo nomina @${wanted}. Non è stato conservato nulla. Passa a @${wanted} su X e riprova; se quello giusto è @${came}, metti il suo numero nel catalogo.`,
    tooLittle:
      'X ci ha dato meno di quanto chiesto, quindi non è stato conservato nulla. Riprova, per favore.',
    again: 'Riprova',
  },

  privacy: {
    title: 'Privacy',
    text: (days) => [
      {
        heading: 'Che cosa fa questo servizio',
        paragraphs: [
          'Replycart mette prodotti in un carrello quando rispondi con un hashtag al post di un venditore su X e ti invia per e-mail un link con cui puoi pagare più tardi. Per farlo deve sapere che una risposta è tua e dove scriverti.',
        ],
      },
      {
        heading: 'Che cosa conserviamo e per quanto tempo',
        paragraphs: [
          'Il numero e il nome utente del tuo account X, il tuo indirizzo e-mail e i momenti in cui hai dato il consenso: finché non ci chiedi di dimenticarti.',
          `Il testo delle risposte ai post di prodotti con i nostri hashtag: ${days.text} giorni. Ciò che vi abbiamo letto (prodotto, numero) e ciò che ne è stato: finché esiste il carrello o l’ordine a cui appartiene.`,
          `Se non hai collegato il tuo account: solo il numero del tuo account e quello della tua risposta, per ${days.held} giorni, perché possa diventare un carrello se lo colleghi.`,
          'I tuoi ordini, con il nome e l’indirizzo che hai dato a Stripe per essi: per il tempo in cui la legge chiede al venditore di conservare i documenti.',
          'Se tieni una carta: il numero lo tiene Stripe. Noi teniamo il circuito, le ultime quattro cifre e la scadenza, dove vanno le tue spedizioni, e ciò che hai accettato che le risposte comprino, con limiti e data: finché non lo togli o ci chiedi di dimenticarti.',
          `I link nelle nostre e-mail aprono il tuo carrello per ${days.link} giorni. Chi ha il link vede il carrello e nient’altro di te.`,
        ],
      },
      {
        heading: 'Chi riceve che cosa',
        paragraphs: [
          'Il venditore riceve i tuoi ordini: che cosa, quanto e dove. Stripe si occupa del pagamento; noi non vediamo mai la tua carta. X ci dice il tuo nome utente e, se lo permetti, il tuo indirizzo e-mail. Nessun altro riceve nulla. L’account del venditore può rispondere in pubblico alla tua risposta su X; quella risposta non dice mai che cosa hai chiesto.',
        ],
      },
      {
        heading: 'I tuoi diritti',
        paragraphs: [
          'Puoi vedere quali dati abbiamo, correggerli, portarli con te o farli cancellare: accedi con X su /me. Oppure scrivi all’indirizzo di assistenza del venditore, che si trova in ogni e-mail, o rispondi a una qualsiasi delle nostre e-mail.',
          'Ogni e-mail sui tuoi carrelli ha un link che mette fine a queste e-mail. I promemoria arrivano solo se hai dato il consenso, nella pagina di un carrello, e finiscono allo stesso modo.',
          'Puoi ritirare il consenso anche su X: Impostazioni, Sicurezza e accesso all’account, App e sessioni.',
        ],
      },
    ],
  },

  terms: {
    title: 'Condizioni',
    text: [
      {
        heading: 'Chi vende',
        paragraphs: [
          'Ogni prodotto è venduto dal venditore nominato nel carrello, nell’e-mail e nella ricevuta. Il tuo contratto è con il venditore. Replycart trasporta il carrello e il pagamento.',
        ],
      },
      {
        heading: 'Le risposte non obbligano nessuno',
        paragraphs: [
          'Una risposta con un hashtag mette un prodotto in un carrello. Non è un ordine e non costa nulla. Ordini pagando sulla pagina di Stripe; prima vedi ogni riga, la spedizione e il totale.',
          'I prezzi e le scorte sono quelli del momento in cui apri la pagina di pagamento; se era promesso un altro prezzo, vale quello finché dura la promessa. Se qualcosa è cambiato da quando hai visto il carrello, prima ti mostriamo la differenza.',
        ],
      },
      {
        heading: 'Se qualcosa va storto',
        paragraphs: [
          'Se un carrello viene pagato due volte, o se un’altra persona ha pagato prima l’ultimo pezzo, il pagamento torna indietro per intero e da solo, e un’e-mail te lo dice.',
          'Per domande, resi e reclami scrivi al venditore; l’indirizzo è nella pagina del venditore.',
        ],
      },
    ],
  },

  mailControl: {
    lookButton: 'Vai al carrello',
    subjectBlocked: (title, merchant) => `Nel tuo carrello, ma ora non disponibile: ${title} (${merchant})`,
    footer: { unsubscribe: 'Annulla l’iscrizione', noReminders: 'Niente più promemoria' },
    reminder: {
      subject: (title, merchant) =>
        `Ancora nel tuo carrello${title === null ? '' : `: ${title}`} (${merchant})`,
      subjectHold: (title, merchant) =>
        `Tenuto da parte per te ancora per poco${title === null ? '' : `: ${title}`} (${merchant})`,
      text: (merchant) =>
        `Ci hai chiesto di ricordartelo. Ecco che cosa ti aspetta nel carrello da ${merchant}:`,
      textHold: (merchant, until) =>
        `Ci hai chiesto di ricordartelo. Ecco che cosa teniamo da parte per te da ${merchant}; passa ad altri se non è pagato entro questo momento: ${until}.`,
      kept: (until) => `Ciò che scarseggia è tenuto da parte per te fino a: ${until}.`,
      most: 'Ti ricordiamo un carrello al massimo tre volte, e mai dopo che è stato pagato.',
    },
    unsubscribe: {
      title: 'E-mail sui tuoi carrelli',
      ask: 'Non vuoi più riceverne?',
      ends: 'Finiscono: le e-mail su che cosa ne è delle tue risposte e su che cosa c’è nei tuoi carrelli, e i promemoria. Le tue risposte continuano a riempire i tuoi carrelli.',
      stays:
        'Arrivano ancora: le ricevute e ogni altra e-mail su ciò che hai pagato, e i codici e i link che chiedi tu.',
      button: 'Annulla l’iscrizione',
      return: 'Puoi tornare in qualsiasi momento: in questa stessa pagina o nella',
      me: 'tua pagina personale',
      doneTitle: 'Iscrizione annullata',
      done: 'Non ricevi più e-mail sui tuoi carrelli, né promemoria.',
      returnButton: 'Inviatemi di nuovo le e-mail sui miei carrelli',
      stoppedTitle: 'Ci hai chiesto di smettere',
      stopped:
        'Ci hai scritto di lasciarti in pace. Da allora le tue risposte non mettono nulla nel carrello, e ricevi e-mail solo su ciò che hai pagato.',
      stoppedReturn:
        'Se torni, da quel momento le tue risposte contano di nuovo, e ti scriviamo per e-mail che cosa ne è stato.',
      stoppedButton: 'Voglio tornare',
      remindersTitle: 'Promemoria',
      remindersAsk:
        'Non vuoi più promemoria di ciò che aspetta nei tuoi carrelli? Le altre e-mail sui tuoi carrelli arrivano ancora.',
      remindersButton: 'Niente più promemoria',
      remindersOff:
        'Non ricevi promemoria. Se li vuoi di nuovo: nella pagina di ogni carrello c’è un pulsante per averli.',
    },
    cart: {
      unsubscribed: 'Non ricevi e-mail su questo carrello, perché hai annullato l’iscrizione.',
      stopped: 'Non ricevi e-mail su questo carrello, perché ci hai chiesto di smettere.',
      change: 'Cambia questa scelta',
      title: 'Vuoi che te lo ricordiamo?',
      agree: (quiet) =>
        `Se accetti, ti inviamo per e-mail promemoria di ciò che aspetta nei tuoi carrelli, da ogni venditore: un’ora e un giorno dopo l’ultima modifica, e mezz’ora prima che qualcosa smetta di essere tenuto da parte per te. Al massimo tre per ogni carrello${
          quiet
            ? `, e nessuno fra le ${quiet.from}:00 e le ${quiet.to}:00 secondo ${quiet.own ? 'la tua ora' : 'l’ora del venditore'}`
            : ''
        }. Puoi farli smettere in qualsiasi momento, con il link in ogni promemoria o qui.`,
      remind: 'Accetto, ricordatemelo',
      on: 'Ti ricordiamo ciò che aspetta nei tuoi carrelli.',
      refused: (email) =>
        `Non riusciamo a raggiungere ${email}: il suo server di posta non accetta e-mail per questo indirizzo. Finché non ce ne dai un altro, non possiamo scriverti di questo carrello, e una ricevuta potrebbe non arrivarti.`,
      another: 'Dai un altro indirizzo',
    },
    refusedLead: (handle, email) =>
      `Hai effettuato l’accesso ${as(handle)}. Non riusciamo a raggiungere ${email}: il suo server di posta non accetta e-mail per questo indirizzo. Scrivi un altro indirizzo, per favore, oppure lo stesso se funziona di nuovo.`,
  },
  after: {
    order: {
      title: (order) => `Ordine ${order}`,
      stateTitle: 'A che punto è',
      state: {
        paid: 'Pagato. Non è ancora in viaggio.',
        delivered: 'Pagato e consegnato.',
        settled: 'Pagato. Non c’è niente da spedire.',
        shipped: 'È in viaggio.',
        cancelled: 'Annullato. Il pagamento ti viene restituito.',
        refunding: 'Ti stiamo restituendo tutto il pagamento.',
        refunded: 'Ti è stato restituito tutto il pagamento.',
      },
      ordered: 'Fatto',
      sent: 'Spedito',
      parcel: 'Il pacco',
      to: 'Va a',
      given: 'Restituito',
      givenText: (amount, time) => `${amount}, ${time}`,
      piecesGiven: (pieces) => `rimborsati: ${pieces}`,
      changes: 'Modifiche',
      changed: (n, from, to) => `${n} × ${to} al posto di ${from}`,
      questions: (email) => `Domande sull’ordine? Scrivi a ${email}.`,
      see: 'Vedi l’ordine',
      oldLink: {
        title: 'Questo link non apre nessun ordine',
        text: 'Forse è vecchio, o ne manca una parte. Se accedi con X, trovi i tuoi ordini nella tua pagina.',
        button: 'Alla mia pagina',
      },
    },
    swap: {
      title: 'Preferisci un’altra opzione?',
      text: 'Finché l’ordine non è in viaggio puoi cambiare, allo stesso prezzo. Per questo non si paga e non si restituisce niente.',
      label: (title) => `Al posto di ${title}`,
      soldOut: (title) => `${title}: esaurito`,
      button: 'Cambia',
      buttonOf: (title) => `Cambia ${title}`,
      done: 'Cambiato. Il venditore lo sa già.',
      refused: {
        sold_out: 'Non ne restano abbastanza pezzi, quindi non è cambiato niente.',
        over_limit: 'Il venditore non ne vende così tanti a una persona, quindi non è cambiato niente.',
        no_option: 'Non si può più avere, quindi non è cambiato niente.',
        shipped: 'L’ordine è già in viaggio, quindi non è cambiato niente.',
        cancelled: 'L’ordine è annullato, quindi non è cambiato niente.',
        given_back: 'Il pagamento ti viene restituito, quindi non è cambiato niente.',
        unknown: 'Questo ordine non esiste.',
      },
    },
    cancel: {
      link: 'Annulla questo ordine …',
      until: (time, unless) =>
        `Puoi annullare l’ordine fino al ${time}${unless.length > 0 ? `, finché ${list(unless)}` : ''}.`,
      unless: { sent: 'non è in viaggio', used: 'nulla di esso è stato scaricato o usato' },
      title: (order) => `Annullare l’ordine ${order}?`,
      text: (amount) =>
        `Tutto l’ordine viene annullato, e ${amount} tornano da dove sono venuti. Le banche impiegano da 5 a 10 giorni per mostrarlo.`,
      button: 'Sì, annulla l’ordine',
      keep: 'No, lo tengo',
      done: 'L’ordine è annullato. Una mail ti avvisa quando il denaro è sulla via del ritorno.',
      refused: {
        cancelled: 'L’ordine è già annullato.',
        given_back: 'Il pagamento è già stato restituito.',
        shipped: 'L’ordine è già in viaggio. Se non lo vuoi, scrivi al venditore.',
        disputed: 'La tua banca sta esaminando questo pagamento, quindi qui l’ordine non si può annullare.',
        used: 'Una parte è già stata consegnata, quindi qui l’ordine non si può annullare. Scrivi al venditore.',
        never: 'Gli ordini di questo venditore non si annullano qui. Scrivi al venditore.',
        too_late: 'Il tempo per annullare è finito. Scrivi al venditore.',
        unknown: 'Questo ordine non esiste.',
      },
    },
    processing: {
      title: 'La tua banca ci sta ancora lavorando',
      text: 'Il modo in cui hai pagato richiede qualche giorno. Ciò che scarseggia resta intanto da parte per te. Quando il denaro arriva, ricevi la ricevuta per mail; se la banca rifiuta, ti scriviamo lo stesso, e il carrello è di nuovo aperto.',
      cart: 'Vedi il carrello',
      again: (amount) =>
        `Un pagamento di ${amount} per questo carrello è in corso. Se paghi ancora e arrivano tutti e due, uno ti viene restituito.`,
    },
    mail: {
      cancel: 'Annulla questo ordine',
      cancelled: {
        subject: (order) => `L’ordine ${order} è annullato: non spedirlo`,
        subjectDigital: (order) => `L’ordine ${order} è annullato`,
        byShopper: 'Il cliente ha annullato questo ordine, e il pagamento viene restituito.',
        byStaff: 'Abbiamo annullato questo ordine, e il pagamento viene restituito.',
        physical: 'Non spedirlo.',
        digital: 'I suoi download sono terminati.',
        service: 'I suoi codici non ancora usati non valgono più: non accettarli.',
        stock: 'I suoi pezzi sono di nuovo nelle tue scorte.',
      },
      swapped: {
        subject: (order, merchant) => `L’ordine ${order} è cambiato (${merchant})`,
        text: 'Questo è cambiato nel tuo ordine. Per questo non si paga e non si restituisce niente:',
      },
      orderSwapped: {
        subject: (order) => `L’ordine ${order} è cambiato: spedisci un’altra opzione, per favore`,
        byShopper: 'Il cliente preferisce un’altra opzione, allo stesso prezzo. Per favore, spedisci:',
        byStaff: 'Abbiamo cambiato l’ordine con un’altra opzione, allo stesso prezzo. Per favore, spedisci:',
        item: (n, to, from) => `${n} × ${to}, non ${from}`,
      },
      failed: {
        subject: (merchant) => `La tua banca ha rifiutato il pagamento (${merchant})`,
        text: 'La tua banca non ha pagato il tuo carrello, quindi non è stato addebitato né ordinato niente. È di nuovo tutto nel tuo carrello, e puoi pagare in un altro modo:',
      },
      dispute: {
        subject: {
          warning: (amount) => `Un pagamento di ${amount} potrebbe essere una frode`,
          inquiry: (amount) => `Una banca chiede di un pagamento di ${amount}`,
          open: (amount) => `Un pagamento di ${amount} è contestato`,
          won: (amount) => `La contestazione di ${amount} è vinta`,
          lost: (amount) => `La contestazione di ${amount} è persa`,
          over: (amount) => `La contestazione di ${amount} è finita`,
        },
        text: {
          warning:
            'Il circuito della carta prende questo pagamento per una frode. Non si è ancora mosso denaro. Restituirlo prima di spedire qualcosa evita quasi tutte le contestazioni, e il loro costo.',
          inquiry:
            'La banca del cliente chiede a che cosa serviva questo pagamento. Non si è ancora mosso denaro, e una buona risposta in tempo può evitare una contestazione.',
          open: 'La banca del cliente si è ripresa il denaro finché non decide. Chi ha prove, come quella della consegna, le presenta a Stripe. Non restituire il denaro in più: tornerebbe indietro due volte.',
          won: 'La banca ha deciso contro il cliente, e il denaro è tornato.',
          lost: 'La banca ha dato ragione al cliente, e il denaro è perso.',
          over: 'È finita, e non si è mosso denaro.',
        },
        order: (order) => `Ordine ${order}`,
        noOrder: 'Da questo pagamento non è nato nessun ordine.',
        payment: (id) => `Pagamento ${id} presso Stripe`,
        reason: (reason) => `Motivo: ${reason}`,
        until: (time) => `Risposta entro il ${time}`,
      },
    },
    ship: {
      title: (merchant) => `Ordini da spedire: ${merchant}`,
      link: 'Vedi gli ordini da spedire',
      none: 'Non c’è niente da spedire.',
      carrier: 'Corriere',
      tracking: 'Il numero del pacco, o l’indirizzo che lo segue',
      button: 'È in viaggio',
      buttonOf: (order) => `L’ordine ${order} è in viaggio`,
      done: (order) => `L’ordine ${order} è in viaggio, e il cliente riceve un avviso.`,
      refused: (order) =>
        `Non spedire l’ordine ${order}: è appena stato annullato o restituito, o era già spedito.`,
      note: 'I più vecchi vengono per primi, 100 al massimo. Per un’ora dopo l’accesso questo browser può vederli.',
    },
  },
  /** Where it is sent to, the tax, and merchants' own accounts at Stripe. */
  connect: {
    tax: 'Imposte',
    taxIncluded: 'Imposte, comprese',
    taxLater: 'Le imposte si aggiungono: si calcolano mentre paghi, secondo dove ti trovi.',
    ours: (part: string, rest: string) => `Tratteniamo ${part}; ${rest} vanno sul tuo conto Stripe.`,
    pricesWithTax: 'I prezzi comprendono le imposte.',
    shippingTo: (country: string) => `Spedizione (${country})`,
    shipTo: 'Spedire in',
    shipToButton: 'Cambia paese',
    notReady: (merchant: string) =>
      `${merchant} al momento non può ricevere pagamenti. Il tuo carrello resta com’è: puoi pagare più tardi, con lo stesso link.`,
    tooMuch: (most: string) =>
      `È più di quanto si può pagare in una volta: al massimo ${most}. Togli qualcosa e pagalo a parte.`,
    account: {
      title: (merchant: string) => `Il conto su cui viene pagato ${merchant}`,
      lead: 'Lo tiene Stripe. Ti chiede chi sei e qual è il tuo conto bancario, e ti versa ciò che vendi; noi non ne vediamo nulla.',
      fee: (percent: string) =>
        `Tratteniamo il ${percent} del prezzo di ciò che vendi, senza spedizione e imposte. A ogni rimborso viene restituito.`,
      ready: 'Il conto è pronto. Ciò che vendi viene pagato lì.',
      noPayouts:
        'Stripe riceve già pagamenti per te, ma non li versa ancora alla tua banca: vuole sapere ancora qualcosa.',
      unfinished:
        'Stripe vuole sapere ancora qualcosa. Fino ad allora nessuno può pagarti; nel frattempo i carrelli restano.',
      checking:
        'Hai risposto a tutto. Stripe lo sta controllando; finché non ha finito nessuno può pagarti. Nel frattempo i carrelli restano.',
      gone: 'Il conto è chiuso, o ci è stato tolto l’accesso: nessuno può pagarti. Scrivici per averne un altro.',
      button: 'Continua su Stripe',
      change: 'Cambia qualcosa su Stripe',
      oldTitle: 'Questo link non vale più',
      old: 'Scrivici per averne uno nuovo.',
    },
    stopped: {
      subject: 'Al momento nessuno può pagarti: Stripe ha sospeso i pagamenti',
      text: 'Stripe ha smesso di ricevere pagamenti sul tuo conto. Finché non ricomincia non si vende nulla a tuo nome: le risposte riempiono i carrelli, e i clienti leggono che potranno pagare più tardi, con lo stesso link.',
      button: 'Vedi che cosa vuole sapere Stripe',
      until: (date: string) =>
        `Il pulsante porta alla pagina del tuo conto, fino al ${date}. Chi ha questa mail può rispondere al posto tuo: non inoltrarla.`,
    },
  },

  buyNow: {
    doubt: {
      over_order:
        'Costa più di quanto può costare un ordine fatto con una risposta: quel limite l’hai messo tu.',
      over_day: 'Con questo, le tue risposte comprerebbero in un giorno per più di quanto permetti.',
      late: 'La tua risposta ci è arrivata tardi. Chiediamo se lo vuoi ancora.',
      sensitive: 'È qualcosa che non compriamo senza chiedere.',
      first_here: 'È la prima cosa che compri da questo venditore con una risposta, perciò chiediamo.',
      again: 'L’hai comprato o chiesto pochi minuti fa. Per sapere se lo vuoi un’altra volta, chiediamo.',
      unsure:
        'La tua risposta non sta proprio sotto il post del prodotto, perciò chiediamo se intendi questo.',
    },
    mail: {
      subjectBuying: (merchant) => `Acquisto in corso da ${merchant}: annullalo se non va bene`,
      subjectConfirm: (merchant) => `Conferma il tuo acquisto da ${merchant}`,
      subjectUnbought: (merchant) => `Non ancora comprato: il tuo ordine da ${merchant}`,
      buying: (card, seconds) =>
        `Hai chiesto di comprarlo subito. ${seconds} secondi dopo questa e-mail addebitiamo la tua ${card}, a meno che tu non annulli.`,
      nothingYet: 'Non si addebita nulla se non confermi.',
      shipTo: (address) => `Va a: ${address}`,
      undo: 'Annulla',
      undoNote:
        'Oppure rispondi con l’hashtag che lo toglie. Ciò che annulli resta nel carrello, e non si addebita nulla.',
      confirm: 'Guarda e conferma',
      otherwise: 'Se non fai nulla, aspetta nel carrello.',
      reply: 'La risposta che l’ha chiesto',
      stop: 'Hai accettato che le tue risposte possano comprare qui. Puoi finire in qualsiasi momento:',
      stopLink: 'Le tue carte e i tuoi limiti',
      unbought: {
        authentication: 'La tua banca vuole chiederti prima di pagare, perciò non è stato addebitato nulla.',
        declined: 'Il pagamento con la tua carta non ha funzionato, perciò non è stato addebitato nulla.',
        unavailable:
          'Ciò che hai chiesto non si è potuto comprare come annunciato, perciò non è stato addebitato nulla.',
      },
      inCart: 'Aspetta nel carrello.',
      finish: {
        authentication: 'Completa il pagamento',
        declined: 'Paga in un altro modo',
        unavailable: 'Vedi il carrello',
      },
      invite: (merchant) =>
        `Hai chiesto di comprare subito. Per questo ${merchant} e noi abbiamo bisogno una volta del tuo permesso: carta, indirizzo e limiti. Poi basta una risposta così.`,
      inviteLink: 'Prepara tutto',
    },
    page: {
      title: {
        waiting: (merchant) => `Acquisto in corso da ${merchant}`,
        confirming: (merchant) => `Comprarlo da ${merchant}?`,
        charging: (merchant) => `Pagamento da ${merchant}`,
        bought: (merchant) => `Comprato da ${merchant}`,
        declined: (merchant) => `Non comprato da ${merchant}`,
        undone: (merchant) => `Annullato da ${merchant}`,
        lapsed: (merchant) => `Non comprato da ${merchant}`,
      },
      until: (time, zone) => `Puoi annullare fino alle ${time} (${zone}).`,
      soon: 'L’e-mail che te lo dice è in arrivo. Puoi annullare già ora.',
      after: {
        charging: 'La tua carta viene addebitata. Ci vuole un momento.',
        bought: 'È tuo. La ricevuta arriva per e-mail.',
        declined: 'Il pagamento non ha funzionato e non è stato addebitato nulla. Aspetta nel carrello.',
        undone: 'Non si addebita nulla. Ciò che non hai tolto aspetta nel carrello.',
        lapsed: 'Non si è più potuto comprare, e non è stato addebitato nulla.',
      },
      total: (money) => `Con la spedizione: ${money}`,
      confirm: (money) => `Compra ora e paga ${money}`,
      signIn: 'Accedi con X per confermare',
      undo: 'Annulla',
      doNotBuy: 'Non comprarlo',
      undoNote: 'Resta nel carrello.',
      toCart: 'Al carrello',
    },
    cart: {
      pay: (money, card) => `Compra ora e paga ${money} con ${card}`,
      sendTo: (address) => `Va a ${address}.`,
      change: 'Un altro indirizzo',
      noAddress: 'Per pagare con la carta che tieni qui, dicci dove va.',
      addAddress: 'Aggiungi un indirizzo',
      another: 'Paga in un altro modo',
      signIn: 'Accedi con X per pagare con una carta che tieni qui, o per tenerne una',
      declined:
        'Il pagamento con questa carta non ha funzionato e non è stato addebitato nulla. Prova con un’altra, o paga in un altro modo.',
      buyingTitle: 'Le tue risposte stanno per comprare',
      toUndo: 'guarda o annulla',
      toConfirm: 'conferma',
    },
    address: {
      title: 'Dove va',
      lead: 'Ciò che paghi con una carta che tieni qui va a questo indirizzo.',
      name: 'Nome e cognome',
      line1: 'Via e numero',
      line2: 'Interno, piano',
      postalCode: 'CAP',
      city: 'Città',
      state: 'Provincia o regione',
      country: 'Paese',
      optional: '(facoltativo)',
      invalid: 'Compila nome, via, città e paese, per favore.',
      button: 'Salva l’indirizzo',
      remove: 'Cancella l’indirizzo',
    },
    list: {
      title: 'Comprare con una risposta',
      lead: 'Da questi venditori una risposta può comprare subito, se lo accetti:',
      none: 'Per ora nessun venditore lo offre qui.',
    },
    enrol: {
      title: (tag, merchant) => `Comprare con ${tag} da ${merchant}`,
      lead: (tag, merchant, seconds) =>
        `Rispondi ${tag} a un post di prodotto di ${merchant} ed è comprato: con la carta, all’indirizzo e fino ai limiti che metti qui. Prima te lo dice un’e-mail, e per ${seconds} secondi puoi annullare.`,
      holds: (perOrder, perDay) => `L’hai accettato: fino a ${perOrder} per ordine e ${perDay} al giorno.`,
      noCard:
        'Prima salva una carta: in una pagina di Stripe, dove non si addebita nulla. Non ne vediamo mai il numero.',
      waiting: 'La tua carta è in arrivo. Questa pagina si ricarica da sola.',
      keepCard: 'Salva una carta',
      anotherCard: 'Salva un’altra carta',
      keepCardNote: 'Stripe tiene la carta per noi. Puoi toglierla in qualsiasi momento nella tua pagina.',
      card: 'Carta',
      cardUntil: (card, month, year) => `${card}, valida fino a ${String(month).padStart(2, '0')}/${year}`,
      limits: 'Limiti',
      perOrder: (currency) => `Al massimo per un ordine, con la spedizione (${currency})`,
      perDay: (currency) => `Al massimo in 24 ore (${currency})`,
      limitsNote: 'Oltre, non si compra nulla prima della tua conferma.',
      consentTitle: 'Che cosa accetti',
      consent: (tag, merchant, seconds) => [
        `Possiamo addebitare sulla carta che scegli ciò che ordini da ${merchant} con risposte con ${tag}, senza chiederti ogni volta.`,
        `Quando: ogni volta che scrivi una risposta così, ${seconds} secondi dopo l’e-mail che lo annuncia. Mai senza una tua risposta.`,
        'Quanto: il prezzo che il prodotto ha per te quando rispondi, per la quantità, con spedizione e imposte; al massimo ciò che permetti qui per un ordine e in 24 ore.',
        'Come smettere: annulla un acquisto con il link nella sua e-mail, o con una risposta che lo toglie. Finisci questo permesso in qualsiasi momento qui o nella tua pagina; anche togliere la carta lo finisce. Finisce da sé dopo un anno.',
        'Una volta pagato, valgono le regole di reso del venditore.',
      ],
      returns: (merchant) => `Resi da ${merchant}`,
      agree:
        'Accetto che gli acquisti delle mie risposte siano addebitati su questa carta, come descritto qui.',
      button: 'Accetto',
      change: 'Accetto le modifiche',
      stop: (merchant) => `Finisci da ${merchant}`,
      invalid: {
        limits:
          'Indica entrambi i limiti come importi; quello di un giorno non può essere minore di quello di un ordine.',
        form: 'Scegli una carta e spunta che accetti, per favore.',
      },
    },
    me: {
      title: 'Carte e indirizzo di spedizione',
      noCards: 'Non tieni nessuna carta qui. Quando paghi, puoi farla salvare.',
      remove: 'Togli la carta',
      removeOf: (card) => `Togli la carta ${card}`,
      sendTo: (address) => `Le spedizioni vanno a ${address}.`,
      noAddress: 'Non conosciamo nessun tuo indirizzo.',
      changeAddress: 'Cambia l’indirizzo',
      grantsTitle: 'Dove le tue risposte possono comprare',
      noGrants: 'Da nessuna parte.',
      grant: (merchant, perOrder, perDay, until) =>
        `${merchant}: fino a ${perOrder} per ordine e ${perDay} al giorno, fino al ${until}`,
      enrol: 'Permetti che una risposta compri',
    },
  },
  delivery: {
    mail: {
      subject: (order, merchant) => `Ecco quello che hai comprato: ordine ${order} (${merchant})`,
      text: (merchant) => `Questo fa parte del tuo ordine da ${merchant}:`,
      again: (merchant) =>
        `Ancora una volta, questo fa parte del tuo ordine da ${merchant}. I link per scaricare che ti abbiamo mandato prima non funzionano più.`,
      download: (title) => `Scarica: ${title}`,
      until: (n, date) =>
        n === 1
          ? `Puoi scaricarlo una volta, fino al ${date}.`
          : `Puoi scaricarlo ${n} volte, fino al ${date}.`,
      codes: (merchant) =>
        `Mostra un codice alle persone di ${merchant}, o leggiglielo: ognuno vale per un pezzo, una volta sola. Chi lo ha può usarlo, quindi tienilo per te.`,
      used: 'Il suo codice è stato usato.',
      follows: 'I file da scaricare e i codici arrivano in una mail a parte.',
      service:
        'Chi ha comprato ha ricevuto un codice per ogni servizio. Cercalo quando te lo mostrano e segnalo come usato: un codice vale una volta sola.',
      donation: 'Donazioni: per queste non c’è nulla da spedire.',
    },
    page: {
      from: (merchant, order) => `Da ${merchant}, ordine ${order}`,
      left: (n, date) =>
        n === 1
          ? `Puoi scaricarlo ancora una volta, fino al ${date}.`
          : `Puoi scaricarlo ancora ${n} volte, fino al ${date}.`,
      button: 'Scarica',
      note: 'Se la connessione cade, riprendi entro qualche ora o premi di nuovo entro dieci minuti: conta una volta sola.',
      usesTitle: 'Già scaricato',
      ended: {
        refunded: 'Ti è stato rimborsato, quindi non si può più scaricare.',
        expired: 'Il tempo per scaricarlo è finito.',
        used_up: 'È stato scaricato tutte le volte possibili.',
      },
      missing:
        'Il file non è dove dovrebbe essere. La colpa è nostra, non è stato contato, e ce ne stiamo occupando.',
      ask: (email) => `Se ti serve ancora, scrivi a ${email}.`,
      oldLink: {
        title: 'Questo link non scarica nulla',
        text: 'Forse ne manca una parte. Aprilo di nuovo dalla mail che lo ha portato.',
      },
    },
    order: {
      downloads: 'I tuoi file da scaricare',
      left: (n) => (n === 1 ? 'ancora una volta' : `ancora ${n} volte`),
      ended: { refunded: 'rimborsato', expired: 'scaduto', used_up: 'esaurito' },
      uses: (times) => `scaricato: ${list(times)}`,
      codes: 'I tuoi codici',
      codesNote: 'Sono nella mail che segue la ricevuta.',
      open: 'non ancora usato',
      used: (time) => `usato: ${time}`,
      void: 'annullato: è stato rimborsato',
    },
    held: {
      downloaded: (title) => `Hai scaricato: ${title}`,
      used: (title) => `Codice usato: ${title}`,
    },
  },

  donation,
};
