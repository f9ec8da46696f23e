import type { IHeaders, KafkaMessage } from 'kafkajs';

export interface CloudEventAttributes {
  /** Unique within `source`; consumers drop repeats by it. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** W3C Trace Context. */
  readonly traceparent?: string;
}

export interface CloudEvent extends CloudEventAttributes {
  /** The body, parsed but not checked by a schema. Null for a tombstone. */
  readonly data: unknown;
}

/** A message that will never be readable, however often it is read. */
export class Unreadable {
  constructor(readonly reason: string) {}
}

const specversion = Buffer.from('1.0');
const json = Buffer.from('application/json');

/** Headers of the CloudEvents 1.0 Kafka protocol binding, binary mode: the required ones, content-type, traceparent. No other. */
export function cloudEventHeaders({
  id,
  source,
  type,
  traceparent,
}: CloudEventAttributes): Record<string, Buffer> {
  return {
    ce_specversion: specversion,
    ce_id: Buffer.from(id),
    ce_source: Buffer.from(source),
    ce_type: Buffer.from(type),
    'content-type': json,
    ...(traceparent ? { traceparent: Buffer.from(traceparent) } : {}),
  };
}

/** @returns the event; or why it can never be read (goes to the dead letters) */
export function readCloudEvent({
  headers = {},
  value,
}: Pick<KafkaMessage, 'headers' | 'value'>): CloudEvent | Unreadable {
  const [version, id, source, type, contentType, traceparent] = [
    'ce_specversion',
    'ce_id',
    'ce_source',
    'ce_type',
    'content-type',
    'traceparent',
  ].map((name) => text(headers, name));
  if (version !== '1.0')
    return new Unreadable(version ? `CloudEvents version ${version}` : 'not a CloudEvent');
  if (!id || !source || !type) return new Unreadable('a CloudEvent without id, source or type');
  if (contentType && !/^application\/([\w.-]+\+)?json\b/i.test(contentType)) {
    return new Unreadable(`content type ${contentType}`);
  }
  const attributes = { id, source, type, ...(traceparent ? { traceparent } : {}) };
  if (value === null) return { ...attributes, data: null };
  try {
    const data: unknown = JSON.parse(value.toString());
    return { ...attributes, data };
  } catch (error) {
    return new Unreadable(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function text(headers: IHeaders, name: string): string | undefined {
  const header = headers[name];
  const first = Array.isArray(header) ? header[0] : header;
  return first?.toString();
}
