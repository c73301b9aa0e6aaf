/** Kueue holds back what carries its label until the queue has room. */
export function queueLabels({ queue }: { readonly queue: string | undefined }): Record<string, string> {
  return queue === undefined ? {} : { 'kueue.x-k8s.io/queue-name': queue };
}
