import { useEffect, useState } from 'react';
import type { Checklist } from '../../wizards/engine/checklist/model.ts';
import { client } from '../connection/session.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { useCase } from '../stores/case-store.ts';

/** The case's own checklist, so that screen and export cannot differ. Asked for anew when `what` changes. */
export function useChecklist(what: number): { checklist: Checklist | null; problem: Problem | null } {
  const id = useCase((state) => state.id);
  const [checklist, setChecklist] = useState<Checklist | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is looked at may have changed since.
  useEffect(() => {
    if (id === null) return;
    let wanted = true;
    setChecklist(null);
    client()
      .cases.export({ case: id, format: 'json' })
      .then((file) => wanted && setChecklist(JSON.parse(file.text) as Checklist))
      .catch((error: unknown) => wanted && setProblem(problemOf(error)));
    return () => {
      wanted = false;
    };
  }, [id, what]);
  return { checklist, problem };
}
