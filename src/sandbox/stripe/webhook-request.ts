import { createHmac } from 'node:crypto';

/** How long an endpoint may take. Stripe does not publish its own limit. */
const LONGEST_MS = 20_000;

/**
 * Signs a webhook's body (Stripe documentation, "Verify webhook signatures manually").
 * @param timestamp in seconds; part of what is signed
 */
export function signatureOf(payload: string, secret: string, timestamp: number): string {
  const mac = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
  return `t=${timestamp},v1=${mac}`;
}

/** Sends a webhook once. Redirects are not followed: they count as failures. */
export async function sendWebhook(
  url: string,
  payload: string,
  signature: string,
  stop: AbortSignal,
): Promise<{ status: number | null; error?: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: payload,
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(LONGEST_MS)]),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signature,
        'user-agent': 'Stripe/1.0 (+https://docs.stripe.com/webhooks)',
      },
    });
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    const { cause, message } = error as Error;
    return { status: null, error: cause instanceof Error ? cause.message : message };
  }
}
