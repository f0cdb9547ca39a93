/** The contract for a door in the process of the core itself: the same router, without a transport. */
import { createRouterClient, ORPCError, type RouterClient } from '@orpc/server';
import type { CallContext } from './call-context.ts';
import type { Core } from './core.ts';
import { Fault } from './fault.ts';
import { createRouter } from './router.ts';

export type Client = RouterClient<ReturnType<typeof createRouter>>;

/** Every call is made with this context. Refusals are thrown as the Faults that they were. */
export function inProcess(core: Core, context: CallContext): Client {
  return createRouterClient(createRouter(core), {
    context,
    interceptors: [
      async ({ next }) => {
        try {
          return await next();
        } catch (error) {
          throw error instanceof ORPCError ? asFault(error) : error;
        }
      },
    ],
  });
}

type Issue = { message: string; path?: PropertyKey[] };

/** The border's own refusal of an input names the first thing that is wrong with it. */
function asFault(error: ORPCError<string, unknown>): Error {
  const { code, hint = null, issues } = (error.data ?? {}) as { code?: string; hint?: string; issues?: Issue[] };
  if (code !== undefined) return new Fault(code, error.message, hint);
  const issue = issues?.[0];
  return issue ? new Fault('bad-input', `${issue.path?.join('.') || 'The input'}: ${issue.message}.`) : error;
}
