import type { Random } from './random.ts';

/** What people say around a tag: nothing that counts, denies or asks. */
const CHATTER: Array<{ lang: string; sentences: string[] }> = [
  {
    lang: 'en',
    sentences: [
      'been waiting for this drop since spring',
      'my sister is going to love it',
      'take my money & thank you',
      'this is going straight to the kitchen shelf',
      'finally, something handmade that will last',
      'the glaze on these is unreal',
    ],
  },
  {
    lang: 'de',
    sentences: [
      'so schön geworden, großes Kompliment',
      'endlich wieder da',
      'das wird ein Geschenk für Mama',
      'passt perfekt in unsere Küche',
    ],
  },
  {
    lang: 'es',
    sentences: [
      'qué maravilla, gracias',
      'lo quiero para mi casa',
      'esperando desde el otoño',
      'precioso como siempre',
    ],
  },
  {
    lang: 'fr',
    sentences: [
      'enfin de retour, merci',
      'ce sera pour la maison',
      'superbe travail, bravo',
      "j'adore cette couleur",
    ],
  },
  {
    lang: 'ja',
    sentences: [
      'ずっと待っていました',
      'とても素敵ですね',
      '友達へのプレゼントにします',
      '届くのが楽しみです',
    ],
  },
  {
    lang: 'ko',
    sentences: ['드디어 나왔네요', '정말 예뻐요 감사합니다', '선물하려고요', '기다리고 있었어요'],
  },
  { lang: 'ar', sentences: ['رائع جدا شكرا لكم', 'كنت أنتظر هذا منذ زمن', 'هدية جميلة لأمي'] },
  { lang: 'tr', sentences: ['çok güzel olmuş, elinize sağlık', 'sonunda geldi', 'annem bayılacak buna'] },
  {
    lang: 'pt',
    sentences: ['que lindo, obrigado', 'vai ficar perfeito na cozinha', 'esperei tanto por isto'],
  },
  { lang: 'zh', sentences: ['终于等到了', '太好看了谢谢', '送给妈妈的礼物'] },
];

const SIGNS = ['🙏', '😍', '🛒', '✨', '🔥', '❤️', '👏', '🫶🏽', '👩‍🎨'];

/** Some words in one language. */
export function chatter(random: Random): { lang: string; before: string; after: string } {
  const { lang, sentences } = random.pick(CHATTER);
  const some = (): string =>
    Array.from({ length: random.below(3) }, () => random.pick(sentences))
      .concat(random.happens(0.5) ? [random.pick(SIGNS)] : [])
      .join(' ');
  return { lang, before: some(), after: some() };
}
