import { serve } from '#server/core/http.ts'
import type { Module } from '#server/core/module.ts'
import * as files from '#shared/item/attachments.ts'
import * as conversation from '#shared/item/conversation.ts'
import * as custom from '#shared/item/custom.ts'
import * as begun from '#shared/item/drafts.ts'
import { listHistory as history } from '#shared/item/history.ts'
import * as common from '#shared/item/item.ts'
import * as linked from '#shared/item/links.ts'
import * as present from '#shared/item/presence.ts'
import * as steps from '#shared/item/tasks.ts'
import * as watching from '#shared/item/watchers.ts'
import { keepAttached, listAttachments, removeAttachment, scanAttachment } from './attachments.ts'
import { addComment, addNote, listComments, listNotes } from './conversation.ts'
import { addCustomField, changeCustomField, listCustomFields } from './custom.ts'
import { keepNoteDraft, keepReplyDraft, listDrafts, readDrafts, sweepDrafts } from './drafts.ts'
import { listHistory } from './history.ts'
import { live } from './live.ts'
import { addLink, listLinks, removeLink } from './links.ts'
import { search as searchEndpoint } from '#shared/item/search.ts'
import { makePartitions } from './partitions.ts'
import { listPresent, look, lookAway, sweepPresence } from './presence.ts'
import { sealHistory } from './seal.ts'
import { index, indexItem, indexNotes, search } from './search.ts'
import { changeTags, setConfidential, setCustom, setTags } from './tags.ts'
import { addTask, changeTask, listTasks, removeTask } from './tasks.ts'
import { readAttachment, uploadAttachment } from './upload.ts'
import { learnWords } from './words.ts'
import { listWatchers, unwatch, watch } from './watchers.ts'

const changeField = serve(custom.changeCustomField, changeCustomField)

export const item: Module = {
  served: [
    serve(conversation.listComments, listComments),
    serve(conversation.addComment, addComment),
    serve(conversation.listNotes, listNotes),
    serve(conversation.addNote, addNote),
    serve(begun.listDrafts, listDrafts),
    serve(begun.readDrafts, readDrafts),
    serve(begun.keepReplyDraft, keepReplyDraft),
    serve(begun.keepNoteDraft, keepNoteDraft),
    serve(present.listPresent, listPresent),
    serve(present.look, look),
    serve(present.lookAway, lookAway),
    serve(history, listHistory),
    serve(common.setTags, setTags),
    serve(common.changeTags, changeTags),
    serve(common.setConfidential, setConfidential),
    serve(common.setCustom, setCustom),
    serve(custom.listCustomFields, listCustomFields),
    serve(custom.addCustomField, addCustomField),
    changeField,
    serve(steps.listTasks, listTasks),
    serve(steps.addTask, addTask),
    serve(steps.changeTask, changeTask),
    serve(steps.removeTask, removeTask),
    serve(linked.listLinks, listLinks),
    serve(linked.addLink, addLink),
    serve(linked.removeLink, removeLink),
    serve(watching.listWatchers, listWatchers),
    serve(watching.watch, watch),
    serve(watching.unwatch, unwatch),
    serve(files.listAttachments, listAttachments),
    serve(files.removeAttachment, removeAttachment),
    serve(searchEndpoint, search),
  ],
  reactions: [indexItem, indexNotes],
  derived: [index],
  keepFiles: [keepAttached],
  routes: [uploadAttachment, readAttachment, live],
  jobs: [scanAttachment, makePartitions, sealHistory, learnWords, sweepDrafts, sweepPresence],
  settings: [{ table: 'custom_field', change: changeField }],
}
