/**
 * Text as it is compared: lower case, without marks, apostrophes or punctuation, in Latin letters. What cannot be
 * written in Latin letters by table (Chinese, say) stays as it is and still compares with itself.
 */

/** Names longer than this are noise or an attack: nothing after it is looked at. */
const longest = 200

// Letters that Unicode does not take apart into a letter and a mark, and the scripts most often met in English files,
// written as British records usually write them (passport style, without hooks and rings).
const letters = new Map(
  Object.entries({
    ...{ ß: 'ss', ł: 'l', đ: 'd', ø: 'o', æ: 'ae', œ: 'oe', ð: 'd', þ: 'th', ı: 'i', ħ: 'h' },
    ...{ а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'i', і: 'i', к: 'k' },
    ...{ л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch' },
    ...{ ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
    ...{ α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n' },
    ...{ ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
    ...{ ا: 'a', ب: 'b', ت: 't', ث: 'th', ج: 'j', ح: 'h', خ: 'kh', د: 'd', ذ: 'dh', ر: 'r', ز: 'z', س: 's' },
    ...{ ش: 'sh', ص: 's', ض: 'd', ط: 't', ظ: 'z', ع: 'a', غ: 'gh', ف: 'f', ق: 'q', ك: 'k', ل: 'l', م: 'm' },
    ...{ ن: 'n', ه: 'h', و: 'w', ي: 'y', ى: 'a', ة: 'a', پ: 'p', چ: 'ch', گ: 'g', ژ: 'zh' },
  }),
)

/** One spelling for what is written in many: `Ó Néill-Żak` is `o neill zak`, `O'Neill` is `oneill`. */
export const fold = (raw: string): string => {
  const text = raw.length > longest ? raw.slice(0, longest) : raw
  if (/^[a-z0-9]*$/.test(text)) return text
  return [...text.normalize('NFKD').toLowerCase().normalize('NFKD')]
    .map((letter) => letters.get(letter) ?? letter)
    .join('')
    .replace(/[\p{M}'’‘ʼ`´]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .slice(0, longest)
    .trim()
}

/** What people and systems write where they know nothing. Compared as values, these would agree with each other. */
const nothings = new Set(
  'unknown|not known|nk|n k|na|n a|none|null|nil|nan|undefined|not given|not stated|not recorded|anonymous|test'.split(
    '|',
  ),
)

/** Whether a folded text says nothing. */
export const saysNothing = (folded: string): boolean => folded === '' || nothings.has(folded)
