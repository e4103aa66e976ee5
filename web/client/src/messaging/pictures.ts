// Pictures that somebody picked, pasted or dropped: checked here, so that a limit speaks at once.
import type { Picture } from './outbox'

/** The server's own list and limit; it decides by content, this only spares the wait. */
const TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/bmp']
const LARGEST_BYTES = 10 * 1024 * 1024

export const PICTURE_TYPES = TYPES.join(',')

export type Refusal = 'notPicture' | 'tooLarge'

export function refusalOf(file: Pick<File, 'type' | 'size'>): Refusal | undefined {
  if (!TYPES.includes(file.type)) return 'notPicture'
  return file.size > LARGEST_BYTES ? 'tooLarge' : undefined
}

/** Reads the size, so that the bubble has its shape before the picture is loaded again. */
export async function readPicture(file: File): Promise<Picture | Refusal> {
  const refusal = refusalOf(file)
  if (refusal) return refusal
  const preview = URL.createObjectURL(file)
  const image = new Image()
  image.src = preview
  try {
    await image.decode()
  } catch {
    URL.revokeObjectURL(preview)
    return 'notPicture'
  }
  return { type: 'image', file, preview, width: image.naturalWidth, height: image.naturalHeight }
}

/** Files among what was pasted or dropped; text and the like are not ours. */
export function filesOf(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])]
}
