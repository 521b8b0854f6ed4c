import { classNames } from '../../web/index.ts'

/** A list of short sentences, each with the sign that says what kind of list it is. */
export const Lines = ({
  of,
  kind = 'do',
  numbered = false,
}: {
  of: readonly string[]
  kind?: 'do' | 'say' | 'never'
  numbered?: boolean
}) => {
  const List = numbered ? 'ol' : 'ul'
  return (
    <List class={classNames('trellis-lines', `trellis-lines--${kind}`)}>
      {of.map((line) => (
        <li>{kind === 'say' ? <q>{line}</q> : line}</li>
      ))}
    </List>
  )
}
