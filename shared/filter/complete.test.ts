import { expect, test } from 'vitest'
import { complete } from './complete.ts'
import { attempt, fields, predicates } from './desk.fixture.ts'
import { FilterError } from './error.ts'
import { parse } from './parse.ts'

/** The text with the cursor at `|`, after each of the first suggestions was taken. */
function taken(marked: string) {
  const cursor = marked.indexOf('|')
  const text = marked.replace('|', '')
  const { from, to, suggestions } = complete(text, cursor, fields, predicates)
  return suggestions.map((suggestion) => text.slice(0, from) + suggestion.text + text.slice(to))
}

test.for([
  ['pri|', ['priority:']],
  ['PRI|', ['priority:']],
  ['cost|', ['custom.cost_centre:']],
  ['state:new cre|', ['state:new created:']],
  ['cre| state:new', ['created: state:new']],
  ['st|at', ['state:', 'requester:', 'custom.cost_centre:']],
  ['(is|', ['(is:open', '(is:waiting', '(is:done', '(is:unassigned', '(is:forgotten']],
  ['is:un|', ['is:unassigned']],
  ['service.ti|', ['service.tier:']],
  ['requester.manager.vi|', ['requester.manager.vip:']],
  ['state:|', ['state:new', 'state:assigned', 'state:on_hold', 'state:closed']],
  ['state:a|', ['state:assigned']],
  ['state: a|', ['state: assigned']],
  ['state:new,cl|', ['state:new,closed']],
  ['state:"cl|', ['state:closed']],
  ['-state!=n| vpn', ['-state!=new vpn']],
  ['confidential:|', ['confidential:true', 'confidential:false']],
  ['team:|', ['team:my-team', 'team:none', 'team:any']],
  ['assignee:m|', ['assignee:me']],
  ['due<t|', ['due<today']],
  ['created:yes|', ['created:yesterday']],
  ['nosuch:|', []],
  ['"state:|', []],
  ['"state"|', []],
] as const)('at %s it suggests %j', ([marked, expected]) => {
  const found = taken(marked)
  expect(found.slice(0, Math.max(1, expected.length))).toEqual(expected)
})

test('after the whole name of a field come its operators, and what lies behind it', () => {
  expect(taken('priority|').slice(0, 7)).toEqual([
    'priority:',
    'priority=',
    'priority!=',
    'priority<',
    'priority<=',
    'priority>',
    'priority>=',
  ])
  expect(taken('service|').slice(0, 5)).toEqual(['service:', 'service=', 'service!=', 'service~', 'service.'])
})

test('with nothing typed it suggests every field', () => {
  expect(taken('|').slice(0, 2)).toEqual(['title:', 'note:'])
  expect(taken('state:new |')).toHaveLength(Object.keys(fields).length + Object.keys(predicates).length)
})

test('it tells whose value is being typed, so that names can be looked up', () => {
  expect(complete('team:"net', 9, fields)).toMatchObject({ field: 'team', typed: 'net', from: 5, to: 9 })
  expect(complete('service.owner:Sam x', 17, fields)).toMatchObject({
    field: 'service.owner',
    typed: 'Sam',
    from: 14,
    to: 17,
  })
})

test('whatever value it suggests is understood', () => {
  const words = Object.entries(fields).map(([name, { word = name }]) => `${word}:|`)
  const refused = words.flatMap(taken).filter((text) => {
    const moment = /:(now|-?\d+[hd])$/.test(text)
    return !moment && attempt(() => parse(text, fields, predicates)) instanceof FilterError
  })
  expect(refused).toEqual([])
})
