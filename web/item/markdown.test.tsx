import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { hostileTexts } from '#shared/item/hostile.fixture.ts'
import { Markdown } from '#web/item/Markdown.tsx'

const drawn = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

test('What people write is drawn with its lists, quotes, code and emphasis', () => {
  expect(drawn('It **fails**:\n\n- at `08:12`\n- again\n\n> as before')).toBe(
    '<div class="written"><p>It <strong>fails</strong>:</p><ul><li>at <code>08:12</code></li><li>again</li></ul>' +
      '<blockquote><p>as before</p></blockquote></div>',
  )
})

test('Only addresses of the web become links, so that nothing written can run', () => {
  expect(drawn('[see](https://example.com/a)')).toContain('<a href="https://example.com/a"')
  expect(drawn('[see](javascript:alert(1)) <img src=x onerror=alert(1)>')).not.toMatch(/<a |<img/)
})

test('A code block that is never closed ends with the text', () => {
  expect(drawn('```\nselect 1\nfrom dual')).toBe('<div class="written"><pre>select 1\nfrom dual</pre></div>')
})

test('A hundred thousand odd characters do not hold the page up', () => {
  const began = performance.now()
  drawn('*[`'.repeat(16_000))
  drawn('[a](https://'.repeat(4000))
  drawn(`${'**a '.repeat(200)}\n`.repeat(60))
  expect(performance.now() - began).toBeLessThan(20_000)
})

const plainTag = /<\/?(?:p|ul|ol|li|blockquote|pre|code|strong|em)>|<br\/>|<div class="written">|<\/div>/g
const linkTag = /<a href="https?:\/\/[^"<>]+" target="_blank" rel="noopener noreferrer nofollow">|<\/a>/g

test('Of over a thousand texts that try to be more, each is drawn with nothing but plain marks', () => {
  expect(hostileTexts.length).toBeGreaterThan(1000)
  const more = hostileTexts.flatMap((text) => {
    const left = drawn(text).replaceAll(plainTag, '').replaceAll(linkTag, '')
    return /[<>]/.test(left) ? [{ text, left }] : []
  })
  expect(more).toEqual([])
})
