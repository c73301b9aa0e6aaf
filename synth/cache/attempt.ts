/** A memory that cannot be read or written is none: the disk is full, the folder is somebody else's or read-only. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'syscall' in error) return undefined;
    throw error;
  }
}
