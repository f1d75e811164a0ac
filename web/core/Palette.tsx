import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Check, Search } from 'lucide-react'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Dispatch, KeyboardEvent, MouseEvent, SetStateAction } from 'react'
import { leave } from '#web/core/hold.ts'
import { Keys } from '#web/core/Keys.tsx'
import { closePalette, narrow, palette, type Choice, type PalettePage } from '#web/core/palette.ts'
import { useSignal } from '#web/core/signal.ts'
import { typedAhead } from '#web/core/typeAhead.ts'
import styles from './palette.module.css'
import { t } from '#web/core/words.ts'

/** The palette: go, act, find, create, and every question that a verb asks. */
export function Palette() {
  const page = useSignal(palette)
  const back = useRef<Element | null>(null)
  const open = page !== null
  useEffect(() => {
    if (open) back.current ??= document.activeElement
  }, [open])
  const restore = () => {
    const element = back.current
    back.current = null
    if (element instanceof HTMLElement && element.isConnected) element.focus({ preventScroll: true })
  }
  const close = () => {
    closePalette()
    restore()
  }
  return (
    <Modal
      opened={open}
      onClose={close}
      yOffset="12vh"
      size={600}
      padding={0}
      centered={false}
      withCloseButton={false}
      returnFocus={false}
      attributes={{ content: { 'aria-label': page?.title ?? t('Palette') } }}
      classNames={{ content: styles.content ?? '', body: styles.body ?? '' }}
    >
      {page && <Page key={page.id} page={page} close={close} />}
    </Modal>
  )
}

function Page({ page, close }: { page: PalettePage; close: () => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const { choices, looking } = useChoices(page, text)
  const input = useFocusAtOnce(setText)
  const chosen = choices[Math.min(at, choices.length - 1)]

  const choose = (choice: Choice | undefined) => {
    if (!choice) return
    if (page.stays === true) {
      setText('')
      choice.run()
      return
    }
    close()
    const arrive = leave()
    requestAnimationFrame(() => {
      choice.run()
      arrive()
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.ctrlKey ? `ctrl ${event.key}` : event.key]
    if (step !== undefined) setAt(Math.max(0, Math.min(choices.length - 1, at + step)))
    else if (event.key === 'Enter') choose(chosen)
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className={styles.question}>
        <Search size={16} aria-hidden="true" />
        <input
          ref={input}
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-choices"
          aria-activedescendant={chosen && `choice-${chosen.id}`}
          aria-label={page.title}
          placeholder={page.placeholder}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <span className={styles.title}>{page.title}</span>
      </div>
      <Choices choices={choices} chosen={chosen} choose={choose} />
      <output className={styles.foot}>{looking ? t('Looking…') : choices.length === 0 && t('Nothing fits')}</output>
    </>
  )
}

/** The field has the focus as soon as it is there, and what was typed before is in it. */
function useFocusAtOnce(write: Dispatch<SetStateAction<string>>) {
  const input = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    const take = () => {
      const ahead = typedAhead.get()
      if (ahead === '') return
      typedAhead.set('')
      write((text) => text + ahead)
    }
    input.current?.focus({ preventScroll: true })
    take()
    return typedAhead.watch(take)
  }, [write])
  return input
}

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  'ctrl n': 1,
  'ctrl p': -1,
}

function useChoices(page: PalettePage, text: string) {
  const [settled] = useDebouncedValue(text.trim(), 150)
  const { lookUp } = page
  const { data: found, isFetching } = useQuery({
    queryKey: ['palette', page.id, settled],
    queryFn: () => lookUp?.(settled) ?? [],
    enabled: lookUp !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 5000,
  })
  const looking = lookUp !== undefined && (isFetching || settled !== text.trim())
  // What was found for other words stays only as far as it fits these: a quick Enter must not take what nobody meant.
  const known = useMemo(() => (looking ? narrow(found ?? [], text) : (found ?? [])), [looking, found, text])
  const choices = useMemo(() => [...(page.choices?.(text) ?? []), ...known], [page, text, known])
  return { choices, looking }
}

interface ChoicesProps {
  choices: readonly Choice[]
  chosen: Choice | undefined
  choose: (choice: Choice) => void
}

function Choices({ choices, chosen, choose }: ChoicesProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })
  const onClick = ({ target }: MouseEvent) => {
    const id = target instanceof Element && target.closest('[role=option]')?.id.slice('choice-'.length)
    const choice = choices.find((one) => one.id === id)
    if (choice) choose(choice)
  }
  return (
    <div
      ref={list}
      id="palette-choices"
      {...listBox}
      {...{ onClick }}
      aria-label={t('Choices')}
      className={styles.choices}
    >
      {choices.map((choice, index) => {
        const begins = choice.section !== undefined && choice.section !== choices[index - 1]?.section
        return (
          <div key={choice.id} {...nothing}>
            {begins && (
              <div className={styles.section} aria-hidden="true">
                {choice.section}
              </div>
            )}
            <div id={`choice-${choice.id}`} {...option} aria-selected={choice === chosen} className={styles.choice}>
              {choice.icon !== undefined && <span className={styles.icon}>{choice.icon}</span>}
              <span className={styles.label}>{choice.label}</span>
              {choice.hint !== undefined && <span className={styles.hint}>{choice.hint}</span>}
              {choice.ticked === true && <Check size={16} aria-label={t('chosen')} />}
              <Keys keys={choice.keys} />
            </div>
          </div>
        )
      })}
    </div>
  )
}

// A list box that is steered from the field above it, as the combobox pattern of ARIA wants it.
const listBox = { role: 'listbox' } as const
const option = { role: 'option', tabIndex: -1 } as const
const nothing = { role: 'presentation' } as const
