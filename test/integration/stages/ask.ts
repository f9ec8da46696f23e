/** A request of the test itself, past the driver. @returns the JSON of the answer, null when it has no body */
export async function ask(
  method: string,
  address: string,
  headers: Record<string, string>,
  body?: string | URLSearchParams | FormData,
): Promise<unknown> {
  const response = await fetch(address, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}
