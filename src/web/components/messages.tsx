import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'

export type Message = {
  type: 'sent' | 'received'
  sender: ComponentChildren
  text: ComponentChildren
  /** For machines (ISO 8601); `date` and `time` are what the reader sees. */
  timestamp: string
  date: string
  time: string
  id?: string
}

type MessagesProps = {
  items: Message[]
  label?: string
  atText?: string
  id?: string
  classes?: string
  attributes?: Attributes
}

export const Messages = ({ items, label, atText = 'at', id = 'messages', classes, attributes }: MessagesProps) => (
  <div id={id} class={classNames('moj-messages-container', classes)} aria-label={label} {...attributes}>
    <div class="moj-message-list">
      {items.map((item, index) => (
        <>
          {items[index - 1]?.date !== item.date && (
            <time class="moj-message-list__date" datetime={item.timestamp.slice(0, 10)}>
              {item.date}
            </time>
          )}
          <MessageItem {...item} atText={atText} />
        </>
      ))}
    </div>
  </div>
)

const MessageItem = ({ id, type, text, sender, timestamp, time, atText }: Message & { atText: string }) => (
  <div id={id && `message_${id}`} class={`moj-message-item moj-message-item--${type}`}>
    <div class={`moj-message-item__text moj-message-item__text--${type}`}>{text}</div>
    <div class="moj-message-item__meta">
      <span class="moj-message-item__meta--sender">{sender}</span> {atText}{' '}
      <time class="moj-message-item__meta--timestamp" datetime={timestamp}>
        {time}
      </time>
    </div>
  </div>
)
