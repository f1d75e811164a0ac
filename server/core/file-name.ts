const longest = 200

/** Signs that turn text around, or hide in it, so that `exe.txt` may read `txt.exe`. */
const tricks = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200B\uFEFF]/gu

/** A file's name as it may be shown and saved anywhere: no path, nothing unseen, not too long. */
export function cleanName(given: string) {
  const name = given.toWellFormed().normalize('NFC').replaceAll(tricks, '').split(/[/\\]/).at(-1) ?? ''
  const trimmed = name.trim().replace(/[. ]+$/, '')
  const plain = /^\.*$/.test(trimmed) ? 'file' : trimmed
  return plain.length <= longest ? plain : shortened(plain)
}

function shortened(name: string) {
  const ending = /\.[^.]{1,20}$/.exec(name)?.[0] ?? ''
  const stem = name.slice(0, longest - ending.length)
  // Cut between letters, not within one.
  return stem.replace(/[\ud800-\udbff]$/, '') + ending
}

/** How a browser is told what to do with a file and what to call it (RFC 6266). */
export function dispositionOf(name: string, how: 'inline' | 'attachment') {
  const ascii = name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\%]/g, '_')
  const whole = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${how}; filename="${ascii}"; filename*=UTF-8''${whole}`
}
