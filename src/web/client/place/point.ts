/** A point on the ground as the form holds it, with words for it where a map has them. */
export type Point = { latitude: string; longitude: string; near?: string }

/** The point is set by the phone, by the map or by the button that removes it; whoever shows it hears of it here. */
export const tellPoint = (place: HTMLElement, point: Point | null): void => {
  place.dispatchEvent(new CustomEvent<Point | null>('point', { detail: point }))
}

export const hearPoint = (place: HTMLElement, heard: (point: Point | null) => void): void =>
  place.addEventListener('point', (event) => heard((event as CustomEvent<Point | null>).detail))
