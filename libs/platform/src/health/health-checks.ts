import { Injectable } from '@nestjs/common';

/** Resolves when what it checks is usable; rejects with the reason otherwise. */
export type HealthCheck = (signal: AbortSignal) => Promise<unknown>;

export interface CheckResult {
  readonly status: 'up' | 'down';
  readonly durationMs: number;
  readonly reason?: string;
}

/** What must work before requests are sent here. Modules register their checks when they start. */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, { readonly check: HealthCheck; readonly timeoutMs: number }>();

  register(name: string, check: HealthCheck, timeoutMs = 2_000): void {
    this.checks.set(name, { check, timeoutMs });
  }

  async run(): Promise<{ readonly ready: boolean; readonly checks: Record<string, CheckResult> }> {
    const results = await Promise.all(
      [...this.checks].map(
        async ([name, { check, timeoutMs }]) => [name, await runCheck(check, timeoutMs)] as const,
      ),
    );
    return { ready: results.every(([, { status }]) => status === 'up'), checks: Object.fromEntries(results) };
  }
}

/** Runs one check, at most `timeoutMs` long. */
export async function runCheck(check: HealthCheck, timeoutMs: number): Promise<CheckResult> {
  const started = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(new Error(`no answer within ${timeoutMs} ms`)), {
    once: true,
  });
  const durationMs = (): number => Math.round(performance.now() - started);
  try {
    await Promise.race([check(signal), tooLate]);
    return { status: 'up', durationMs: durationMs() };
  } catch (error) {
    return {
      status: 'down',
      durationMs: durationMs(),
      reason: error instanceof Error ? error.message : String(error),
    };
  }
}
