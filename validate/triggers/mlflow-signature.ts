import { createHmac, timingSafeEqual } from 'node:crypto';

/** Headers of MLflow's webhooks, in Go's spelling. */
export const mlflowHeaders = {
  signature: 'X-Mlflow-Signature',
  delivery: 'X-Mlflow-Delivery-Id',
  timestamp: 'X-Mlflow-Timestamp',
} as const;

export interface SignedEvent {
  /** By names in Go's spelling. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** As it came, to the byte. */
  readonly body: string;
}

/** How old or how far ahead a delivery may be: MLflow itself repeats one for some minutes. */
export const mlflowTolerance = 300_000;

/**
 * Verifies that MLflow has sent an event: the signature covers id, time and body, joined by dots. So that nobody can
 * move the dots, the id is a UUID and the time a number.
 * @param now undefined: however old it is
 * @returns why it is refused; undefined: it is MLflow's
 */
export function refuseMlflowEvent(
  { headers, body }: SignedEvent,
  key: string | Buffer,
  now: Date | undefined,
): string | undefined {
  const [signature, delivery, timestamp] = Object.values(mlflowHeaders).map((name) =>
    only(headers.get(name)),
  );
  const missing = Object.values(mlflowHeaders).find((name) => only(headers.get(name)) === undefined);
  if (signature === undefined || delivery === undefined || timestamp === undefined)
    return `it has not exactly one header ${missing ?? ''}`;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(delivery)) return 'its id is no UUID';
  if (!/^[0-9]{1,12}$/.test(timestamp)) return 'its time is no number';
  if (now !== undefined && Math.abs(now.getTime() - Number(timestamp) * 1000) > mlflowTolerance)
    return 'it is not of the last five minutes, or a clock is wrong';
  const wanted = Buffer.from(signMlflowEvent(delivery, timestamp, body, key));
  const given = Buffer.from(signature);
  const isRight = given.length === wanted.length && timingSafeEqual(given, wanted);
  return isRight ? undefined : `its ${mlflowHeaders.signature} is not what the key makes of it`;
}

/** The header that MLflow would send with it. */
export function signMlflowEvent(
  delivery: string,
  timestamp: string,
  body: string,
  key: string | Buffer,
): string {
  const digest = createHmac('sha256', key).update(`${delivery}.${timestamp}.${body}`).digest('base64');
  return `v1,${digest}`;
}

function only(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined;
}
