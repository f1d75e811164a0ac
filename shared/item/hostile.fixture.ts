/** What would run if anything of it were taken for more than text: it sets `window.ran`, or calls another server. */
const scripts = [
  '<script>ran=1</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<img src=x onerror=ran=1>',
  '<img src=//evil.example/pixel.png>',
  '<svg onload=ran=1>',
  '<svg><script>ran=1</script></svg>',
  '<svg><a xlink:href="javascript:ran=1"><text>x</text></a></svg>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=ran=1>',
  '<iframe src="javascript:ran=1"></iframe>',
  '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
  '<object data="data:text/html,<script>parent.ran=1</script>"></object>',
  '<embed src="javascript:ran=1">',
  '<a href="javascript:ran=1">x</a>',
  '<a href="jAvAsCrIpT&colon;ran=1">x</a>',
  '<body onload=ran=1>',
  '<details open ontoggle=ran=1>',
  '<input autofocus onfocus=ran=1>',
  '<video><source onerror=ran=1></video>',
  '<style>@import "//evil.example/x.css"</style>',
  '<link rel=stylesheet href=//evil.example/x.css>',
  '<meta http-equiv=refresh content="0;url=//evil.example">',
  '<base href=//evil.example/>',
  '<form action=//evil.example><button>x</button></form>',
  '<template><img src=x onerror=ran=1></template>',
  '<noscript><p title="</noscript><img src=x onerror=ran=1>">',
  '"><img src=x onerror=ran=1>',
  "'><img src=x onerror=ran=1>",
  '" autofocus onfocus=ran=1 x="',
  '</textarea><script>ran=1</script>',
  '</title><script>ran=1</script>',
  '--><script>ran=1</script>',
  ']]><script>ran=1</script>',
  '&lt;script&gt;ran=1&lt;/script&gt;',
  '&#60;img src=x onerror=ran=1&#62;',
  'javascript:ran=1',
  'data:text/html,<script>ran=1</script>',
  '{{constructor.constructor("ran=1")()}}',
  '${ran=1}',
  '#{ran=1}',
  '<%= ran=1 %>',
] as const

/** The places in written text where such a thing may stand. */
const places: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `**${text}**`,
  (text) => `*${text}*`,
  (text) => `\`${text}\``,
  (text) => `\`\`\`${text}`,
  (text) => `\`\`\`\n${text}\n\`\`\``,
  (text) => `- ${text}`,
  (text) => `1. ${text}`,
  (text) => `> ${text}`,
  (text) => `> > - **${text}**`,
  (text) => `# ${text}`,
  (text) => `[${text}](https://example.org)`,
  (text) => `[x](${text})`,
  (text) => `[x](javascript:${text})`,
  (text) => `[x](https://example.org/${text})`,
  (text) => `[x](https://example.org "${text}")`,
  (text) => `![x](${text})`,
  (text) => `<${text}>`,
  (text) => `https://example.org/${text}`,
  (text) => `https://example.org/?a="${text}`,
  (text) => `[x]: ${text}\n\n[x]`,
  (text) => `| ${text} |\n|---|`,
  (text) => `[a]([b](${text}))`,
  (text) => `*[${text}](https://example.org)*`,
  (text) => `\u202E${text}\u200B`,
  (text) => text.replaceAll(/./gsu, '$&\u200C'),
]

/** Short enough for a title or a name. */
export const hostileLines: readonly string[] = scripts

/** Over a thousand texts, none of which may do anything anywhere. */
export const hostileTexts: readonly string[] = places.flatMap((place) => scripts.map(place))

export interface HostileFile {
  readonly name: string
  /** What its sender says that it is. */
  readonly says: string
  readonly content: Uint8Array<ArrayBuffer>
  /** What it is kept and handed out as. */
  readonly kept: { readonly name: string; readonly type: string; readonly shown?: true }
}

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const script = '<script>parent.ran=1;ran=1</script>'
const unknown = 'application/octet-stream'

/** A GIF that is a script as well: whoever believes its first bytes shows a broken picture, and never runs it. */
const gifAndScript = 'GIF89a/*\x01\x00\x01\x00*/=1;ran=1;'
/** An empty ZIP whose directory says that a file of four gigabytes is in it. */
const zipBomb =
  'PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x00\x00\xff\xff\xff\xff\x10\x00\x00\x00\xff\xff\xff\xff\x01\x00\x00\x00a'

/** Files that would be taken for something else by their name, their sender's word, or their first bytes. */
export const hostileFiles: readonly HostileFile[] = [
  { name: 'page.html', says: 'text/html', content: bytes(script), kept: { name: 'page.html', type: unknown } },
  { name: 'page.xhtml', says: 'image/png', content: bytes(script), kept: { name: 'page.xhtml', type: unknown } },
  {
    name: 'logo.svg',
    says: 'image/svg+xml',
    content: bytes(`<svg xmlns="http://www.w3.org/2000/svg" onload="ran=1">${script}</svg>`),
    kept: { name: 'logo.svg', type: unknown },
  },
  {
    name: 'feed.xml',
    says: 'text/xml',
    content: bytes(`<?xml version="1.0"?>${script}`),
    kept: { name: 'feed.xml', type: unknown },
  },
  {
    name: 'photo.png.html',
    says: 'image/png',
    content: bytes(script),
    kept: { name: 'photo.png.html', type: unknown },
  },
  {
    name: 'photo.html.png',
    says: 'text/html',
    content: bytes(script),
    kept: { name: 'photo.html.png', type: unknown },
  },
  {
    name: 'invoice.pdf.exe',
    says: 'application/pdf',
    content: bytes('MZ\x90\x00\x03'),
    kept: { name: 'invoice.pdf.exe', type: unknown },
  },
  {
    name: 'notes.txt',
    says: 'text/html',
    content: bytes(script),
    kept: { name: 'notes.txt', type: 'text/plain' },
  },
  {
    name: 'run.js',
    says: 'text/javascript',
    content: bytes('parent.ran=1;ran=1'),
    kept: { name: 'run.js', type: unknown },
  },
  {
    name: 'app.webmanifest',
    says: 'application/manifest+json',
    content: bytes('{}'),
    kept: { name: 'app.webmanifest', type: unknown },
  },
  {
    name: 'dot.gif',
    says: 'text/javascript',
    content: bytes(gifAndScript),
    kept: { name: 'dot.gif', type: 'image/gif', shown: true },
  },
  {
    name: 'dot.html',
    says: 'text/html',
    content: bytes(`GIF89a${script}`),
    kept: { name: 'dot.html', type: 'image/gif', shown: true },
  },
  {
    name: 'report.pdf',
    says: 'application/pdf',
    content: bytes('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj'),
    kept: { name: 'report.pdf', type: 'application/pdf' },
  },
  {
    name: 'bomb.zip',
    says: 'application/zip',
    content: bytes(zipBomb),
    kept: { name: 'bomb.zip', type: 'application/zip' },
  },
  {
    name: 'slip.jar',
    says: 'application/zip',
    content: bytes(`${zipBomb}../../../etc/cron.d/x`),
    kept: { name: 'slip.jar', type: 'application/zip' },
  },
  { name: '../../etc/passwd', says: 'text/plain', content: bytes('x'), kept: { name: 'passwd', type: unknown } },
  {
    name: '..\\..\\windows\\win.ini',
    says: 'text/plain',
    content: bytes('x'),
    kept: { name: 'win.ini', type: unknown },
  },
  { name: '/etc/shadow', says: 'text/plain', content: bytes('x'), kept: { name: 'shadow', type: unknown } },
  { name: '....', says: 'text/plain', content: bytes('x'), kept: { name: 'file', type: unknown } },
  {
    name: '.htaccess',
    says: 'text/plain',
    content: bytes('AddType text/html .png'),
    kept: { name: '.htaccess', type: unknown },
  },
  {
    name: 'photo\u202Egnp.exe',
    says: 'image/png',
    content: bytes('MZ'),
    kept: { name: 'photognp.exe', type: unknown },
  },
  {
    name: 'pho\u200Bto\uFEFF.txt',
    says: 'image/png',
    content: bytes('x'),
    kept: { name: 'photo.txt', type: 'text/plain' },
  },
  {
    name: 'cafe\u0301.txt',
    says: 'text/plain',
    content: bytes('x'),
    kept: { name: 'caf\u00E9.txt', type: 'text/plain' },
  },
  {
    name: '<img src=x onerror=ran=1>.txt',
    says: 'text/plain',
    content: bytes('x'),
    kept: { name: '<img src=x onerror=ran=1>.txt', type: 'text/plain' },
  },
  {
    name: 'name"; filename="x.html',
    says: 'text/plain',
    content: bytes('x'),
    kept: { name: 'name%22; filename=%22x.html', type: unknown },
  },
]
