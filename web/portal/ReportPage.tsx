import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { FileText, X } from 'lucide-react'
import { useState } from 'react'
import type { Output } from '#shared/core/endpoint.ts'
import { openIncident } from '#shared/incident.ts'
import { listServices } from '#shared/service.ts'
import { query } from '#web/core/api.ts'
import { focusOnArrival, FormEnd, useForm } from '#web/core/form.tsx'
import { useMe } from '#web/core/me.ts'
import { useCustomFields } from '#web/item/dictionary.ts'
import { CustomInputs } from '#web/portal/CustomInputs.tsx'
import { PickFiles, Uploads } from '#web/portal/Files.tsx'
import { sizeInWords, useUploads } from '#web/portal/files.ts'
import { impacts, urgencies } from '#web/portal/words.ts'
import styles from './portal.module.css'

type Reported = Output<typeof openIncident>

/** Something is wrong: what, how bad, and whatever else the desk needs to know; one column, nothing twice. */
export function ReportPage() {
  const { uploads, send } = useUploads()
  const [files, setFiles] = useState<readonly File[]>([])
  const [reported, setReported] = useState<Reported>()
  const done = (record: Reported) => {
    setReported(record)
    window.scrollTo(0, 0)
    void send(record.id, files)
  }
  if (reported) {
    return (
      <Success record={reported}>
        <Uploads uploads={uploads} />
        {uploads.every(({ share, wrong }) => share === 1 || wrong !== undefined) && (
          <PickFiles label="Add files" onPick={(more) => void send(reported.id, more)} />
        )}
      </Success>
    )
  }
  return (
    <>
      <div className={styles.pageHead}>
        <h1>Report something</h1>
      </div>
      <ReportForm done={done} files={files} setFiles={setFiles} />
    </>
  )
}

interface ReportFormProps {
  done: (record: Reported) => void
  files: readonly File[]
  setFiles: (files: readonly File[]) => void
}

function ReportForm({ done, files, setFiles }: ReportFormProps) {
  const { title = '' } = useSearch({ from: '/portal/frame/portal/report' })
  const me = useMe()
  const custom = useCustomFields('incident').filter(({ shownToRequesters }) => shownToRequesters)
  const { data: services = [] } = useQuery(query(listServices, {}))
  const form = useForm({
    start: { ...blank, title },
    endpoint: openIncident,
    input: (values) => inputOf(values, me.audience === 'staff'),
    done,
  })
  const { values, set, errors, text } = form
  return (
    <form {...form.bind} className={styles.form} aria-label="Report something">
      <TextInput
        ref={title === '' ? focusOnArrival : undefined}
        label="What is wrong, in a few words"
        withAsterisk
        {...text('title')}
      />
      <Textarea
        ref={title === '' ? undefined : focusOnArrival}
        label="What happened?"
        description="When it began, what you were doing, and what the screen says"
        autosize
        minRows={4}
        maxRows={14}
        {...text('description')}
      />
      <HowBad values={values} set={set} />
      <Select
        label="What is it about?"
        description="Leave it out if you are not sure"
        placeholder="Not sure"
        searchable
        clearable
        data={services.filter(({ retired }) => !retired).map(({ id, name }) => ({ value: id, label: name }))}
        value={values.serviceId}
        error={errors['serviceId']}
        onChange={(serviceId) => set({ serviceId })}
      />
      <CustomInputs
        fields={custom}
        values={values.custom}
        errors={errors}
        set={(name, value) => set({ custom: { ...values.custom, [name]: value } })}
      />
      <TextInput
        label="How do we best reach you?"
        description="A phone number or a place, if e-mail will not do"
        {...text('callback')}
      />
      <Chosen files={files} setFiles={setFiles} />
      <FormEnd form={form} label="Report" />
    </form>
  )
}

const blank = {
  title: '',
  description: '',
  impact: '3',
  urgency: '2',
  serviceId: null as string | null,
  callback: '',
  custom: {} as Readonly<Record<string, unknown>>,
}

function inputOf({ impact, urgency, callback, custom, ...rest }: typeof blank, staff: boolean) {
  const given = Object.entries(custom).filter(([, value]) => value !== undefined && value !== '')
  return {
    ...rest,
    impact: Number(impact),
    urgency: Number(urgency),
    custom: Object.fromEntries(given),
    ...(callback.trim() !== '' && { callback }),
    ...(staff && { source: 'portal' as const }),
  }
}

/** Impact and urgency, without the words. */
function HowBad({ values, set }: { values: typeof blank; set: (some: Partial<typeof blank>) => void }) {
  return (
    <>
      <Cards
        label="Whom does it hit?"
        name="impact"
        choices={impacts}
        value={values.impact}
        set={(impact) => set({ impact })}
      />
      <Cards
        label="How badly?"
        name="urgency"
        choices={urgencies}
        value={values.urgency}
        set={(urgency) => set({ urgency })}
      />
    </>
  )
}

interface CardsProps {
  label: string
  name: string
  choices: readonly { value: string; label: string }[]
  value: string
  set: (value: string) => void
}

function Cards({ label, name, choices, value, set }: CardsProps) {
  return (
    <fieldset className={styles.cards}>
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.card}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={value === choice.value}
            onChange={() => set(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  )
}

function Chosen({ files, setFiles }: { files: readonly File[]; setFiles: (files: readonly File[]) => void }) {
  const names = new Set(files.map(({ name }) => name))
  return (
    <div>
      {files.length > 0 && (
        <ul className={styles.files} aria-label="Files to send">
          {files.map((file) => (
            <li key={file.name}>
              <FileText size={16} aria-hidden="true" />
              <span>{file.name}</span>
              <small>{sizeInWords(file.size)}</small>
              <button
                type="button"
                aria-label={`Leave out ${file.name}`}
                onClick={() => setFiles(files.filter((one) => one !== file))}
              >
                <X size={16} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <PickFiles
        label="Add screenshots or files"
        onPick={(more) => setFiles([...files, ...more.filter(({ name }) => !names.has(name))])}
      />
    </div>
  )
}

function Success({ record, children }: { record: Reported; children: React.ReactNode }) {
  return (
    <section className={styles.success} aria-labelledby="done">
      <h1 id="done" ref={focusOnArrival} tabIndex={-1}>
        We have it
      </h1>
      <p>
        Your request is <strong className="mono">{record.number}</strong>, “{record.title}”. You can follow it under My
        requests, and write to us there.
      </p>
      {children}
      <div className={styles.successLinks}>
        <Button component={Link} to={`/portal/requests/${record.number}`}>
          See {record.number}
        </Button>
        <Button component={Link} to="/portal" variant="default">
          Back home
        </Button>
      </div>
    </section>
  )
}
